"""Put somebody on the waitlist for a type of appointment."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.actor import IN_CARE
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.queries import team_of
from workbench.people.rules import check_practising
from workbench.people.tables import Patient, Staff
from workbench.scheduling.own_bookings import is_returning, rules_of
from workbench.scheduling.rules import TypeRetired
from workbench.scheduling.self_booking import NotBookable, Rule, opens_to
from workbench.scheduling.tables import AppointmentType
from workbench.scheduling.waitlist import AlreadyWaiting, Wish
from workbench.scheduling.waitlist_tables import WaitlistEntry
from workbench.scheduling.wishes import keep_wish


@dataclass(frozen=True)
class Joined:
    """They wait from now on."""

    entry_id: str


@action(Permission.JOIN_WAITLIST, on=Patient, refuses={"uq_waitlist_entries_open": AlreadyWaiting})
def join_waitlist(work: Work, patient: Patient, *, type_id: str, wish: Wish) -> Joined:
    """Keep what they wait for and what they could take.

    Raises:
        AlreadyWaiting: they wait for this type. WishWrong: nothing could fit. TypeRetired, ClinicianGone, NotFound.
        NotBookable: the person themselves waits for what the practice does not open to them.
    """
    offered = work.get(AppointmentType, type_id)
    if not offered.is_active:
        raise TypeRetired
    if work.actor.roles & IN_CARE:
        _check_opened(work, patient, offered.id, wish)
    waiting = select(WaitlistEntry.id).where(
        WaitlistEntry.patient_id == patient.id, WaitlistEntry.type_id == offered.id, WaitlistEntry.ended_at.is_(None)
    )
    if work.scalar(waiting):
        raise AlreadyWaiting
    if wish.clinician_id:
        check_practising(work.get(Staff, wish.clinician_id), work.today)
    entry = WaitlistEntry(
        patient_id=patient.id, type_id=offered.id, joined_at=work.now, joined_by=work.actor.user_id
    )  # fmt: skip
    work.add(entry)
    work.flush()
    keep_wish(work, entry, wish)
    work.record(AuditEvent.WAITLIST_JOINED, subject=entry)
    return Joined(entry.id)


def _check_opened(work: Work, patient: Patient, type_id: str, wish: Wish) -> None:
    _, rule = rules_of(work, [type_id]).get(type_id, ("", Rule()))
    is_opened = opens_to(rule, is_returning=is_returning(work, patient.id))
    if not is_opened or (wish.clinician_id and not rule.sees(wish.clinician_id, team_of(work, patient.id))):
        raise NotBookable
