"""The hours of several clinicians over some days, asked once: plans, time away, and what they are booked into."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from workbench.gate.view import Look
from workbench.gate.work import Work
from workbench.kernel.time import Span, day_of, whole_day
from workbench.scheduling.availability import Busy, Open, Plan, Stretch, open_on, plan_on
from workbench.scheduling.held import held_within
from workbench.scheduling.tables import Appointment, HoursPlan, HoursRow, TimeAway


@dataclass(frozen=True)
class Hours:
    """What is open, whether somebody is booked into it or not. `usual`: the plan of whoever has none."""

    plans: Mapping[str, tuple[Plan, ...]]
    away: Mapping[str | None, tuple[Span, ...]]
    usual: Plan
    zone: ZoneInfo

    def plan(self, staff_id: str, on: date) -> Plan:
        """The plan of that day."""
        return plan_on(self.plans.get(staff_id, ()), on) or self.usual

    def open(self, staff_id: str, on: date) -> tuple[Open, ...]:
        """The open stretches of that day."""
        away = (*self.away.get(staff_id, ()), *self.away.get(None, ()))
        return open_on(on, self.plan(staff_id, on), away, self.zone)


Taken = Mapping[tuple[str, date], tuple[Busy, ...]]
"""What each clinician is booked into on each day."""


def hours_of(asking: Work | Look, staff_ids: Collection[str], from_on: date, days: int, *, usual: Plan) -> Hours:
    """The hours of these clinicians from that day on."""
    return Hours(_plans(asking, staff_ids), _away(asking, staff_ids, _over(asking, from_on, days)), usual, asking.zone)


def taken_on(
    asking: Work | Look, staff_ids: Collection[str], from_on: date, days: int, *, remote: Collection[str],
    moving_id: str = "",
) -> Taken:  # fmt: skip
    """What is taken from that day on. moving_id: an appointment that does not stand in its own way."""
    query = select(Appointment.clinician_id, Appointment.starts_at, Appointment.ends_at, Appointment.location_id).where(
        held_within(_over(asking, from_on, days)),
        Appointment.clinician_id.in_(staff_ids),
        Appointment.id != moving_id,
    )
    taken: dict[tuple[str, date], list[Busy]] = defaultdict(list)
    for clinician_id, starts_at, ends_at, location_id in asking.execute(query):
        busy = Busy(Span(starts_at, ends_at), location_id, location_id in remote)
        # A session over midnight is busy on both days.
        for on in {day_of(starts_at, asking.zone), day_of(ends_at, asking.zone)}:
            taken[clinician_id, on].append(busy)
    return {key: tuple(found) for key, found in taken.items()}


def how_many_are_at(work: Work, location_id: str) -> int:
    """How many clinicians have hours at a place, by their plan of today or one to come."""
    staff = set(work.scalars(select(HoursPlan.staff_id)))
    return sum(
        any(one.location_id == location_id for plan in _to_come(plans, work.today) for one in plan.stretches)
        for plans in _plans(work, staff).values()
    )


def _to_come(plans: tuple[Plan, ...], today: date) -> list[Plan]:
    days = {today, *(one.from_on for one in plans if one.from_on > today)}
    found = (plan_on(plans, on) for on in days)
    return [one for one in found if one is not None and one.published_until >= today]


def _over(asking: Work | Look, from_on: date, days: int) -> Span:
    first, after = whole_day(from_on, asking.zone), whole_day(from_on + timedelta(days=days), asking.zone)
    return Span(first.starts_at, after.starts_at)


def _plans(asking: Work | Look, staff_ids: Collection[str]) -> dict[str, tuple[Plan, ...]]:
    rows: dict[str, list[Stretch]] = defaultdict(list)
    stretches = (
        select(HoursRow.plan_id, HoursRow.weekday, HoursRow.from_minute, HoursRow.until_minute, HoursRow.location_id)
        .join(HoursPlan, HoursPlan.id == HoursRow.plan_id)
        .where(HoursPlan.staff_id.in_(staff_ids))
    )
    for plan_id, *stretch in asking.execute(stretches):
        rows[plan_id].append(Stretch(*stretch))
    plans: dict[str, list[Plan]] = defaultdict(list)
    for kept in asking.scalars(select(HoursPlan).where(HoursPlan.staff_id.in_(staff_ids))):
        plan = Plan(
            kept.from_on, kept.published_until, tuple(sorted(rows[kept.id])), kept.most_a_day,
            timedelta(minutes=kept.note_minutes), timedelta(minutes=kept.travel_minutes), kept.nth,
        )  # fmt: skip
        plans[kept.staff_id].append(plan)
    return {staff_id: tuple(found) for staff_id, found in plans.items()}


def _away(asking: Work | Look, staff_ids: Collection[str], over: Span) -> dict[str | None, tuple[Span, ...]]:
    query = select(TimeAway.staff_id, TimeAway.starts_at, TimeAway.ends_at).where(
        or_(TimeAway.staff_id.in_(staff_ids), TimeAway.staff_id.is_(None)),
        TimeAway.withdrawn_at.is_(None),
        TimeAway.starts_at < over.ends_at,
        TimeAway.ends_at > over.starts_at,
    )
    away: dict[str | None, list[Span]] = defaultdict(list)
    for staff_id, starts_at, ends_at in asking.execute(query):
        away[staff_id].append(Span(starts_at, ends_at))
    return {staff_id: tuple(spans) for staff_id, spans in away.items()}
