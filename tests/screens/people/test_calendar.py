"""The front desk's day, and what a booking chooses from."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories.small_practice import ADA, BEN, FERN, MOSS, People, events, visit
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, NotFound
from workbench.kernel.time import whole_day
from workbench.ledger.tables import EntryKind, LedgerEntry, LedgerLine
from workbench.scheduling.tables import AttendanceStatus
from workbench.screens.booking_choices import booking_choices
from workbench.screens.calendar import calendar, calendar_counts
from workbench.screens.open_slots import open_slots
from workbench.screens.usual_booking import UsualBooking, usual_booking
from workbench.store.engine import Store

TODAY = date(2026, 3, 9)
NEW_YORK = ZoneInfo("America/New_York")


def test_a_day_shows_who_comes_to_whom(gate: Gate, store: Store, people: People, now: datetime) -> None:
    visit(store, 2, now + timedelta(hours=2), patient_id=MOSS)
    visit(store, 1, now)
    visit(store, 3, now + timedelta(days=1))
    day = calendar(gate, people.desk, now=now, from_on=TODAY)
    assert [name for _, name in day.clinicians] == ["Ada Byron, LCSW", "Ben Alder, LMFT", "Sue Visor, PhD"]
    rows = day.rows
    assert [(row.patient_name, row.type_name) for row in rows] == [
        ("Fern Fernández-Oak", "Individual"), ("Catherine Moss", "Individual"),
    ]  # fmt: skip
    assert (rows[0].pronouns, rows[0].attendance_version, rows[0].appointment_version) == ("they/them", 1, 1)
    assert "check_in" in rows[0].offers
    assert events(store) == [("schedule.seen", "shown")]


def test_days_in_a_row_are_read_at_once_and_one_clinicians_alone(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    visit(store, 1, now)
    visit(store, 2, now + timedelta(days=6), clinician_id=BEN)
    visit(store, 3, now + timedelta(days=7))
    visit(store, 4, now + timedelta(days=2), status=AttendanceStatus.CANCELLED)
    week = calendar(gate, people.desk, now=now, from_on=TODAY, days=7)
    assert [row.attendance_id for row in week.rows] == ["att_1", "att_4", "att_2"]
    bens = calendar(gate, people.desk, now=now, from_on=TODAY, days=7, clinician_id=BEN)
    assert [row.attendance_id for row in bens.rows] == ["att_2"]
    counts = calendar_counts(gate, people.desk, now=now, from_on=TODAY, days=7)
    assert counts.days == {TODAY: (1, 0), date(2026, 3, 11): (0, 1), date(2026, 3, 15): (1, 0)}
    assert calendar(gate, people.desk, now=now, from_on=TODAY, days=5000).days == 42


def test_who_owes_is_flagged_for_the_desk(gate: Gate, store: Store, people: People, now: datetime) -> None:
    visit(store, 1, now)
    visit(store, 2, now + timedelta(hours=1), patient_id=MOSS)
    with store.writing() as session:
        entry = LedgerEntry(
            kind=EntryKind.CHARGE, source_type="charges", source_id="x", happened_on=TODAY, recorded_at=now,
            recorded_by="usr_test",
        )  # fmt: skip
        for account, cents in (("receivable:patient", 2500), ("income", -2500)):
            session.add(LedgerLine(entry_id=entry.id, account=account, cents=cents, patient_id=MOSS))
        session.flush()
        session.add(entry)
        session.commit()
    rows = calendar(gate, people.desk, now=now, from_on=TODAY).rows
    assert [row.owes for row in rows] == [False, True]


@pytest.mark.parametrize(("on", "hours"), [(date(2026, 3, 8), 23), (date(2026, 11, 1), 25), (TODAY, 24)])
def test_a_day_is_as_long_as_the_clock_makes_it(
    gate: Gate, store: Store, people: People, now: datetime, on: date, hours: int
) -> None:
    span = whole_day(on, NEW_YORK)
    assert span.ends_at - span.starts_at == timedelta(hours=hours)
    visit(store, 1, span.starts_at)
    visit(store, 2, span.ends_at - timedelta(minutes=1))
    visit(store, 3, span.ends_at + timedelta(hours=1))
    visit(store, 4, span.starts_at - timedelta(hours=2))
    day = calendar(gate, people.desk, now=now, from_on=on)
    assert [row.attendance_id for row in day.rows] == ["att_1", "att_2"]


def test_a_clinician_sees_those_they_care_for(gate: Gate, store: Store, people: People, now: datetime) -> None:
    visit(store, 1, now)
    own = calendar(gate, people.ada, now=now, from_on=TODAY)
    assert ([key for key, _ in own.clinicians], [row.patient_id for row in own.rows]) == ([ADA], [FERN])
    empty = calendar(gate, people.ben, now=now, from_on=TODAY)
    assert ([key for key, _ in empty.clinicians], empty.rows) == ([BEN], ())
    counted = calendar_counts(gate, people.ben, now=now, from_on=TODAY, days=7)
    assert (counted.days, [key for key, _ in counted.clinicians]) == ({}, [BEN])


@pytest.mark.parametrize("who", ["biller", "it", "compliance"])
def test_others_cannot(gate: Gate, people: People, now: datetime, who: str) -> None:
    for ask in (
        lambda actor: calendar(gate, actor, now=now, from_on=TODAY),
        lambda actor: calendar_counts(gate, actor, now=now, from_on=TODAY, days=7),
        lambda actor: open_slots(gate, actor, now=now, from_on=TODAY, until_on=date(2026, 3, 12), minutes=50),
        lambda actor: booking_choices(gate, actor, now=now),
    ):
        with pytest.raises(NotAllowed):
            ask(getattr(people, who))


def test_a_booking_chooses_among_what_is_on_offer(gate: Gate, people: People, now: datetime) -> None:
    choices = booking_choices(gate, people.desk, now=now)
    assert [name for _, name in choices.clinicians] == ["Ada Byron, LCSW", "Ben Alder, LMFT", "Sue Visor, PhD"]
    assert [(one.name, one.minutes) for one in choices.types] == [("Individual", 50), ("Intake", 60)]
    assert [name for _, name in choices.locations] == ["Office", "Video"]


def test_a_booking_begins_as_the_last_one_was(gate: Gate, store: Store, people: People, now: datetime) -> None:
    assert usual_booking(gate, people.desk, FERN, now=now) == UsualBooking(ADA, "", "")
    visit(store, 1, now + timedelta(days=2), clinician_id=BEN)
    visit(store, 2, now)
    assert usual_booking(gate, people.desk, FERN, now=now) == UsualBooking(BEN, "aty_individual", "loc_office")
    with pytest.raises(NotFound):
        usual_booking(gate, people.biller, FERN, now=now)


def test_open_times_are_those_still_to_come_and_free(gate: Gate, store: Store, people: People, now: datetime) -> None:
    visit(store, 1, now + timedelta(hours=1), minutes=60)
    visit(store, 2, now + timedelta(hours=3), patient_id=FERN, status=AttendanceStatus.BOOKED)
    slots = open_slots(
        gate, people.desk, now=now, from_on=TODAY, until_on=date(2026, 3, 10), minutes=60, clinician_id=ADA
    )
    walls = [f"{slot.starts_at.astimezone(NEW_YORK):%H:%M}" for slot in slots]
    assert "10:00" not in walls  # that is now
    assert "11:00" not in walls  # taken
    assert walls[:2] == ["12:00", "14:00"]
    assert walls[-1] == "17:00"


def test_the_weekend_and_those_who_left_offer_nothing(gate: Gate, people: People, now: datetime) -> None:
    weekend = open_slots(gate, people.desk, now=now, from_on=date(2026, 3, 14), until_on=date(2026, 3, 16), minutes=50)
    assert weekend == ()
    gone = open_slots(
        gate, people.desk, now=now, from_on=TODAY, until_on=date(2026, 3, 20), minutes=50, clinician_id="stf_gone"
    )
    assert gone == ()


def test_the_first_open_times_come_first(gate: Gate, people: People, now: datetime) -> None:
    slots = open_slots(gate, people.desk, now=now, from_on=TODAY, until_on=date(2026, 3, 12), minutes=50, most=5)
    assert len(slots) == 5
    assert [slot.starts_at for slot in slots] == sorted(slot.starts_at for slot in slots)
    assert {slot.clinician_id for slot in slots} >= {ADA, BEN}
    assert slots[0].starts_at == datetime(2026, 3, 9, 14, 15, tzinfo=UTC)
