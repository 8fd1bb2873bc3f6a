"""Taking a pack: shown first, taken as drafts, and nothing the practice changed is written over."""

from datetime import datetime

import pytest

from tests.actions.forms.having import published
from tests.factories.small_practice import People, events
from tests.forms.building import asked
from tests.forms.test_packs import FOOD, KEY, PUBLIC, SLEEP, packed
from workbench.actions.forms.edit_form import Step, edit_form
from workbench.actions.forms.finish_form_edit import finish_form_edit
from workbench.actions.forms.publish_form import publish_form
from workbench.actions.forms.take_pack import NothingInPack, PackTaken, take_pack
from workbench.actions.forms.trust_publisher import trust_publisher
from workbench.forms.documents import read_document, write_document
from workbench.forms.packs import PackRefused, read_pack, signed_pack
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, StalePage
from workbench.screens.form_packs import Becomes, PackShown, form_publishers, own_pack, rehearse_pack
from workbench.screens.forms import forms
from workbench.store.engine import Store

LATER = {**SLEEP, "version": "2", "item": [*SLEEP["item"], asked("b")]}


@pytest.fixture(autouse=True)
def trusted(gate: Gate, people: People, now: datetime) -> str:
    return trust_publisher(gate, people.manager, now=now, name="Elm Clinic", key=PUBLIC).publisher_id


def shown(gate: Gate, people: People, now: datetime, content: bytes) -> PackShown:
    return rehearse_pack(gate, people.manager, now=now, content=content)


def take(gate: Gate, people: People, now: datetime, content: bytes) -> PackTaken:
    looked_at = shown(gate, people, now, content).looked_at
    return take_pack(gate, people.manager, now=now, content=content, looked_at=looked_at)


def becomes(told: PackShown) -> dict[str, Becomes]:
    return {line.title: line.becomes for line in told.lines}


def test_it_is_shown_before_and_taken_as_drafts(gate: Gate, store: Store, people: People, now: datetime) -> None:
    told = shown(gate, people, now, packed())
    assert becomes(told) == {"Food": Becomes.NEW, "Sleep": Becomes.NEW}
    assert forms(gate, people.manager, now=now) == ()
    assert take(gate, people, now, packed()) == PackTaken(2, 0, 0)
    assert [(one.title, one.newest.state) for one in forms(gate, people.manager, now=now)] == [
        ("Food", "draft"), ("Sleep", "draft"),
    ]  # fmt: skip
    assert ("form.pack_taken", "done") in events(store)
    assert set(becomes(shown(gate, people, now, packed())).values()) == {Becomes.SAME}
    with pytest.raises(NothingInPack):
        take(gate, people, now, packed())


def test_a_later_pack_is_a_newer_version_unless_the_practice_changed_the_form(
    gate: Gate, people: People, now: datetime
) -> None:
    take(gate, people, now, packed())
    told = shown(gate, people, now, packed(LATER, FOOD))
    assert becomes(told) == {"Food": Becomes.SAME, "Sleep": Becomes.NEWER}
    assert [line.differences for line in told.lines] == [0, 1]
    version_id = next(one.newest.version_id for one in forms(gate, people.manager, now=now) if one.title == "Food")
    edit_form(gate, people.manager, version_id, now=now, number=0, step=Step("title", title="Meals"))
    finish_form_edit(gate, people.manager, version_id, now=now, number=1, why="Other word")
    food = {**FOOD, "version": "3", "item": [asked("c")]}
    assert becomes(shown(gate, people, now, packed(LATER, food))) == {"Food": Becomes.OWN, "Sleep": Becomes.NEWER}
    assert take(gate, people, now, packed(LATER, food)) == PackTaken(0, 1, 1)
    labels = {one.title: one.newest.label for one in forms(gate, people.manager, now=now)}
    assert labels == {"Meals": "1.0.1", "Sleep": "1.1.0"}


def test_nothing_else_is_taken_than_what_was_shown(gate: Gate, people: People, now: datetime) -> None:
    told = shown(gate, people, now, packed())
    published(gate, people, now, {**SLEEP, "title": "Our own sleep"})
    with pytest.raises(StalePage):
        take_pack(gate, people.manager, now=now, content=packed(), looked_at=told.looked_at)
    other = packed(LATER)
    with pytest.raises(StalePage):
        take_pack(gate, people.manager, now=now, content=other, looked_at=told.looked_at)


def test_the_practices_own_forms_are_a_pack_that_somebody_else_takes(gate: Gate, people: People, now: datetime) -> None:
    published(gate, people, now, SLEEP)
    unsigned = own_pack(gate, people.manager, now=now)
    assert list(read_pack(unsigned).forms) == ["urn:x:sleep"]
    with pytest.raises(PackRefused, match="Nobody signed"):
        shown(gate, people, now, unsigned)
    signed = write_document(signed_pack(read_document(unsigned), KEY)).encode()
    assert becomes(shown(gate, people, now, signed)) == {"Sleep": Becomes.SAME}


def test_a_draft_of_a_pack_is_published_like_any_other(gate: Gate, people: People, now: datetime) -> None:
    take(gate, people, now, packed())
    for one in forms(gate, people.manager, now=now):
        publish_form(gate, people.manager, one.newest.version_id, now=now)
    assert {one.newest.state for one in forms(gate, people.manager, now=now)} == {"published"}


def test_only_who_says_which_forms_there_are_takes_one(gate: Gate, people: People, now: datetime) -> None:
    for who in (people.ada, people.desk, people.biller, people.it, people.compliance):
        for call in (
            lambda who=who: take_pack(gate, who, now=now, content=packed(), looked_at=""),
            lambda who=who: rehearse_pack(gate, who, now=now, content=packed()),
            lambda who=who: form_publishers(gate, who, now=now),
            lambda who=who: own_pack(gate, who, now=now),
        ):
            with pytest.raises(NotAllowed):
                call()
