"""A short text is worded anew; what it said before is kept, and no other's is touched."""

from datetime import datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.factories.small_practice import People, events, every_row
from workbench.actions.charting.add_snippet import add_snippet
from workbench.actions.charting.change_snippet import change_snippet
from workbench.actions.charting.retire_snippet import retire_snippet
from workbench.charting.snippet_tables import SnippetVersion
from workbench.charting.snippets import SnippetNamedAlike, SnippetRetired, SnippetUnclear
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound, StalePage
from workbench.screens.own_snippets import own_snippets
from workbench.store.engine import Store


@pytest.fixture
def snippet(gate: Gate, people: People, now: datetime) -> str:
    """Of Ada."""
    return add_snippet(gate, people.ada, now=now, name="Sleep", text="Slept [[hours]] hours.").snippet_id


def test_the_new_wording_is_in_use_and_the_old_one_is_kept(
    gate: Gate, store: Store, people: People, now: datetime, snippet: str
) -> None:
    changed = change_snippet(
        gate, people.ada, snippet, now=now, name="sleep", text="Slept [[how]].", expected_version=1
    )
    assert changed.edition == 2
    (one,) = own_snippets(gate, people.ada, now=now)
    assert (one.name, one.text, one.edition, one.version) == ("sleep", "Slept [[how]].", 2, 2)
    with store.reading() as session:
        said = session.scalars(select(SnippetVersion).order_by(SnippetVersion.edition)).all()
        assert [one.told.text for one in said] == ["Slept [[hours]] hours.", "Slept [[how]]."]
    assert ("snippet.changed", "done") in events(store)


@pytest.mark.parametrize("statement", ["UPDATE snippet_versions SET edition = 9", "DELETE FROM snippet_versions"])
def test_no_version_is_ever_changed(store: Store, snippet: str, statement: str) -> None:
    with store.engine.connect() as connection, pytest.raises(DBAPIError, match="append_only"):
        connection.execute(text(statement))


def test_a_page_older_than_the_last_change_changes_nothing(
    gate: Gate, store: Store, people: People, now: datetime, snippet: str
) -> None:
    change_snippet(gate, people.ada, snippet, now=now, name="Sleep", text="One.", expected_version=1)
    before = every_row(store)
    with pytest.raises(StalePage):
        change_snippet(gate, people.ada, snippet, now=now, name="Sleep", text="Two.", expected_version=1)
    assert every_row(store) == before


def test_what_is_unclear_named_alike_or_retired_stays(
    gate: Gate, store: Store, people: People, now: datetime, snippet: str
) -> None:
    add_snippet(gate, people.ada, now=now, name="Mood", text="Mood [[mood]].")
    with pytest.raises(SnippetNamedAlike):
        change_snippet(gate, people.ada, snippet, now=now, name="MOOD", text="Slept.")
    with pytest.raises(SnippetUnclear):
        change_snippet(gate, people.ada, snippet, now=now, name="Sleep", text="[[")
    retire_snippet(gate, people.ada, snippet, now=now)
    before = every_row(store)
    with pytest.raises(SnippetRetired):
        change_snippet(gate, people.ada, snippet, now=now, name="Sleep", text="Slept.")
    assert every_row(store) == before


@pytest.mark.parametrize("who", ["ben", "supervisor", "manager", "desk", "it"])
def test_anothers_is_not_there(gate: Gate, store: Store, people: People, now: datetime, snippet: str, who: str) -> None:
    before = every_row(store)
    with pytest.raises(NotFound):
        change_snippet(gate, getattr(people, who), snippet, now=now, name="Sleep", text="Slept.")
    assert every_row(store) == before
