"""Filling in: saved as it is typed, never over another window's, what is no answer told and the rest kept."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests.actions.forms.having import begun, published, take_in
from tests.factories.small_practice import FERN, People, events
from tests.forms.building import asked, questionnaire
from workbench.actions.forms.save_form import FormSaved, save_form
from workbench.actions.forms.start_form import NotPublished, start_form
from workbench.forms.filling import NoSuchQuestion
from workbench.forms.signing import NotYourForm
from workbench.forms.tables import FormRevision
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound, StalePage
from workbench.screens.form_responses import form_response, patient_forms
from workbench.store.engine import Store

Values = Mapping[str, tuple[str, ...]]


def save(gate: Gate, people: People, now: datetime, response_id: str, version: int, values: Values) -> FormSaved:
    return save_form(gate, people.ada, response_id, now=now, version=version, values=values)


def drawn(gate: Gate, people: People, now: datetime, response_id: str) -> str:
    return str(form_response(gate, people.ada, response_id, now=now).fields)


def test_it_begins_empty_and_is_on_the_list_of_the_file(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    response_id = begun(gate, people, now)
    assert events(store)[-1] == ("form_response.started", "done")
    page = form_response(gate, people.ada, response_id, now=now)
    assert (page.title, page.label, page.state, page.version, page.may_write) == ("Sleep", "1.0.0", "draft", 1, True)
    assert set(page.missing) == {"q0", "q5_0"}
    (line,) = patient_forms(gate, people.ada, FERN, now=now).responses
    assert (line.response_id, line.state) == (response_id, "draft")


def test_it_begins_with_what_the_form_says(gate: Gate, people: People, now: datetime) -> None:
    document = questionnaire(asked("a", initial=[{"valueString": "as usual"}]))
    version_id = published(gate, people, now, document)
    done = start_form(gate, people.ada, FERN, now=now, version_id=version_id)
    assert 'value="as usual"' in drawn(gate, people, now, done.response_id)


def test_what_is_typed_is_kept_with_a_revision_and_asks_what_hangs_on_it(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    response_id = begun(gate, people, now)
    assert "since" not in drawn(gate, people, now, response_id)
    done = save(gate, people, now + timedelta(minutes=1), response_id, 1, {"q0": ("false",), "q3": ("6",)})
    assert (done.version, done.problems) == (2, {})
    page = form_response(gate, people.ada, response_id, now=now)
    assert "Question since" in page.fields
    assert set(page.missing) == {"q1", "q5_0"}
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(FormRevision)) == 2


def test_what_was_emptied_is_gone_and_what_was_not_shown_stays(gate: Gate, people: People, now: datetime) -> None:
    response_id = begun(gate, people, now)
    save(gate, people, now, response_id, 1, {"q0": ("false",), "q1": ("",), "q2": ("0", "1"), "q3": ("6",)})
    save(gate, people, now, response_id, 2, {"q0": ("false",), "q1": ("2026-03-01",), "q2": ("1",), "q3": ("6",)})
    # Whoever sleeps again is not asked since when they do not; the day stays, should they answer otherwise once more.
    save(gate, people, now, response_id, 3, {"q0": ("true",), "q1": ("2026-03-01",), "q3": ("",)})
    assert 'value="2026-03-01"' not in drawn(gate, people, now, response_id)
    assert drawn(gate, people, now, response_id).count("checked") == 1
    save(gate, people, now, response_id, 4, {"q0": ("false",), "q3": ("",)})
    found = drawn(gate, people, now, response_id)
    assert 'value="2026-03-01"' in found
    assert 'value="6"' not in found


def test_a_group_that_repeats_always_has_one_more_to_write_in(gate: Gate, people: People, now: datetime) -> None:
    response_id = begun(gate, people, now)
    save(gate, people, now, response_id, 1, {"q5_0": ("one",)})
    save(gate, people, now, response_id, 2, {"q5_0": ("one",), "q5_1": ("two",), "q6_1": ("2.5",)})
    found = drawn(gate, people, now, response_id)
    assert "3 of 3" in found
    assert 'value="2.5"' in found
    page = form_response(gate, people.ada, response_id, now=now)
    assert set(page.missing) == {"q0"}


def test_what_is_no_answer_is_told_and_the_rest_is_kept(gate: Gate, people: People, now: datetime) -> None:
    response_id = begun(gate, people, now)
    done = save(gate, people, now, response_id, 1, {"q0": ("true",), "q3": ("many",), "q6_0": ("2,5x",)})
    assert set(done.problems) == {"q3", "q6_0"}
    assert "checked" in drawn(gate, people, now, response_id)


def test_with_nothing_different_there_is_no_revision(gate: Gate, store: Store, people: People, now: datetime) -> None:
    response_id = begun(gate, people, now)
    assert [save(gate, people, now, response_id, version, {"q3": ("6",)}).version for version in (1, 2, 2)] == [2, 2, 2]
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(FormRevision)) == 2


def test_another_window_is_not_overwritten(gate: Gate, people: People, now: datetime) -> None:
    response_id = begun(gate, people, now)
    save(gate, people, now, response_id, 1, {"q3": ("6",)})
    with pytest.raises(StalePage):
        save(gate, people, now, response_id, 1, {"q3": ("7",)})
    assert 'value="6"' in drawn(gate, people, now, response_id)


def test_a_field_of_another_form_is_refused(gate: Gate, people: People, now: datetime) -> None:
    response_id = begun(gate, people, now)
    with pytest.raises(NoSuchQuestion):
        save(gate, people, now, response_id, 1, {"q77": ("6",)})


def test_a_draft_is_its_authors_alone(gate: Gate, people: People, now: datetime) -> None:
    response_id = begun(gate, people, now)
    save(gate, people, now, response_id, 1, {"q3": ("6",)})
    with pytest.raises(NotYourForm):
        save_form(gate, people.supervisor, response_id, now=now, version=2, values={"q3": ("7",)})
    seen = form_response(gate, people.supervisor, response_id, now=now)
    assert (str(seen.fields), seen.may_write, dict(seen.missing)) == ("", False, {})
    for who in (people.ben, people.desk, people.biller, people.it):
        with pytest.raises(NotFound):
            save_form(gate, who, response_id, now=now, version=2, values={})
        with pytest.raises(NotFound):
            form_response(gate, who, response_id, now=now)


def test_only_a_form_in_use_is_begun(gate: Gate, people: People, now: datetime) -> None:
    draft = take_in(gate, people, now).version_id
    with pytest.raises(NotPublished):
        start_form(gate, people.ada, FERN, now=now, version_id=draft)
    with pytest.raises(NotFound):
        start_form(gate, people.ada, FERN, now=now, version_id="fvr_nobody")
    with pytest.raises(NotFound):
        start_form(gate, people.ben, FERN, now=now, version_id=published(gate, people, now, title="Another"))


@pytest.mark.parametrize("change", ["UPDATE form_revisions SET number = 9", "DELETE FROM form_revisions"])
def test_the_database_keeps_every_revision(
    gate: Gate, store: Store, people: People, now: datetime, change: str
) -> None:
    begun(gate, people, now)
    with pytest.raises(DBAPIError, match="append_only"), store.engine.begin() as connection:
        connection.execute(text(change))
