"""Whoever signs notes keeps short texts of their own; what they say is sealed."""

from datetime import datetime

import pytest

from tests.factories.small_practice import People, events, every_row
from workbench.actions.charting import add_snippet as module
from workbench.actions.charting.add_snippet import add_snippet
from workbench.charting.snippets import SnippetNamedAlike, SnippetUnclear, TooManySnippets
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed
from workbench.screens.own_snippets import own_snippets
from workbench.store.engine import Store


def test_it_is_there_for_who_added_it_and_for_nobody_else(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    added = add_snippet(gate, people.ada, now=now, name=" Sleep ", text="Slept [[hours]] hours.\n")
    (one,) = own_snippets(gate, people.ada, now=now)
    assert (one.snippet_id, one.name, one.text, one.edition) == (added.snippet_id, "Sleep", "Slept [[hours]] hours.", 1)
    assert own_snippets(gate, people.ben, now=now) == own_snippets(gate, people.supervisor, now=now) == ()
    assert events(store) == [("snippet.added", "done"), *[("snippets.seen", "shown")] * 3]
    assert "Slept" not in repr(every_row(store))


def test_they_stand_in_the_order_of_their_names(gate: Gate, people: People, now: datetime) -> None:
    for name in ("sleep", "Appetite", "Mood"):
        add_snippet(gate, people.ada, now=now, name=name, text="[[x]]")
    assert [one.name for one in own_snippets(gate, people.ada, now=now)] == ["Appetite", "Mood", "sleep"]


def test_two_of_one_name_could_not_be_told_apart(gate: Gate, store: Store, people: People, now: datetime) -> None:
    add_snippet(gate, people.ada, now=now, name="Sleep", text="Slept.")
    before = every_row(store)
    with pytest.raises(SnippetNamedAlike) as refused:
        add_snippet(gate, people.ada, now=now, name="SLEEP", text="Slept well.")
    assert (set(refused.value.fields), every_row(store)) == ({"name"}, before)
    assert add_snippet(gate, people.ben, now=now, name="Sleep", text="Slept.").snippet_id


def test_what_says_nothing_is_not_kept(gate: Gate, store: Store, people: People, now: datetime) -> None:
    before = every_row(store)
    with pytest.raises(SnippetUnclear):
        add_snippet(gate, people.ada, now=now, name="Sleep", text=" ")
    assert every_row(store) == before


def test_there_is_a_most(gate: Gate, people: People, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 1)
    add_snippet(gate, people.ada, now=now, name="One", text="One.")
    with pytest.raises(TooManySnippets):
        add_snippet(gate, people.ada, now=now, name="Two", text="Two.")


@pytest.mark.parametrize("who", ["desk", "manager", "biller", "it", "compliance"])
def test_who_signs_no_notes_has_none(gate: Gate, people: People, now: datetime, who: str) -> None:
    with pytest.raises(NotAllowed):
        add_snippet(gate, getattr(people, who), now=now, name="Sleep", text="Slept.")
