"""Say when a clinician sees people from a day on: the weekly hours at each place, limits and gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.places import place_in_use
from workbench.people.rules import ClinicianGone, practises
from workbench.people.tables import Staff
from workbench.scheduling.availability import HoursWrong, Stretch, checked_limits, checked_week
from workbench.scheduling.tables import HoursPlan, HoursRow
from workbench.store.newest import next_nth

FURTHEST = timedelta(days=731)


@dataclass(frozen=True)
class HoursSet:
    """The plan that holds from its first day on."""

    plan_id: str


@action(Permission.SET_HOURS, on=Staff, refuses={"uq_hours_plans_nth": StalePage})
def set_hours(
    work: Work, staff: Staff, *, from_on: date, published_until: date, week: Sequence[tuple[int, int, int, str]],
    most_a_day: int = 0,
    note_minutes: int = 0, travel_minutes: int = 0,
) -> HoursSet:  # fmt: skip
    """Keep a new plan. The earlier one holds for the days before; what is booked already stays where it is.

    week: weekday (0 is Monday), from and until in minutes of the wall clock, place; none is a clinician who sees nobody
    from then on. published_until: later days offer no time yet.

    Raises:
        HoursWrong: the week, the limits or the days cannot be. ClinicianGone: they do not see people here. NotFound.
    """
    if not practises(staff, from_on):
        raise ClinicianGone
    if from_on < work.today:
        raise HoursWrong("Hours begin today or later. What has been stays as it was.", "from_on")
    if published_until < from_on or published_until > work.today + FURTHEST:
        raise HoursWrong("Publish at least the first day, and no more than two years ahead.", "published_until")
    checked_limits(most_a_day, note_minutes, travel_minutes)
    stretches = checked_week([Stretch(*one) for one in week])
    plan = HoursPlan(
        staff_id=staff.id, nth=next_nth(work, HoursPlan.nth, HoursPlan.staff_id == staff.id), from_on=from_on,
        published_until=published_until, most_a_day=most_a_day,
        note_minutes=note_minutes, travel_minutes=travel_minutes, made_at=work.now, made_by=work.actor.user_id,
    )  # fmt: skip
    work.add(plan)
    work.flush()
    for one in stretches:
        place = place_in_use(work, one.location_id)
        work.add(
            HoursRow(
                plan_id=plan.id, weekday=one.weekday, from_minute=one.from_minute, until_minute=one.until_minute,
                location_id=place.id,
            )
        )  # fmt: skip
    work.record(AuditEvent.HOURS_SET, from_on=from_on.isoformat(), stretches=len(stretches))
    return HoursSet(plan.id)
