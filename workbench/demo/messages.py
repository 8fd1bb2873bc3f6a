"""A few threads of the synthetic practice: one that waits, one about a bill that was answered, one the desk began."""

from collections.abc import Mapping
from datetime import datetime

from workbench.actions.messaging.answer_message import answer_message
from workbench.actions.messaging.open_thread import open_thread
from workbench.actions.messaging.remark_on_thread import remark_on_thread
from workbench.actions.messaging.write_message import write_message
from workbench.demo.groups import staff_actor
from workbench.demo.plan import Plan
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.screens.message_thread import Topic, message_thread, new_thread


def write_messages(gate: Gate, plan: Plan, accounts: Mapping[str, str], client: Actor, now: datetime) -> None:
    """Through the verbs of the people who write them. client: signed in to the portal."""
    patient_id = client.person_id
    desk, biller = (staff_actor(plan, accounts, role) for role in (Role.FRONT_DESK, Role.BILLER))
    write_message(
        gate, client, patient_id, now=now, topic=Topic.CLINICAL, subject="The exercise from last time",
        text="I tried the breathing exercise twice a day. It helps in the evening, less at work. Shall I go on?",
    )  # fmt: skip
    bill = write_message(
        gate, client, patient_id, now=now, topic=Topic.BILLING, subject="A question about my statement",
        text="There is a line of $40 that I do not recognize. What is it?",
    )  # fmt: skip
    remark_on_thread(gate, biller, bill.thread_id, now=now, text="Copay of the visit in the week before. Checked.")
    seen = message_thread(gate, biller, bill.thread_id, now=now).audience.stamp
    answer_message(
        gate, biller, bill.thread_id, now=now, audience=seen,
        text="It is the copay that your plan asks for each visit. It was paid, so nothing is open.",
    )  # fmt: skip
    audience = new_thread(gate, desk, patient_id, now=now).audiences[Topic.SCHEDULING].stamp
    open_thread(
        gate, desk, patient_id, now=now, topic=Topic.SCHEDULING, subject="Parking next week", audience=audience,
        text="The lot behind the building is closed next week. The garage across the street is open to you.",
    )  # fmt: skip
