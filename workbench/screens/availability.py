"""Who can be seen when: each clinician's hours, how far they are published, how full they are, and who is away."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import Span
from workbench.people.names import staff_named
from workbench.people.profile_rules import LANGUAGES, Profile
from workbench.people.profiles import last_profiles
from workbench.people.tables import Location, Staff
from workbench.scheduling.availability import Plan, Stretch
from workbench.scheduling.hours import Hours, Taken, hours_of, taken_on
from workbench.scheduling.tables import TimeAway
from workbench.screens.booking_choices import payers_of
from workbench.screens.open_slots import usual_hours

__all__ = ["LANGUAGES", "Availability", "AwayRow", "ClinicianHours", "Profile", "Stretch", "availability", "week_of"]

AHEAD_DAYS = 28
WARN_DAYS = 28


@dataclass(frozen=True)
class AwayRow:
    """A time away to come. `staff_id` is "" where the practice is closed."""

    away_id: str
    staff_id: str
    name: str
    starts_at: datetime
    ends_at: datetime
    label: str


@dataclass(frozen=True)
class ClinicianHours:
    """One clinician. `plan`: of today; `is_usual`: it is the practice's hours, because none of their own has begun.

    open_minutes, booked_minutes: over the next four weeks. ends_soon: published for less than four weeks.
    days_without: days of the next four weeks, Monday to Friday, on which nothing is open. profile: whom they can take;
    None if nobody ever said.
    """

    staff_id: str
    name: str
    plan: Plan
    is_usual: bool
    open_minutes: int
    booked_minutes: int
    ends_soon: bool
    days_without: tuple[date, ...]
    profile: Profile | None = None


@dataclass(frozen=True)
class Availability:
    """Clinicians by name, times away by when they begin, places and payers as (id, name)."""

    clinicians: tuple[ClinicianHours, ...]
    away: tuple[AwayRow, ...]
    places: tuple[tuple[str, str], ...]
    payers: tuple[tuple[str, str], ...] = ()


@view(Permission.SEE_STAFF, shows=AuditEvent.STAFF_SEEN)
def availability(look: Look) -> Availability:
    """Everybody who sees people here, whatever the reader may change of it."""
    here = [
        one
        for one in look.scalars(select(Staff).where(Staff.is_clinician.is_(True)))
        if one.ended_on is None or one.ended_on > look.today
    ]
    names = {staff_id: details.shown_name for staff_id, details in staff_named(look, (one.id for one in here)).items()}
    hours = hours_of(look, names, look.today, AHEAD_DAYS, usual=usual_hours(look))
    taken = taken_on(look, names, look.today, AHEAD_DAYS, remote=())
    said = {key: one.profile() for key, one in last_profiles(look, names).items()}
    clinicians = (
        replace(_clinician(hours, taken, key, name, look.today), profile=said.get(key)) for key, name in names.items()
    )
    return Availability(
        tuple(sorted(clinicians, key=lambda one: (one.name.casefold(), one.staff_id))),
        _away(look, names),
        tuple(
            (one.id, one.name)
            for one in look.scalars(
                select(Location).where(Location.retired_at.is_(None)).order_by(Location.is_telehealth, Location.name)
            )
        ),
        payers_of(look),
    )


def _clinician(hours: Hours, taken: Taken, staff_id: str, name: str, today: date) -> ClinicianHours:
    plan = hours.plan(staff_id, today)
    days = [today + timedelta(days=number) for number in range(AHEAD_DAYS)]
    worked = {one.weekday for one in plan.stretches}
    return ClinicianHours(
        staff_id,
        name,
        plan,
        plan is hours.usual,
        _minutes(one.span for on in days for one in hours.open(staff_id, on)),
        _minutes(one.span for on in days for one in taken.get((staff_id, on), ())),
        plan.published_until < today + timedelta(days=WARN_DAYS),
        tuple(on for on in days if on.weekday() in worked and not hours.open(staff_id, on)),
    )


def week_of(plan: Plan) -> dict[int, tuple[Stretch, ...]]:
    """The stretches of each weekday."""
    return {weekday: tuple(one for one in plan.stretches if one.weekday == weekday) for weekday in range(7)}


def _minutes(spans: Iterable[Span]) -> int:
    return sum(int((one.ends_at - one.starts_at) // timedelta(minutes=1)) for one in spans)


def _away(look: Look, names: dict[str, str]) -> tuple[AwayRow, ...]:
    query = (
        select(TimeAway)
        .where(
            TimeAway.withdrawn_at.is_(None),
            TimeAway.ends_at > look.now,
            or_(TimeAway.staff_id.in_(names), TimeAway.staff_id.is_(None)),
        )
        .order_by(TimeAway.starts_at, TimeAway.id)
    )
    return tuple(
        AwayRow(one.id, one.staff_id or "", names.get(one.staff_id or "", ""), one.starts_at, one.ends_at, one.label)
        for one in look.scalars(query)
    )
