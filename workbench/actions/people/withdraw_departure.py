"""Take back the end of somebody's employment before it has come."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.accounts.tables import User
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.departures import Departure, GoneAlready, OwnDeparture
from workbench.people.tables import Staff


@dataclass(frozen=True)
class DepartureWithdrawn:
    """They stay."""

    departure_id: str


@action(Permission.END_EMPLOYMENT, on=Departure)
def withdraw_departure(work: Work, departure: Departure) -> DepartureWithdrawn:
    """The account goes on as before. One that was taken back already stays so.

    Raises:
        OwnDeparture, GoneAlready: see there.
    """
    if departure.staff_id == work.actor.person_id:
        raise OwnDeparture
    if departure.withdrawn_at is None:
        if departure.completed_at is not None or departure.ends_at <= work.now:
            raise GoneAlready
        departure.withdrawn_at = work.now
        work.get(Staff, departure.staff_id).ended_on = None
        user = work.scalar(select(User).where(User.person_id == departure.staff_id))
        if user is not None:
            user.ends_at = None
    work.record(AuditEvent.DEPARTURE_WITHDRAWN)
    return DepartureWithdrawn(departure.id)
