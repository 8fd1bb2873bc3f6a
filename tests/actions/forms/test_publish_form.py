"""Publishing and retiring: one version at most is in use, and what is no draft is not published again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from tests.actions.forms.having import take_in
from tests.actions.forms.test_import_form import CHANGED
from tests.factories.small_practice import FERN, People
from tests.forms.building import asked, questionnaire
from workbench.actions.forms.publish_form import FormTooLong, publish_form
from workbench.actions.forms.retire_form import retire_form
from workbench.forms.versions import NotADraft
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound, StalePage
from workbench.screens.form_responses import patient_forms
from workbench.screens.forms import forms


def states(gate: Gate, people: People, now: datetime) -> list[tuple[str, str]]:
    return [(one.label, one.state) for form in forms(gate, people.manager, now=now) for one in form.versions]


def test_the_one_before_is_retired_with_it(gate: Gate, people: People, now: datetime) -> None:
    first = take_in(gate, people, now)
    second = take_in(gate, people, now, CHANGED, template_id=first.template_id)
    publish_form(gate, people.manager, first.version_id, now=now)
    assert states(gate, people, now) == [("1.1.0", "draft"), ("1.0.0", "published")]
    publish_form(gate, people.manager, second.version_id, now=now)
    assert states(gate, people, now) == [("1.1.0", "published"), ("1.0.0", "retired")]
    with pytest.raises(NotADraft):
        publish_form(gate, people.manager, first.version_id, now=now)
    assert [one.label for one in patient_forms(gate, people.ada, FERN, now=now).choices] == ["1.1.0"]


def test_of_two_published_at_once_one_is_in_use(gate: Gate, people: People, now: datetime) -> None:
    first = take_in(gate, people, now)
    second = take_in(gate, people, now, CHANGED, template_id=first.template_id)

    def publish(version_id: str) -> None:
        try:
            publish_form(gate, people.manager, version_id, now=now)
        except StalePage:
            return

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(publish, (first.version_id, second.version_id)))
    assert [state for _, state in states(gate, people, now)].count("published") == 1


def test_one_that_nobody_could_fill_in_on_a_page_stays_a_draft(gate: Gate, people: People, now: datetime) -> None:
    for questions, state in ((351, "draft"), (350, "published")):
        document = questionnaire(*[asked(str(number)) for number in range(questions)])
        version = take_in(gate, people, now, document, title=f"Of {questions}").version_id
        if state == "draft":
            with pytest.raises(FormTooLong, match="351 questions"):
                publish_form(gate, people.manager, version, now=now)
        else:
            publish_form(gate, people.manager, version, now=now)
    assert [state for _, state in states(gate, people, now)] == ["published", "draft"]


def test_what_is_retired_is_not_begun_any_more(gate: Gate, people: People, now: datetime) -> None:
    version = take_in(gate, people, now).version_id
    publish_form(gate, people.manager, version, now=now)
    for _ in range(2):
        retire_form(gate, people.manager, version, now=now)
    assert states(gate, people, now) == [("1.0.0", "retired")]
    assert patient_forms(gate, people.ada, FERN, now=now).choices == ()


def test_only_who_says_which_forms_there_are_publishes_one(gate: Gate, people: People, now: datetime) -> None:
    version = take_in(gate, people, now).version_id
    for who in (people.ada, people.desk, people.it):
        for verb in (publish_form, retire_form):
            with pytest.raises(NotFound):
                verb(gate, who, version, now=now)
