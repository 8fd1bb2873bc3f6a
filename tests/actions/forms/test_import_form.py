"""Forms are taken in as drafts, by who leads the practice; each version is kept as it came."""

import json
from datetime import datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.actions.forms.having import DOCUMENT, published, take_in
from tests.factories.small_practice import People, events
from tests.forms.building import asked
from workbench.actions.forms.import_form import FormUntitled, import_form
from workbench.actions.forms.publish_form import publish_form
from workbench.forms.documents import Refused, digest
from workbench.forms.tables import FormVersion
from workbench.forms.versions import SameForm
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, NotFound
from workbench.measures.catalogue import measure_named
from workbench.measures.wording import questionnaire_of
from workbench.screens.forms import form_preview, forms
from workbench.store.engine import Store

CHANGED = {**DOCUMENT, "item": [*DOCUMENT["item"], asked("dreams", "text")]}
SHORTER = {**DOCUMENT, "item": DOCUMENT["item"][:2]}


def test_a_form_is_a_draft_with_its_hash_and_a_first_version(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    done = take_in(gate, people, now)
    assert (done.label, done.warnings) == ("1.0.0", 0)
    assert events(store)[-1] == ("form.imported", "done")
    (form,) = forms(gate, people.manager, now=now)
    assert (form.title, form.newest.state, form.newest.hash) == ("Sleep", "draft", digest(DOCUMENT))


def test_a_next_version_is_counted_by_how_much_is_different(gate: Gate, people: People, now: datetime) -> None:
    first = take_in(gate, people, now)
    publish_form(gate, people.manager, first.version_id, now=now)
    more = take_in(gate, people, now, CHANGED, template_id=first.template_id)
    assert more.label == "1.1.0"
    less = take_in(gate, people, now, SHORTER, template_id=first.template_id)
    assert less.label == "2.0.0"
    preview = form_preview(gate, people.manager, more.version_id, now=now)
    assert preview.compared_with == "1.0.0"
    assert [(one.link_id, one.what, one.after) for one in preview.differences] == [
        ("dreams", "item", "Question dreams")
    ]
    gone = form_preview(gate, people.manager, less.version_id, now=now)
    assert [one.link_id for one in gone.differences] == ["helps", "hours", "trial", "drug", "dose"]
    (form,) = forms(gate, people.manager, now=now)
    assert [one.label for one in form.versions] == ["2.0.0", "1.1.0", "1.0.0"]


def test_a_dictionary_is_taken_in_too(gate: Gate, people: People, now: datetime) -> None:
    text_ = "field_name,form_name,field_type,field_label\nname,intake,text,Name\n"
    done = import_form(gate, people.manager, now=now, content=text_.encode(), title="Our intake")
    assert form_preview(gate, people.manager, done.version_id, now=now).title == "Our intake"


def test_a_measure_is_known_word_for_word_and_with_one_word_changed_no_more(
    gate: Gate, people: People, now: datetime
) -> None:
    phq9 = questionnaire_of(measure_named("PHQ-9"))
    changed = {**phq9, "item": [{**phq9["item"][0], "text": "Lately"}, *phq9["item"][1:]]}
    for document, measure in ((phq9, "PHQ-9"), (changed, "")):
        version_id = take_in(gate, people, now, document).version_id
        assert form_preview(gate, people.manager, version_id, now=now).measure == measure


def test_what_is_no_form_is_refused_and_keeps_nothing(gate: Gate, store: Store, people: People, now: datetime) -> None:
    with pytest.raises(Refused, match="this is not JSON"):
        import_form(gate, people.manager, now=now, content=b"hello")
    untitled = {name: value for name, value in DOCUMENT.items() if name != "title"}
    for title in ("", " ", "x" * 121):
        with pytest.raises(FormUntitled):
            take_in(gate, people, now, untitled, title=title)
    with pytest.raises(NotFound):
        take_in(gate, people, now, template_id="frm_nobody")
    assert forms(gate, people.manager, now=now) == ()


def test_the_same_file_is_no_new_version(gate: Gate, people: People, now: datetime) -> None:
    first = take_in(gate, people, now)
    with pytest.raises(SameForm):
        take_in(gate, people, now, dict(reversed(DOCUMENT.items())), template_id=first.template_id)


def test_only_who_says_which_forms_there_are_takes_one_in(gate: Gate, people: People, now: datetime) -> None:
    for who in (people.ada, people.desk, people.biller, people.it, people.compliance):
        with pytest.raises(NotAllowed):
            import_form(gate, who, now=now, content=json.dumps(DOCUMENT).encode())
        with pytest.raises(NotAllowed):
            forms(gate, who, now=now)
    import_form(gate, people.supervisor, now=now, content=json.dumps(DOCUMENT).encode())


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE form_versions SET questionnaire = '{}'",
        "UPDATE form_versions SET hash = 'x'",
        "DELETE FROM form_versions",
    ],
)
def test_the_database_keeps_a_version_as_it_came(
    gate: Gate, store: Store, people: People, now: datetime, change: str
) -> None:
    published(gate, people, now)
    with pytest.raises(DBAPIError, match="form_versions_as_they_came"), store.engine.begin() as connection:
        connection.execute(text(change))
    with store.reading() as session:
        assert json.loads(session.scalars(select(FormVersion.questionnaire)).one()) == DOCUMENT
