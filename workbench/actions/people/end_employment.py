"""Set the end of somebody's employment, now or to come. From that very instant their account opens nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from workbench.accounts.access_rules import LastHolder
from workbench.accounts.holding import live_grants, stays_held
from workbench.accounts.proving import end_sessions
from workbench.accounts.tables import User
from workbench.gate.action import action
from workbench.gate.actor import Role
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.time import day_of, utc
from workbench.people.departures import Departure, EndIsPast, LeavingAlready, NotTheirColleague, OwnDeparture
from workbench.people.rules import check_here, practises
from workbench.people.tables import Staff

COMPLETE = "complete_departure"
_NEVER_WITHOUT = (Role.OWNER, Role.COMPLIANCE)


@dataclass(frozen=True)
class EmploymentEnds:
    """ended: hashes of sessions that ended with it, whose pages the server closes; none while the end is to come."""

    departure_id: str
    ends_at: datetime
    ended: tuple[str, ...]


@action(
    Permission.END_EMPLOYMENT,
    on=Staff,
    refuses={"uq_departures_one": LeavingAlready, "departures.staff_id": LeavingAlready},
)
def end_employment(work: Work, staff: Staff, *, ends_at: datetime | None = None, handed_to: str = "") -> EmploymentEnds:
    """The end is `ends_at`, or now. handed_to: the clinician who takes over the patients; "" leaves them to be placed.

    Raises:
        OwnDeparture, NoLongerHere, LeavingAlready, EndIsPast, NotTheirColleague, LastHolder: see there.
    """
    if staff.id == work.actor.person_id:
        raise OwnDeparture
    if work.scalar(select(Departure.id).where(Departure.staff_id == staff.id, Departure.withdrawn_at.is_(None))):
        raise LeavingAlready
    check_here(staff, work.today)
    at = utc(ends_at) if ends_at is not None else work.now
    if at < work.now:
        raise EndIsPast
    if handed_to and (handed_to == staff.id or not practises(work.get(Staff, handed_to), day_of(at, work.zone))):
        raise NotTheirColleague
    user = work.scalar(select(User).where(User.person_id == staff.id))
    if user is not None:
        _not_the_last(work, user, at)
        user.ends_at = at
    staff.ended_on = day_of(at, work.zone)
    departure = Departure(staff_id=staff.id, ends_at=at, requested_by=work.actor.person_id, requested_at=work.now,
                          handed_to=handed_to or None)  # fmt: skip
    work.add(departure)
    work.flush()
    ended = end_sessions(work, user.id) if user is not None and at <= work.now else ()
    work.later(kind=COMPLETE, key=f"{COMPLETE}:{departure.id}", payload={"id": departure.id}, run_at=at)
    work.record(AuditEvent.EMPLOYMENT_ENDED, departure_id=departure.id, ends_at=at.isoformat(), handed_to=handed_to,
                sessions_ended=len(ended))  # fmt: skip
    return EmploymentEnds(departure.id, at, ended)


def _not_the_last(work: Work, user: User, at: datetime) -> None:
    held = {grant.role for grant in live_grants(work, user.id, work.now)}
    for role in _NEVER_WITHOUT:
        if role in held and not stays_held(work, role, user.id, at):
            raise LastHolder(role)
