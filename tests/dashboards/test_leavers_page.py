"""The list of leavers is drawn anew when an end comes and when it is tidied up, and rests while nothing happens."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dashboards.pages.leavers import LeaverCalls, LeaversPage
from workbench.screens.departures import Departures, DepartureShown

NOW = datetime(2026, 3, 9, 14, tzinfo=UTC)


def test_it_is_behind_when_an_end_has_come_and_when_one_is_tidied_up_and_not_in_between():
    state, done = ["to_come"], [0]

    def shown() -> Departures:
        row = DepartureShown("dep_1", "stf_1", "Rowan Teasdale", NOW + timedelta(minutes=1), "", "", state[0])
        return Departures((row,), (), may_end=False)

    clock = [NOW]
    calls = LeaverCalls(shown, lambda: done[0], tuple, None, None, lambda session_hash: None)
    page = LeaversPage(calls=calls, me="stf_2", zone=ZoneInfo("America/New_York"), clock=lambda: clock[0], base="/app")
    page.load()
    assert not page.is_behind()
    clock[0] = NOW + timedelta(minutes=1)
    assert page.is_behind()
    state[0] = "ended"
    page.load()
    assert not page.is_behind()
    done[0] = 1
    assert page.is_behind()
    state[0] = "done"
    page.load()
    assert not page.is_behind()
