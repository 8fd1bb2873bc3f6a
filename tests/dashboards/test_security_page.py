"""The page about one's own sign-in, without a server: what it shows, what it calls, and how a stale factor is told."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dashboards.pages.security import SecurityCalls, SecurityPage
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.replies import Ask, Done, refused
from workbench.actions.accounts.end_other_sessions import OthersEnded
from workbench.actions.accounts.end_session import SessionEnded
from workbench.gate.errors import StalePage, StepUpNeeded
from workbench.screens.own_sign_in import OwnPasskey, OwnSession, OwnSignIn

NOW = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)


def session(name: str, *, is_this: bool = False) -> OwnSession:
    return OwnSession(f"ses_{name}", "Firefox on <b>Linux</b>", "192.0.2.0/24", NOW, NOW, is_this=is_this)


class Calls:
    """Remembers what was asked."""

    def __init__(self, *passkeys: OwnPasskey) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.closed: list[str] = []
        self.shown = OwnSignIn(
            "fern@example.test", passkeys, NOW - timedelta(days=9), False, 7, (session("a", is_this=True), session("b"))
        )

    def page(self) -> SecurityPage:
        calls = SecurityCalls(
            shown=lambda: self.shown,
            rename=lambda *ids, **inputs: self.asked.append(("rename", *ids, inputs["label"])),
            remove=lambda *ids, **inputs: self.asked.append(("remove", *ids)),
            end=lambda *ids, **inputs: SessionEnded("hash of b"),
            end_others=lambda *ids, **inputs: self.asked.append(("end_others", *ids)) or OthersEnded(("hash of b",)),
            close_session=self.closed.append,
        )
        page = SecurityPage(calls=calls, zone=ZoneInfo("America/New_York"))
        page.load()
        return page


KEY = OwnPasskey("pky_a", '"><script>alert(1)</script>', NOW, None)


def message(do: str, **values: str) -> Message:
    return Message(do, {name: (value,) for name, value in values.items()}, key="a-key-of-a-form")


def test_what_people_typed_is_shown_escaped() -> None:
    html = str(Calls(KEY).page().render())
    assert "<script>" not in html
    assert "Linux</b>" not in html
    assert "7 of 10 left" in html


def test_only_other_sessions_can_be_ended_here() -> None:
    html = str(Calls().page().render())
    assert 'data-arg-id="ses_b"' in html
    assert 'data-arg-id="ses_a"' not in html
    assert "This one" in html


def test_ending_a_session_closes_its_pages() -> None:
    calls = Calls()
    assert isinstance(calls.page().handle(message("end", id="ses_b")), Done)
    assert calls.closed == ["hash of b"]


def test_ending_all_others_names_this_one() -> None:
    calls = Calls()
    calls.page().handle(message("end_others"))
    assert calls.asked == [("end_others", "ses_a")]
    assert calls.closed == ["hash of b"]


def test_a_passkey_is_renamed_and_removed_after_asking() -> None:
    calls = Calls(KEY)
    page = calls.page()
    assert isinstance(page.handle(message("ask_rename", id="pky_a")), Ask)
    assert isinstance(page.handle(message("ask_remove", id="pky_a")), Ask)
    assert calls.asked == []
    page.handle(message("rename", id="pky_a", label="Desk"))
    page.handle(message("remove", id="pky_a"))
    assert calls.asked == [("rename", "pky_a", "Desk"), ("remove", "pky_a")]


@pytest.mark.parametrize(("refusal", "asks"), [(StepUpNeeded(), True), (StalePage(), False)])
def test_only_a_stale_factor_asks_for_a_fresh_one(refusal: Any, asks: bool) -> None:
    assert refused(refusal).step_up is asks


def test_a_field_problem_marks_its_field() -> None:
    assert refused(FieldProblem("label", "Please fill this in.")).fields == {"label": "Please fill this in."}
