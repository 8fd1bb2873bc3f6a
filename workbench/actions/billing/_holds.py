"""Why charges are held: each beside its note and its session. Shared by claiming and asking."""

from collections.abc import Collection

from sqlalchemy import func, select

from workbench.billing.claim_rules import Hold
from workbench.billing.holding import Beside, rules_in_force
from workbench.billing.tables import Charge
from workbench.charting.tables import Note, NoteState
from workbench.gate.work import Work
from workbench.people.tables import Location
from workbench.scheduling.tables import Appointment, Attendance


def held_charges(work: Work, charge_ids: Collection[str]) -> dict[str, tuple[Hold, ...]]:
    """The charges that are held, each with every reason; one that is not held is not in it."""
    rules, found = rules_in_force(work, charge_ids), {}
    for charge in work.scalars(select(Charge).where(Charge.id.in_(charge_ids)).order_by(Charge.id)):
        if why := rules.why_held(charge, _beside(work, charge)):
            found[charge.id] = why
    return found


def _beside(work: Work, charge: Charge) -> Beside:
    appointment = work.get(Appointment, work.get(Attendance, charge.attendance_id).appointment_id)
    note = work.get(Note, charge.note_id) if charge.note_id else None
    people = work.scalar(select(func.count()).where(Attendance.appointment_id == appointment.id))
    return Beside(
        note.service_on if note and note.state == NoteState.LOCKED else None, appointment.starts_at,
        appointment.ends_at, work.get(Location, appointment.location_id).place_code, people,
    )  # fmt: skip
