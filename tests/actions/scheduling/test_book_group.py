"""Sessions of several: everybody in it, everybody who leads it, all of the days or nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from tests.actions.scheduling.together import AT, FIRST, RUE, Together
from tests.factories.small_practice import ADA, BEN, FERN, INDIVIDUAL, MOSS, OFFICE, OLD_TYPE, People, events, every_row
from workbench.actions.scheduling.book_appointment import book_appointment
from workbench.actions.scheduling.cancel_appointment import cancel_appointment
from workbench.actions.scheduling.cancel_series import cancel_series
from workbench.actions.scheduling.leave_group import leave_group
from workbench.actions.scheduling.move_appointment import move_appointment
from workbench.actions.scheduling.move_series import move_series
from workbench.actions.scheduling.undo_booking import undo_booking
from workbench.actions.scheduling.undo_cancellation import undo_cancellation
from workbench.actions.scheduling.undo_move import undo_move
from workbench.gate.action import Gate
from workbench.gate.relations import CareTeamMember
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import instant_of
from workbench.people.care_team import NotOnCareTeam
from workbench.people.rules import ClinicianGone
from workbench.scheduling.group_rules import GroupWrong, TooFew
from workbench.scheduling.recurrence import RuleWrong
from workbench.scheduling.rules import SeriesClashes, SlotTaken, TypeRetired
from workbench.scheduling.tables import Appointment, AppointmentSeries
from workbench.screens.calendar import calendar
from workbench.screens.clinician_day import clinician_day
from workbench.screens.schedule_outline import schedule_outline
from workbench.screens.series_of import series_of

WEEKLY = "FREQ=WEEKLY;COUNT=3"
BOTH_HELD = [(ADA, "held", "first"), (BEN, "held", "beside")]
BOTH_FREE = [(ADA, "cancelled", "first"), (BEN, "cancelled", "beside")]


def test_everybody_in_it_is_expected_and_everybody_who_leads_it_is_held(gate: Gate, together: Together) -> None:
    done = together.book(together.make(FERN, MOSS, RUE), beside_ids=[BEN])
    assert (done.members, len(done.starts_at)) == (3, 1)
    assert together.appointments() == BOTH_HELD
    assert together.attending() == [(FERN, "booked"), (MOSS, "booked"), (RUE, "booked")]
    with gate.store.reading() as session:
        team = session.execute(select(CareTeamMember.patient_id, CareTeamMember.staff_id)).all()
    assert {(RUE, ADA), (RUE, BEN), (FERN, BEN)} <= {tuple(one) for one in team}
    assert [event for event, _ in events(gate.store)].count("group.booked") == 3


def test_who_leads_beside_another_is_not_free_then(
    gate: Gate, people: People, together: Together, now: datetime
) -> None:
    (starts_at,) = together.book(together.make(), beside_ids=[BEN]).starts_at
    with pytest.raises(SlotTaken):
        book_appointment(gate, people.desk, RUE, now=now, clinician_id=BEN, type_id=INDIVIDUAL, location_id=OFFICE,
                         starts_at=starts_at + timedelta(minutes=30))  # fmt: skip


def test_it_is_not_booked_when_one_of_those_who_lead_it_has_somebody(
    gate: Gate, people: People, together: Together, now: datetime
) -> None:
    second = instant_of(datetime.combine(FIRST + timedelta(weeks=1), AT), gate.zone)
    book_appointment(gate, people.desk, RUE, now=now, clinician_id=BEN, type_id=INDIVIDUAL, location_id=OFFICE,
                     starts_at=second)  # fmt: skip
    group = together.make()
    before = every_row(gate.store)
    with pytest.raises(SeriesClashes) as refused:
        together.book(group, rule=WEEKLY, beside_ids=[BEN])
    assert refused.value.days == (FIRST + timedelta(weeks=1),)
    assert every_row(gate.store) == before
    assert len(together.book(group, rule=WEEKLY, beside_ids=[BEN], without=refused.value.days).starts_at) == 2


@pytest.mark.parametrize(("changed", "refusal"), [
    ({"beside_ids": [ADA]}, GroupWrong),
    ({"beside_ids": [BEN, "stf_supervisor", "stf_desk", "stf_gone"]}, GroupWrong),
    ({"beside_ids": ["stf_gone"]}, ClinicianGone),
    ({"type_id": OLD_TYPE}, TypeRetired),
    ({"rule": "FREQ=WEEKLY"}, RuleWrong),
    ({"first_on": date(2026, 3, 2)}, WorkbenchError),
])  # fmt: skip
def test_bad_input_changes_nothing(
    gate: Gate, together: Together, changed: dict[str, object], refusal: type[WorkbenchError]
) -> None:
    group = together.make()
    before = every_row(gate.store)
    with pytest.raises(refusal):
        together.book(group, **changed)
    assert every_row(gate.store) == before


def test_half_a_couple_is_not_booked(gate: Gate, people: People, together: Together, now: datetime) -> None:
    couple = together.make(kind="couple")
    leave_group(gate, people.desk, couple, now=now, patient_id=MOSS)
    with pytest.raises(TooFew, match="A couple is two people"):
        together.book(couple)


def test_a_clinician_hands_nobody_into_a_colleagues_care(together: Together, people: People) -> None:
    with pytest.raises(NotOnCareTeam):
        together.book(together.make(), by=people.ada, beside_ids=[BEN])


def test_moved_and_moved_back_it_takes_along_who_leads_it_beside_another(
    gate: Gate, people: People, together: Together, now: datetime
) -> None:
    (starts_at,) = together.book(together.make(), beside_ids=[BEN]).starts_at
    later = starts_at + timedelta(hours=2)
    move_appointment(gate, people.desk, together.session(), now=now, starts_at=later)
    assert times(gate) == {later}
    undo_move(gate, people.desk, together.session(), now=now)
    assert times(gate) == {starts_at}
    assert together.appointments() == BOTH_HELD


def test_the_time_is_free_when_the_last_has_cancelled_and_held_again_when_it_is_taken_back(
    gate: Gate, people: People, together: Together, now: datetime
) -> None:
    together.book(together.make(), beside_ids=[BEN])
    for patient, expected in ((FERN, BOTH_HELD), (MOSS, BOTH_FREE)):
        cancel_appointment(gate, people.desk, together.attendance(patient), now=now, reason="ill")
        assert together.appointments() == expected
        now += timedelta(seconds=1)
    undo_cancellation(gate, people.desk, together.attendance(MOSS), now=now)
    assert together.appointments() == BOTH_HELD
    assert together.attending() == [(FERN, "cancelled"), (MOSS, "booked")]


def test_a_series_of_a_group_is_moved_cancelled_and_taken_back_as_one(
    gate: Gate, people: People, together: Together, now: datetime
) -> None:
    together.book(together.make(), rule=WEEKLY, beside_ids=[BEN])
    series = series_of(gate, people.desk, together.session(), now=now)
    assert (len(series.rest), series.says) == (3, "every week, 3 times")
    move_series(gate, people.desk, series.series_id, now=now, from_on=FIRST, days=1, at=time(15), shown=series.rest)
    assert {one.astimezone(gate.zone).time() for one in times(gate)} == {time(15)}
    now += timedelta(seconds=1)
    done = cancel_series(gate, people.desk, series.series_id, now=now, from_on=FIRST, reason="treatment ended")
    assert done.cancelled == 3
    assert together.appointments() == BOTH_FREE * 3
    undone = undo_cancellation(gate, people.desk, together.attendance(FERN), now=now)
    assert undone.appointments == 6
    assert together.appointments() == BOTH_HELD * 3
    with gate.store.reading() as session:
        kept = session.scalars(select(AppointmentSeries)).one()
        assert (kept.patient_id, kept.group_id is not None) == (None, True)


def test_a_booking_is_taken_back_for_everybody(gate: Gate, people: People, together: Together, now: datetime) -> None:
    together.book(together.make(), rule=WEEKLY, beside_ids=[BEN])
    assert undo_booking(gate, people.desk, together.session(), now=now).appointments == 3
    assert together.appointments() == BOTH_FREE * 3
    assert {status for _, status in together.attending()} == {"cancelled"}


def test_the_calendar_shows_it_to_all_who_lead_it_and_says_what_can_be_taken_back(
    gate: Gate, people: People, together: Together, now: datetime
) -> None:
    together.book(together.make(), beside_ids=[BEN])
    for who, clinician_id in ((people.desk, ""), (people.desk, BEN), (people.ben, BEN), (people.ada, ADA)):
        rows = calendar(gate, who, now=now, from_on=FIRST, clinician_id=clinician_id).rows
        assert sorted((row.patient_id, row.title, row.leaders) for row in rows) == [
            (FERN, "Skills on Mondays", (ADA, BEN)), (MOSS, "Skills on Mondays", (ADA, BEN)),
        ]  # fmt: skip
    (ben, _), (ada, _) = (clinician_day(gate, who, now=now, on=FIRST).sessions for who in (people.ben, people.ada))
    assert (ben.may_write, ada.may_write) == (False, True)
    outline = schedule_outline(gate, people.biller, now=now, from_on=FIRST, days=1)
    assert [(one.held, one.minutes) for one in outline.clinicians] == [(2, 50)]  # two come, and the time is one
    undo = calendar(gate, people.desk, now=now, from_on=FIRST).undo
    assert undo is not None
    assert (undo.verb, undo.patient_name, undo.count) == ("undo_booking", "Skills on Mondays", 1)


def test_of_two_who_book_the_same_time_at_once_one_wins(together: Together) -> None:
    groups = [together.make(), together.make(name="Another")]

    def one(number: int) -> bool:
        try:
            together.book(groups[number], clinician_id=(ADA, BEN)[number], beside_ids=[(BEN, ADA)[number]])
        except (SeriesClashes, SlotTaken):
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(one, (0, 1))) == [False, True]
    assert len(together.appointments()) == 2


def times(gate: Gate) -> set[datetime]:
    with gate.store.reading() as session:
        return set(session.scalars(select(Appointment.starts_at)))
