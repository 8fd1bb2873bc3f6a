"""A version is made of what was edited: a draft, with why, and with the lineage of the one before."""

from datetime import datetime

import pytest

from tests.actions.forms.having import published
from tests.factories.small_practice import People, events
from workbench.actions.forms.edit_form import Step, edit_form
from workbench.actions.forms.finish_form_edit import WhyMissing, finish_form_edit
from workbench.forms.versions import SameForm
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound, StalePage
from workbench.screens.forms import form_preview, forms
from workbench.store.engine import Store


def edited(gate: Gate, people: People, now: datetime) -> str:
    version_id = published(gate, people, now)
    edit_form(gate, people.manager, version_id, now=now, number=0, step=Step("title", title="Rest"))
    return version_id


def test_it_is_a_draft_that_says_why(gate: Gate, store: Store, people: People, now: datetime) -> None:
    version_id = edited(gate, people, now)
    done = finish_form_edit(gate, people.manager, version_id, now=now, number=1, why="  It is about rest.  ")
    assert events(store)[-1] == ("form.version_made", "done")
    (form,) = forms(gate, people.manager, now=now)
    assert (form.title, [(one.label, one.state) for one in form.versions]) == (
        "Rest", [("1.0.1", "draft"), ("1.0.0", "published")],
    )  # fmt: skip
    preview = form_preview(gate, people.manager, done.version_id, now=now)
    assert (preview.why, [one.what for one in preview.differences]) == ("It is about rest.", ["title"])


@pytest.mark.parametrize("why", ["", "  ", "x" * 401])
def test_without_why_there_is_none(gate: Gate, people: People, now: datetime, why: str) -> None:
    version_id = edited(gate, people, now)
    with pytest.raises(WhyMissing):
        finish_form_edit(gate, people.manager, version_id, now=now, number=1, why=why)


def test_what_somebody_edited_meanwhile_is_not_passed_over(gate: Gate, people: People, now: datetime) -> None:
    version_id = edited(gate, people, now)
    edit_form(gate, people.supervisor, version_id, now=now, number=1, step=Step("remove", "hours"))
    with pytest.raises(StalePage):
        finish_form_edit(gate, people.manager, version_id, now=now, number=1, why="Rest")
    finish_form_edit(gate, people.manager, version_id, now=now, number=2, why="Rest")
    with pytest.raises(StalePage):
        finish_form_edit(gate, people.manager, version_id, now=now, number=2, why="Again")


def test_nothing_different_is_no_version(gate: Gate, people: People, now: datetime) -> None:
    version_id = edited(gate, people, now)
    edit_form(gate, people.manager, version_id, now=now, number=1, step=Step("back"))
    with pytest.raises(SameForm):
        finish_form_edit(gate, people.manager, version_id, now=now, number=2, why="Nothing")


def test_only_who_says_which_forms_there_are(gate: Gate, people: People, now: datetime) -> None:
    version_id = edited(gate, people, now)
    for who in (people.ada, people.desk, people.it, people.compliance):
        with pytest.raises(NotFound):
            finish_form_edit(gate, who, version_id, now=now, number=1, why="Rest")
