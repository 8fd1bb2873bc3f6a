"""Templates of the library: taken into use, brought up to date, left alone where the practice changed them."""

from datetime import datetime

import pytest
from sqlalchemy import update

from tests.actions.forms.having import take_in
from tests.factories.small_practice import FERN, People, events
from workbench.actions.forms.edit_form import Step, edit_form
from workbench.actions.forms.finish_form_edit import finish_form_edit
from workbench.actions.forms.start_form import AboutNobody, start_form
from workbench.actions.forms.take_templates import AskedForByItself, NothingToTake, TemplatesTaken, take_templates
from workbench.forms.library import NoSuchTemplate, Template, template_named, templates
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed
from workbench.people.tables import Practice
from workbench.screens.form_library import Here, form_library, library_preview
from workbench.screens.form_responses import patient_forms
from workbench.screens.forms import forms
from workbench.store.engine import Store


def here(gate: Gate, people: People, now: datetime, key: str) -> Here:
    return next(one.here for one in form_library(gate, people.manager, now=now) if one.key == key)


def take(gate: Gate, people: People, now: datetime, *keys: str) -> TemplatesTaken:
    return take_templates(gate, people.manager, now=now, keys=keys)


def newer(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    """The library comes along with another text of a template."""
    old = template_named(key)
    made = Template(**{**old.__dict__, "version": "1.1.0", "outline": f"{old.outline}\nmore short: More\n"})
    monkeypatch.setitem(templates(), key, made)  # type: ignore[arg-type]


def test_they_are_in_use_at_once_with_their_lineage(gate: Gate, store: Store, people: People, now: datetime) -> None:
    assert here(gate, people, now, "soap") is Here.NOT
    assert take(gate, people, now, "soap", "dap") == TemplatesTaken(2, 0, 0)
    assert [one for one in events(store) if one[0] == "form.taken_from_library"] == [
        ("form.taken_from_library", "done")
    ] * 2
    assert here(gate, people, now, "soap") is Here.SAME
    shown = {one.title: one.newest for one in forms(gate, people.manager, now=now)}
    assert {title: (one.state, one.label) for title, one in shown.items()} == {
        "Progress note, DAP": ("published", "1.0.0"), "Progress note, SOAP": ("published", "1.0.0"),
    }  # fmt: skip
    assert shown["Progress note, SOAP"].hash == template_named("soap").hash()
    with pytest.raises(NothingToTake):
        take(gate, people, now, "soap", "dap")


def test_a_newer_text_follows_where_nobody_changed_the_old_one(
    gate: Gate, people: People, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(gate, people, now, "phone-contact")
    newer(monkeypatch, "phone-contact")
    assert here(gate, people, now, "phone-contact") is Here.OLDER
    assert take(gate, people, now, "phone-contact") == TemplatesTaken(0, 1, 0)
    (form,) = forms(gate, people.manager, now=now)
    assert [(one.label, one.state) for one in form.versions] == [("1.1.0", "published"), ("1.0.0", "retired")]


def test_what_the_practice_changed_stays_as_it_has_it(
    gate: Gate, people: People, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(gate, people, now, "phone-contact")
    version_id = forms(gate, people.manager, now=now)[0].newest.version_id
    edit_form(gate, people.manager, version_id, now=now, number=0, step=Step("title", title="Our calls"))
    finish_form_edit(gate, people.manager, version_id, now=now, number=1, why="Our word for it")
    assert here(gate, people, now, "phone-contact") is Here.OWN
    newer(monkeypatch, "phone-contact")
    assert here(gate, people, now, "phone-contact") is Here.OWN_OLDER
    assert take(gate, people, now, "phone-contact", "soap") == TemplatesTaken(1, 0, 1)
    assert "Our calls" in [one.title for one in forms(gate, people.manager, now=now)]


def test_one_that_is_off_is_taken_only_by_itself(gate: Gate, people: People, now: datetime) -> None:
    with pytest.raises(AskedForByItself, match="assistance animal"):
        take(gate, people, now, "letter-referral", "letter-animal")
    assert forms(gate, people.manager, now=now) == ()
    assert take(gate, people, now, "letter-animal").new == 1


def test_the_practices_word_is_in_it(gate: Gate, store: Store, people: People, now: datetime) -> None:
    with store.writing() as session:
        session.execute(update(Practice).values(patient_word="patient"))
        session.commit()
    take(gate, people, now, "family-with")
    (form,) = forms(gate, people.manager, now=now)
    assert form.title == "Family session, patient present"
    assert here(gate, people, now, "family-with") is Here.SAME
    assert "client" not in library_preview(gate, people.manager, now=now, key="family-with").fields


def test_what_is_about_nobody_is_begun_in_no_chart(gate: Gate, people: People, now: datetime) -> None:
    take(gate, people, now, "incident-report", "soap")
    choices = patient_forms(gate, people.ada, FERN, now=now).choices
    assert [one.title for one in choices] == ["Progress note, SOAP"]
    incident = next(one for one in forms(gate, people.manager, now=now) if one.title == "Incident report")
    with pytest.raises(AboutNobody):
        start_form(gate, people.ada, FERN, now=now, version_id=incident.newest.version_id)


def test_a_form_of_the_practices_own_is_none_of_the_library(gate: Gate, people: People, now: datetime) -> None:
    take_in(gate, people, now)
    assert {one.here for one in form_library(gate, people.manager, now=now)} == {Here.NOT}


def test_only_who_says_which_forms_there_are_takes_any(gate: Gate, people: People, now: datetime) -> None:
    for who in (people.ada, people.desk, people.biller, people.it, people.compliance):
        with pytest.raises(NotAllowed):
            take_templates(gate, who, now=now, keys=("soap",))
        with pytest.raises(NotAllowed):
            form_library(gate, who, now=now)
    with pytest.raises(NoSuchTemplate):
        take(gate, people, now, "nobody")
