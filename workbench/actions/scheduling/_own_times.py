"""What the verbs by which people in care choose a time share: a time is free by the hours the practice published."""

from datetime import datetime

from sqlalchemy import select

from workbench.gate.work import Work
from workbench.kernel.time import Span, day_of, utc
from workbench.people.profile_rules import Sought, suits
from workbench.people.profiles import last_profiles
from workbench.people.rules import check_practising
from workbench.people.tables import Location, Patient, Practice, Staff
from workbench.scheduling.availability import Day, starts, usual_plan
from workbench.scheduling.hours import hours_of, taken_on
from workbench.scheduling.rules import booking
from workbench.scheduling.self_booking import BusinessHours, NotAFreeTime, NotBookable, NotWithinNotice, Rule
from workbench.scheduling.tables import TimeAway


def checked_time(
    work: Work, patient: Patient, rule: Rule, clinician: Staff, location: Location, *, starts_at: datetime,
    minutes: int, moving_id: str = "",
) -> Span:  # fmt: skip
    """The time, if the rule opens it and the clinician is free then at that place.

    moving_id: the appointment that is moved and so does not stand in its own way.

    Raises:
        NotWithinNotice: too soon or too far ahead. NotAFreeTime: nobody is seen then, or somebody else is.
        NotBookable: the clinician may not see them by video where they live. InThePast, TooFarAhead, ClinicianGone.
    """
    span = booking(utc(starts_at), minutes, work.now)
    if not rule.within_notice(span.starts_at, work.now):
        raise NotWithinNotice
    on = day_of(span.starts_at, work.zone)
    check_practising(clinician, on)
    said = last_profiles(work, [clinician.id]).get(clinician.id)
    profile = said.profile() if said is not None else None
    if not suits(profile, Sought(state=patient.details.state), on, by_video=location.is_telehealth):
        raise NotBookable
    practice = work.scalars(select(Practice)).one()
    hours = hours_of(work, [clinician.id], on, 1, usual=usual_plan(practice.opens_hour, practice.closes_hour))
    remote = frozenset(work.scalars(select(Location.id).where(Location.is_telehealth.is_(True))))
    taken = taken_on(work, [clinician.id], on, 1, remote=remote, moving_id=moving_id).get((clinician.id, on), ())
    day = Day(hours.open(clinician.id, on), taken, hours.plan(clinician.id, on), work.zone, remote)
    if all(at != span.starts_at for at, _ in starts(day, minutes, location.id)):
        raise NotAFreeTime
    return span


def business_hours(work: Work) -> BusinessHours:
    """When the practice answers, without the days on which it is closed."""
    practice = work.scalars(select(Practice)).one()
    closed = select(TimeAway.starts_at, TimeAway.ends_at).where(
        TimeAway.staff_id.is_(None), TimeAway.withdrawn_at.is_(None), TimeAway.ends_at > work.now
    )
    spans = tuple(Span(starts_at, ends_at) for starts_at, ends_at in work.execute(closed))
    return BusinessHours(practice.opens_hour, practice.closes_hour, work.zone, spans)
