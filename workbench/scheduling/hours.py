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
from workbench.scheduling.availability import Busy, Day, Open, Plan, Stretch, open_on, plan_on
from workbench.scheduling.tables import Appointment, AppointmentStatus, HoursPlan, HoursRow, TimeAway


@dataclass(frozen=True)
class Hours:
    """What is open and taken. `usual`: the plan of whoever has none; `remote`: the places reached by video."""

    plans: Mapping[str, tuple[Plan, ...]]
    away: Mapping[str | None, tuple[Span, ...]]
    busy: Mapping[tuple[str, date], tuple[Busy, ...]]
    usual: Plan
    remote: frozenset[str]
    zone: ZoneInfo

    def plan(self, staff_id: str, on: date) -> Plan:
        """The plan of that day."""
        return plan_on(self.plans.get(staff_id, ()), on) or self.usual

    def open(self, staff_id: str, on: date) -> tuple[Open, ...]:
        """The open stretches of that day, whether somebody is booked into them or not."""
        away = (*self.away.get(staff_id, ()), *self.away.get(None, ()))
        return open_on(on, self.plan(staff_id, on), away, self.zone)

    def day(self, staff_id: str, on: date) -> Day:
        """The day with what is taken."""
        return Day(
            self.open(staff_id, on), self.busy.get((staff_id, on), ()), self.plan(staff_id, on), self.zone, self.remote
        )


def hours_of(
    asking: Work | Look, staff_ids: Collection[str], from_on: date, days: int, *, usual: Plan, remote: frozenset[str],
    moving_id: str = "", plans: Mapping[str, tuple[Plan, ...]] | None = None,
) -> Hours:  # fmt: skip
    """The hours of these clinicians from that day on. moving_id: an appointment that does not stand in its own way.

    plans: theirs, where they were asked for before.
    """
    zone = asking.zone
    over = Span(whole_day(from_on, zone).starts_at, whole_day(from_on + timedelta(days=days), zone).starts_at)
    return Hours(
        plans_of(asking, staff_ids) if plans is None else plans,
        _away(asking, staff_ids, over),
        _busy(asking, staff_ids, over, remote, moving_id),
        usual,
        remote,
        zone,
    )


def plans_of(asking: Work | Look, staff_ids: Collection[str]) -> dict[str, tuple[Plan, ...]]:
    """Every plan of these clinicians, the earlier ones too."""
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
            timedelta(minutes=kept.note_minutes), timedelta(minutes=kept.travel_minutes), kept.made_at,
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


def _busy(
    asking: Work | Look, staff_ids: Collection[str], over: Span, remote: frozenset[str], moving_id: str
) -> dict[tuple[str, date], tuple[Busy, ...]]:
    query = select(Appointment.clinician_id, Appointment.starts_at, Appointment.ends_at, Appointment.location_id).where(
        Appointment.clinician_id.in_(staff_ids),
        Appointment.status == AppointmentStatus.HELD,
        Appointment.id != moving_id,
        Appointment.starts_at > over.starts_at - timedelta(days=1),
        Appointment.starts_at < over.ends_at,
    )
    busy: dict[tuple[str, date], list[Busy]] = defaultdict(list)
    for clinician_id, starts_at, ends_at, location_id in asking.execute(query):
        taken = Busy(Span(starts_at, ends_at), location_id, location_id in remote)
        # A session over midnight is busy on both days.
        for on in {day_of(starts_at, asking.zone), day_of(ends_at, asking.zone)}:
            busy[clinician_id, on].append(taken)
    return {key: tuple(found) for key, found in busy.items()}
