"""The pages of numbers, without a server or a store: they show what they are given and ask one thing a click."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dashboards.pages.number_detail import NumberDetailPage
from dashboards.pages.number_words import behind, freshness, kpi, said, short_dollars, spoken_span
from dashboards.pages.numbers import CARDS, NumbersPage
from dashboards.parts.message import Message
from dashboards.parts.replies import Ask, Redraw
from dashboards.parts.routes import Visit
from workbench.marts.catalog import NO_SHOW_RATE, NUMBERS, SESSIONS
from workbench.marts.number import Figure, Point
from workbench.marts.periods import By, Span, period, steps
from workbench.marts.practice_numbers import AgingRow, ClinicianRow, NumberPage, PracticeNumbers, SplitPoint
from workbench.marts.reader import CheckSeen, Health, State

TODAY = date(2026, 3, 9)
ZONE = ZoneInfo("America/New_York")
AS_OF = datetime(2026, 3, 9, 14, tzinfo=UTC)
GOOD = State(AS_OF, 0.2, "following")
HEALTH = Health(GOOD, {"appointments": 1200}, 7, 31.0, AS_OF, AS_OF, (), (CheckSeen("All is well.", True, 0),))


def figure(key: str, value: str, before: str | None = None) -> Figure:
    span = period("this_month", TODAY)
    course = tuple(Point(one.from_on.isoformat(), Decimal(1)) for one in steps(span.span, span.step))
    return Figure(NUMBERS[key], Decimal(value), Decimal(before) if before else None, course)


def numbers_of(period_key: str, state: State = GOOD) -> PracticeNumbers:
    return PracticeNumbers(
        period(period_key, TODAY),
        tuple(figure(key, "12", "10") for key in CARDS),
        (AgingRow("py_1", "Harbor & Sons", (100, 0, 0, 0, 900_000), 900_100, None),),
        (ClinicianRow("st_1", "Ada Byron", 9, 500, Decimal("0.5"), None, 100, 50, 1, 14),),
        state,
    )


class Answers:
    """The two calls a page makes, and with what they were made."""

    def __init__(self, state: State = GOOD) -> None:
        self.asked: list[dict[str, Any]] = []
        self.state, self.version = state, 1

    def numbers(self, *, period_key: str, numbers: tuple[str, ...]) -> PracticeNumbers:
        self.asked.append({"period_key": period_key})
        return numbers_of(period_key, self.state)

    def opened(self, **asked: Any) -> NumberPage:
        self.asked.append(asked)
        row = (TODAY, "Ada Byron", "pt_0123456789abcdef01234567", "completed", 50, "ap_0123456789abcdef01234567")
        return NumberPage(
            SESSIONS, period(asked["period_key"], TODAY), figure("sessions", "12"),
            {By.CLINICIAN: (SplitPoint("Ada Byron", Decimal(12)),)}, "", "SELECT <1>", (row,), 40, GOOD,
        )  # fmt: skip


def page(answers: Answers, **visit: str) -> NumbersPage:
    made = NumbersPage(
        numbers=answers.numbers, opened=answers.opened, health=lambda: HEALTH,
        version=lambda: answers.version, zone=ZONE, visit=Visit("/numbers", {}, visit), base="/app",
    )  # fmt: skip
    made.load()
    return made


def test_newer_numbers_make_the_page_old_until_it_is_loaded_again() -> None:
    answers = Answers()
    shown = page(answers)
    assert not shown.is_behind()
    answers.version += 1
    assert shown.is_behind()
    shown.load()
    assert not shown.is_behind()


def test_every_card_opens_and_small_counts_are_not_told() -> None:
    html = page(Answers()).render()
    for key in CARDS:
        assert f'data-arg-number="{key}"' in html
    assert "under 11" in html
    assert "Harbor &amp; Sons" in html
    assert "0.2 s behind" in html


def test_the_period_of_the_address_is_shown_and_an_unknown_one_is_not() -> None:
    assert page(Answers(), period="last_month").period == "last_month"
    assert page(Answers(), period="<script>").period == "this_month"


def test_another_period_is_asked_for_and_goes_into_the_address() -> None:
    answers = Answers()
    shown = page(answers)
    assert shown.do_view(Message("view", {"view": ("last_12_months",)})) == Redraw("/numbers?period=last_12_months")
    assert answers.asked[-1] == {"period_key": "last_12_months"}


def test_looking_again_asks_once_more_for_the_same_period() -> None:
    answers = Answers()
    assert page(answers, period="last_month").handle(Message("look_again")) == Redraw()
    assert answers.asked == [{"period_key": "last_month"}] * 2


def test_a_figure_of_one_clinician_opens_to_their_rows_which_can_be_sorted_and_turned() -> None:
    answers = Answers()
    shown = page(answers)
    opened = shown.do_open_number(
        Message("open_number", {"number": ("sessions",), "by": ("clinician",), "only": ("st_1",)})
    )
    assert isinstance(opened, Ask)
    assert opened.kind == "drawer"
    assert "SELECT &lt;1&gt;" in opened.html
    assert SESSIONS.says in opened.html
    shown.do_turn_rows(Message("turn_rows", {"page": ("3",)}))
    assert (answers.asked[-1]["page"], answers.asked[-1]["only"]) == (3, (By.CLINICIAN, "st_1"))
    shown.do_sort_rows(Message("sort_rows", {"column": ("minutes",), "direction": ("up",)}))
    assert (answers.asked[-1]["page"], answers.asked[-1]["sorted_by"], answers.asked[-1]["descending"]) == (
        1, "minutes", False
    )  # fmt: skip


def test_numbers_held_back_by_a_check_say_so() -> None:
    held = State(AS_OF, 90.0, "held", "A check failed, so these are the last good numbers.")
    html = page(Answers(held)).render()
    assert "A check failed" in html
    assert "Held back" in html


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_both_plots_are_drawn_for_the_theme(theme: Any) -> None:
    assert set(page(Answers()).panes(theme)) == {"sessions", "money"}


def test_a_number_on_its_own_page_shows_course_splits_and_rows() -> None:
    answers = Answers()
    visit = Visit("/numbers/sessions", {"number": "sessions"}, {"period": "last_month"})
    shown = NumberDetailPage(opened=answers.opened, version=lambda: 1, zone=ZONE, visit=visit, base="/app")
    shown.load()
    html = shown.render()
    assert "By clinician" in html
    assert "1–25 of 40 rows" in html
    assert "pt_01234567" in html
    assert set(shown.panes("light")) == {"course"}
    assert shown.crumbs()[0].path == "/numbers?period=last_month"
    assert shown.do_turn_rows(Message("turn_rows", {"page": ("2",)})) == Redraw()
    assert answers.asked[-1]["page"] == 2


def test_fewer_no_shows_are_good_news_and_point_down() -> None:
    card = kpi(Figure(NO_SHOW_RATE, Decimal("0.05"), Decimal("0.08"), ()), period("this_month", TODAY))
    assert (card.delta, card.delta_up, card.delta_good) == ("3.0 pts", False, True)


def test_nothing_to_compare_with_shows_no_change() -> None:
    card = kpi(replace(figure("sessions", "12"), before=Decimal(0)), period("this_month", TODAY))
    assert (card.delta, card.note) == ("", "")


def test_numbers_are_said_as_people_say_them() -> None:
    assert said(NUMBERS["charges"], Decimal(12_345_678)) == "$123,457"
    assert said(NO_SHOW_RATE, Decimal("0.0567")) == "5.7%"
    assert said(SESSIONS, None) == "–"
    assert (short_dollars(1_234_500), short_dollars(-1_234_500), short_dollars(512_00)) == ("$12.3k", "-$12.3k", "$512")
    assert spoken_span(Span(date(2026, 3, 1), date(2026, 3, 10))) == "Mar 1 – 9, 2026"
    assert spoken_span(Span(date(2025, 12, 1), date(2026, 3, 10))) == "Dec 1, 2025 – Mar 9, 2026"
    assert (behind(0.24), behind(240), behind(9000)) == ("0.2 s behind", "4 min behind", "2 h behind")
    assert "Being prepared" in freshness(State(None, None, "building"))
