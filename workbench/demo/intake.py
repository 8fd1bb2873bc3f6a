"""The packet that the synthetic practice asks new people to fill in, and who has it."""

from typing import Final

from sqlalchemy import select

from workbench.actions.intake.assign_packet import assign_packet
from workbench.actions.intake.set_packet import set_packet
from workbench.demo.plan import Plan
from workbench.forms.tables import FormTemplate
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.intake.rules import ItemKind, PacketItem, PacketRules

FIRST_VISIT: Final = "Before your first visit"
_FORMS: Final = ("intake-self-report", "emergency-contact", "consent-telehealth")
_MEASURE: Final = "phq9@1"


def ask_to_fill_in(gate: Gate, plan: Plan, manager: Actor, desk: Actor, patient_id: str) -> None:
    """The manager makes the packet, for every first appointment from now on; the desk gives it to one person."""
    now = plan.setting.now
    with gate.store.reading() as session:
        found = select(FormTemplate.library_key, FormTemplate.id).where(FormTemplate.library_key.in_(_FORMS))
        forms = {row[0]: row[1] for row in session.execute(found)}
    items = [PacketItem(ItemKind.FORM, forms[key]) for key in _FORMS]
    items.insert(2, PacketItem(ItemKind.MEASURE, _MEASURE))
    made = set_packet(gate, manager, now=now, name=FIRST_VISIT, items=tuple(items), rules=PacketRules(by_booking=True))
    assign_packet(gate, desk, patient_id, now=now, packet_id=made.packet_id)
