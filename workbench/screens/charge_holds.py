"""Why a charge is held, what was asked about it and what was answered; and what clinicians are asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from workbench.billing.claim_rule_tables import OverrideAnswer, OverrideRequest
from workbench.billing.claim_rules import Hold
from workbench.billing.holding import Beside, rules_in_force
from workbench.billing.tables import Charge
from workbench.charting.tables import Note, NoteState
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.people.names import patients_named
from workbench.people.tables import Location
from workbench.scheduling.tables import Appointment, Attendance


@dataclass(frozen=True)
class AskedShown:
    """One request. answer: "" while it waits, else `overridden` or `kept`."""

    request_id: str
    attendance_id: str
    patient_id: str
    patient_name: str
    service_on: date
    code: str
    says: str
    reason: str
    asked_at: datetime
    answer: str = ""
    answered: str = ""


@dataclass(frozen=True)
class ChargeHolds:
    """A charge with every reason that holds it, and what was asked about it, the newest first."""

    charge_id: str
    patient_name: str
    service_on: date
    code: str
    minutes: int
    place: str
    holds: tuple[Hold, ...]
    asked: tuple[AskedShown, ...]
    may_ask: bool

    def waits(self, says: str) -> bool:
        """Whether this was asked and is not answered."""
        return any(one.says == says and not one.answer for one in self.asked)


@view(Permission.SEE_CLAIMS, shows=AuditEvent.CLAIMS_SEEN, on=Charge)
def charge_holds(look: Look, charge: Charge) -> ChargeHolds:
    """One charge, for whoever reads claims."""
    look.shown(charge.patient_id)
    name = patients_named(look, [charge.patient_id])[charge.patient_id].shown_name
    query = (
        select(OverrideRequest).where(OverrideRequest.charge_id == charge.id).order_by(OverrideRequest.asked_at.desc())
    )
    return ChargeHolds(
        charge.id, name, charge.service_on, charge.service_code, charge.minutes, charge.place_code,
        why_held(look, [charge.id]).get(charge.id, ()),
        tuple(_asked(look, one, charge, name) for one in look.scalars(query)),
        look.allowed(Permission.ASK_OVERRIDE, charge),
    )  # fmt: skip


@view(Permission.ANSWER_OVERRIDE, shows=AuditEvent.OVERRIDES_SEEN)
def overrides_asked(look: Look) -> tuple[AskedShown, ...]:
    """What waits for an answer, of the people within reach, the oldest first."""
    query = (
        select(OverrideRequest, Charge)
        .join(Charge, Charge.id == OverrideRequest.charge_id)
        .where(~select(OverrideAnswer.id).where(OverrideAnswer.request_id == OverrideRequest.id).exists())
        .order_by(OverrideRequest.asked_at, OverrideRequest.id)
    )
    if (reach := look.reach()) is not None:
        query = query.where(OverrideRequest.patient_id.in_(reach))
    found = look.execute(query).all()
    names = patients_named(look, {request.patient_id for request, _ in found})
    look.shown(names)
    return tuple(_asked(look, request, charge, names[request.patient_id].shown_name) for request, charge in found)


def _asked(look: Look, request: OverrideRequest, charge: Charge, name: str) -> AskedShown:
    answer: OverrideAnswer | None = look.scalar(select(OverrideAnswer).where(OverrideAnswer.request_id == request.id))
    return AskedShown(
        request.id, charge.attendance_id, charge.patient_id, name, charge.service_on, charge.service_code,
        request.says, request.words.reason, request.asked_at,
        ("overridden" if answer.is_overridden else "kept") if answer else "", answer.words.reason if answer else "",
    )  # fmt: skip


def why_held(look: Look, charge_ids: Collection[str]) -> dict[str, tuple[Hold, ...]]:
    """The charges that are held, each with every reason."""
    people = (
        select(func.count()).where(Attendance.appointment_id == Appointment.id).correlate(Appointment).scalar_subquery()
    )
    query = (
        select(Charge, Note.service_on, Appointment.starts_at, Appointment.ends_at, Location.place_code, people)
        .join(Attendance, Attendance.id == Charge.attendance_id)
        .join(Appointment, Appointment.id == Attendance.appointment_id)
        .join(Location, Location.id == Appointment.location_id)
        .outerjoin(Note, (Note.id == Charge.note_id) & (Note.state == NoteState.LOCKED))
        .where(Charge.id.in_(charge_ids))
    )
    rules = rules_in_force(look, charge_ids)
    held = {charge.id: rules.why_held(charge, Beside(*beside)) for charge, *beside in look.execute(query)}
    return {charge_id: why for charge_id, why in held.items() if why}
