"""The clock of an answer, and what is clinical by its words."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from workbench.kernel.time import Span
from workbench.messaging.thread_rules import Business, due_at, sounds_clinical, waited

NEW_YORK = ZoneInfo("America/New_York")
USUAL = Business(8, 18, NEW_YORK)
instants = st.integers(0, 525_600).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))


@given(instants, st.integers(1, 100))
def test_as_many_hours_of_business_pass_until_it_is_due(since: datetime, hours: int) -> None:
    due = due_at(since, hours, USUAL)
    assert waited(since, due, USUAL) == hours * 60
    wall = due.astimezone(NEW_YORK)
    assert wall.weekday() < 5
    assert 8 <= wall.hour + wall.minute / 60 <= 18


@given(instants, st.integers(1, 50), st.integers(0, 10_000))
def test_who_begins_to_wait_later_is_due_no_earlier(since: datetime, hours: int, minutes: int) -> None:
    later = since + timedelta(minutes=minutes)
    assert due_at(since, hours, USUAL) <= due_at(later, hours, USUAL)
    assert waited(since, later, USUAL) <= minutes


def test_nights_weekends_and_closed_days_do_not_count() -> None:
    friday = datetime(2026, 3, 6, 22, 0, tzinfo=UTC)  # 5 p.m. there
    assert due_at(friday, 2, USUAL) == datetime(2026, 3, 9, 13, 0, tzinfo=UTC)  # Monday 9 a.m., in summer time
    closed = Business(8, 18, NEW_YORK, (Span(friday + timedelta(hours=3), friday + timedelta(days=3, hours=9)),))
    assert due_at(friday, 2, closed) == datetime(2026, 3, 10, 13, 0, tzinfo=UTC)


def test_clinical_words_are_a_hint() -> None:
    assert sounds_clinical("My medication makes me anxious") == ("anxi", "medication")
    assert sounds_clinical("Why is my balance 40 dollars?") == ()
