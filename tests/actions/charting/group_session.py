"""A group of Fern and Moss that Ada has just led, and what she wrote about it: for tests of its notes."""

from datetime import datetime, timedelta
from typing import Final

from tests.factories.small_practice import ADA, FERN, MOSS, OFFICE, START, People, put
from workbench.actions.charting.sign_group_note import GroupSigned, sign_group_note
from workbench.actions.charting.write_group_note import write_group_note
from workbench.actions.charting.write_note import write_note
from workbench.billing.tables import Service
from workbench.gate.action import Gate
from workbench.scheduling.group_tables import GroupMember, PatientGroup
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance
from workbench.store.engine import Store

SESSION: Final = "apt_group"
OF_FERN, OF_MOSS = "att_fern", "att_moss"
SHARED: Final = {"objective": "Practised saying no in pairs.", "plan": "Next time: asking for help."}
OWN: Final = {"assessment": "Spoke up twice, calmer than before.", "plan": "", "diagnoses": ("F41.1",)}


def group_met(store: Store, now: datetime, *, kind: str = "group") -> None:
    """A session of ninety minutes that has just ended; charged for each by its code."""
    billed = None if kind == "group" else FERN
    put(store, [
        Service(code="90853", label="Group", amount_cents=5000),
        AppointmentType(id="aty_group", name="Skills group", minutes=90, service_code="90853"),
        PatientGroup(id="grp_1", kind=kind, name="Skills" if kind == "group" else "", most=8, billed_id=billed,
                     made_at=now, made_by="usr_desk"),
    ])  # fmt: skip
    put(store, [
        *(GroupMember(group_id="grp_1", patient_id=one, joined_on=START, joined_by="usr_desk") for one in (FERN, MOSS)),
        Appointment(id=SESSION, clinician_id=ADA, type_id="aty_group", location_id=OFFICE,
                    starts_at=now - timedelta(minutes=90), ends_at=now, booked_at=now, group_id="grp_1"),
    ])  # fmt: skip
    put(store, [Attendance(id=f"att_{name}", appointment_id=SESSION, patient_id=one)
                for name, one in (("fern", FERN), ("moss", MOSS))])  # fmt: skip


def write_shared(gate: Gate, people: People, now: datetime, **text: str) -> int:
    """Ada's shared part; its version."""
    saved = write_group_note(gate, people.ada, appointment_id=SESSION, now=now, version=0, **{**SHARED, **text})
    return int(saved.version)


def write_own(gate: Gate, people: People, now: datetime, attendance_id: str, **text: object) -> str:
    """Ada's part about one of them; its note."""
    saved = write_note(gate, people.ada, attendance_id, now=now, version=0, **{**OWN, **text})
    return str(saved.note_id)


def sign(gate: Gate, people: People, now: datetime, version: int = 1, **others: object) -> GroupSigned:
    """Ada signs what was just written once."""
    inputs = {"versions": {OF_FERN: 1, OF_MOSS: 1}, **others}
    return sign_group_note(gate, people.ada, now=now, appointment_id=SESSION, version=version, **inputs)
