"""How long a word of somebody who waits counts is the practice's to say; it counts for everybody who waits."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.actions.scheduling.waiting import OnTheList
from tests.factories.small_practice import People, events, every_row
from workbench.actions.scheduling.set_waitlist_terms import set_waitlist_terms
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed
from workbench.scheduling.waitlist import Standing, TermsWrong
from workbench.screens.waitlist import waitlist
from workbench.screens.waits_to_ask import waits_to_ask

WEEK = timedelta(weeks=1)


def test_it_counts_for_who_waits_already_and_the_rail_counts_whom_to_ask(
    waiting: OnTheList, gate: Gate, people: People, now: datetime
) -> None:
    set_waitlist_terms(gate, people.manager, now=now, ask_weeks=9, hold_weeks=10)
    assert set_waitlist_terms(gate, people.manager, now=now, ask_weeks=1, hold_weeks=2).nth == 2
    assert events(gate.store)[-1] == ("waitlist_terms.set", "done")
    for after, standing, asked in ((0, Standing.FRESH, 0), (1, Standing.TO_ASK, 1), (2, Standing.UNHEARD, 1)):
        shown = waitlist(gate, people.desk, now=now + after * WEEK)
        assert [one.standing for one in shown.waiting] == [standing]
        assert (len(shown.to_ask), waits_to_ask(gate, people.desk, now=now + after * WEEK)) == (asked, asked)
    assert waits_to_ask(gate, people.ben, now=now + WEEK) == 0
    assert shown.waiting[0].lapses_at is None
    del waiting


@pytest.mark.parametrize(("said", "field"), [
    ((0, 2, 0), "ask_weeks"), ((3, 3, 0), "hold_weeks"), ((1, 105, 0), "hold_weeks"), ((1, 4, 3), "lapse_weeks"),
    ((1, 4, 105), "lapse_weeks"),
])  # fmt: skip
def test_weeks_follow_each_other(
    gate: Gate, people: People, now: datetime, said: tuple[int, int, int], field: str
) -> None:
    before = every_row(gate.store)
    ask, hold, lapse = said
    with pytest.raises(TermsWrong) as refused:
        set_waitlist_terms(gate, people.manager, now=now, ask_weeks=ask, hold_weeks=hold, lapse_weeks=lapse)
    assert (set(refused.value.fields), every_row(gate.store)) == ({field}, before)


def test_nobody_changes_them_afterwards_and_others_cannot_say_them(gate: Gate, people: People, now: datetime) -> None:
    set_waitlist_terms(gate, people.manager, now=now, ask_weeks=1, hold_weeks=2)
    with pytest.raises(DBAPIError, match="waitlist_terms_append_only"), gate.store.engine.begin() as connection:
        connection.execute(text("UPDATE waitlist_terms SET ask_weeks = 1"))
    for who in ("desk", "ada", "biller", "it"):
        with pytest.raises(NotAllowed):
            set_waitlist_terms(gate, getattr(people, who), now=now, ask_weeks=1, hold_weeks=2)
