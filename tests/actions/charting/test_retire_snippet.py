"""A retired short text is offered no more, its name is free again, and its versions stay."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests.factories.small_practice import People, every_row
from workbench.actions.charting.add_snippet import add_snippet
from workbench.actions.charting.retire_snippet import retire_snippet
from workbench.charting.snippet_tables import SnippetVersion
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.own_snippets import own_snippets
from workbench.store.engine import Store


def test_it_is_offered_no_more(gate: Gate, store: Store, people: People, now: datetime) -> None:
    one = add_snippet(gate, people.ada, now=now, name="Sleep", text="Slept.").snippet_id
    assert retire_snippet(gate, people.ada, one, now=now).retired_at == now
    assert retire_snippet(gate, people.ada, one, now=now + timedelta(days=1)).retired_at == now
    assert own_snippets(gate, people.ada, now=now) == ()
    add_snippet(gate, people.ada, now=now, name="Sleep", text="Slept well.")
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(SnippetVersion)) == 2


@pytest.mark.parametrize("who", ["ben", "supervisor", "manager", "desk"])
def test_anothers_is_not_there(gate: Gate, store: Store, people: People, now: datetime, who: str) -> None:
    one = add_snippet(gate, people.ada, now=now, name="Sleep", text="Slept.").snippet_id
    before = every_row(store)
    with pytest.raises(NotFound):
        retire_snippet(gate, getattr(people, who), one, now=now)
    assert every_row(store) == before
