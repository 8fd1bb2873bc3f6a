"""The notes of a group session as the clinician who led it writes them."""

from datetime import datetime

import pytest
from sqlalchemy import select

from dashboards.group_desk import add_groups
from dashboards.group_note_desk import add_group_notes
from dashboards.pages.group_note import GroupNotePage
from dashboards.parts.replies import Ask, Done, Redraw, Refused
from tests.actions.charting.group_session import OF_FERN, OF_MOSS, SESSION, SHARED, group_met
from tests.dashboards.pages import opened, send
from tests.factories.small_practice import People, open_practice
from tests.factories.small_practice import people as signed_in
from workbench.charting.tables import Note
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.kernel.errors import WorkbenchError
from workbench.store.engine import Store

PATH = f"/group-notes/{SESSION}"
WORDS = " ".join(f"word{at}" for at in range(30))


pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture(autouse=True)
def met(store: Store, now: datetime) -> None:
    """The group."""
    open_practice(store, now)
    group_met(store, now)


@pytest.fixture
def people() -> People:
    """Who works there."""
    return signed_in()


def page(gate: Gate, people: People, now: datetime) -> GroupNotePage:
    """As Ada opens it."""
    found = opened(gate, people.ada, now, PATH, add_group_notes)
    assert isinstance(found, GroupNotePage)
    return found


def typed(shown: GroupNotePage, attendance_id: str, assessment: str) -> None:
    """Ada opens one member and types."""
    send(shown, "open_member", id=attendance_id)
    assert shown.shown
    assert shown.shown.own
    send(shown, "save_own", attendance_id=attendance_id, version=str(shown.shown.own.version), assessment=assessment,
         diagnoses="F41.1")  # fmt: skip


def test_what_is_missing_is_shown_until_all_are_ready_then_one_signature_makes_each_note(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    shown = page(gate, people, now)
    assert "0 of 2 ready" in shown.render()
    refused = send(shown, "ask_sign")
    assert isinstance(refused, Refused)
    assert refused.sentence.startswith("Not ready to sign: 2 members and the shared part.")
    send(shown, "save_shared", version="0", **{f"shared_{part}": text for part, text in SHARED.items()})
    typed(shown, OF_FERN, "Spoke up.")
    typed(shown, OF_MOSS, "Listened.")
    assert "2 of 2 ready" in shown.render()
    asked = send(shown, "ask_sign")
    assert isinstance(asked, Ask)
    assert "Sign 2 notes" in asked.html
    done = send(shown, "sign", version="1", versions=f"{OF_FERN}=1 {OF_MOSS}=1")
    assert done == Done("2 notes signed and charged")
    shown.load()
    assert "Nothing is left to sign." in shown.render()
    with store.reading() as session:
        assert set(session.scalars(select(Note.state))) == {"locked"}


def test_who_did_not_come_is_marked_and_may_come_after_all(gate: Gate, people: People, now: datetime) -> None:
    shown = page(gate, people, now)
    assert send(shown, "mark", id=OF_MOSS, verb="mark_no_show", version="1") == Done("Marked as a no-show")
    shown.load()
    assert "0 of 1 ready" in shown.render()
    assert send(shown, "mark", id=OF_MOSS, verb="check_in", version="2") == Done("Came after all")
    refused = send(shown, "mark", id=OF_MOSS, verb="delete", version="3")
    assert refused == Done("This page does not offer that.", tone="warn")


def test_the_same_words_about_both_are_asked_about(gate: Gate, people: People, now: datetime) -> None:
    shown = page(gate, people, now)
    send(shown, "save_shared", version="0", shared_objective="Played.", shared_plan="Go on.")
    typed(shown, OF_FERN, WORDS)
    typed(shown, OF_MOSS, WORDS)
    asked = send(shown, "sign", version="1", versions=f"{OF_FERN}=1 {OF_MOSS}=1")
    assert isinstance(asked, Ask)
    assert "exactly these words" in asked.html
    done = send(shown, "sign", version="1", versions=f"{OF_FERN}=1 {OF_MOSS}=1", meant="on")
    assert isinstance(done, Done)
    assert done.tone == "good"


def test_two_windows_do_not_write_over_each_other(gate: Gate, people: People, now: datetime) -> None:
    one, other = page(gate, people, now), page(gate, people, now)
    assert isinstance(send(one, "save_shared", version="0", shared_objective="First."), Redraw)
    # The answer of the first is not drawn yet: the browser still names the version before.
    assert isinstance(send(one, "save_shared", version="0", shared_objective="First, on."), Redraw)
    with pytest.raises(WorkbenchError, match="another window"):
        send(other, "save_shared", version="0", shared_objective="Second.")


def test_my_day_and_the_group_lead_to_it(gate: Gate, people: People, now: datetime) -> None:
    my_day = opened(gate, people.ada, now, "/my-day").render()
    assert f"/app{PATH}?member={OF_FERN}" in my_day
    groups = opened(gate, people.ada, now, "/groups", add_groups)
    asked = send(groups, "open_group", id="grp_1")
    assert isinstance(asked, Ask)
    assert f"/app{PATH}" in asked.html
    for_others = send(opened(gate, people.desk, now, "/groups", add_groups), "open_group", id="grp_1")
    assert isinstance(for_others, Ask)
    assert PATH not in for_others.html


def test_somebody_elses_session_is_not_there(gate: Gate, people: People, now: datetime) -> None:
    for who in (people.ben, people.supervisor):
        with pytest.raises(NotFound):
            opened(gate, who, now, PATH, add_group_notes)
