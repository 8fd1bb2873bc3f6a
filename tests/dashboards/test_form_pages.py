"""The pages of forms: taking one in, publishing, beginning it in a file, filling it in and signing."""

import json
from datetime import datetime
from typing import Any

import pytest

from dashboards.form_desk import add_forms
from dashboards.pages.form_response import FormResponsePage
from dashboards.pages.forms import FormsPage
from dashboards.pages.patient import PatientPage
from dashboards.parts.message import FieldProblem, Message, UploadedFile
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Deliver, Done, Redraw, Refused, Reply
from tests.actions.forms.having import DOCUMENT, published
from tests.dashboards import pages
from tests.dashboards.pages import send
from tests.factories.small_practice import FERN, open_practice, people
from tests.forms.building import asked
from tests.forms.test_packs import PUBLIC, packed
from workbench.forms.packs import PackRefused
from workbench.gate.action import Gate
from workbench.kernel.errors import WorkbenchError

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture(autouse=True)
def practice(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)


def upload(page: FormsPage, document: object, **values: str) -> Reply:
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    files = {"file": (UploadedFile("form.json", "application/json", content),)}
    return page.do_take_in(Message("take_in", {name: (value,) for name, value in values.items()}, files=files))


def forms_page(gate: Gate, now: datetime) -> FormsPage:
    page = pages.opened(gate, people().manager, now, "/forms", add_forms)
    assert isinstance(page, FormsPage)
    return page


def draft_page(gate: Gate, now: datetime) -> FormResponsePage:
    """A draft begun from Fern's file."""
    published(gate, people(), now)
    file: Page = pages.opened(gate, people().ada, now, f"/patients/{FERN}?tab=forms")
    assert isinstance(file, PatientPage)
    asks = send(file, "ask_form")
    assert isinstance(asks, Ask)
    assert "Sleep 1.0.0" in asks.html
    with pytest.raises(FieldProblem):
        send(file, "start_form", version_id="")
    done = send(file, "start_form", version_id=file.filled.choices[0].version_id)
    assert isinstance(done, Done)
    assert done.go is not None
    page = pages.opened(gate, people().ada, now, done.go, add_forms)
    assert isinstance(page, FormResponsePage)
    return page


def test_a_form_is_taken_in_looked_at_published_and_followed_by_a_next_version(gate: Gate, now: datetime) -> None:
    page = forms_page(gate, now)
    assert "No forms yet" in page.render()
    assert isinstance(send(page, "new"), Ask)
    with pytest.raises(FieldProblem, match="Choose a file"):
        send(page, "take_in")
    with pytest.raises(FieldProblem, match="this is not JSON"):
        upload(page, b"hello")
    done = upload(page, DOCUMENT)
    assert isinstance(done, Done)
    assert done.stays is not None
    assert "Question sleeps" in done.stays().html
    page.load()
    (form,) = page.shown
    assert isinstance(send(page, "ask_publish", id=form.newest.version_id), Ask)
    assert send(page, "publish", id=form.newest.version_id) == Done("In use from now on")
    again = send(page, "publish", id=form.newest.version_id)
    assert isinstance(again, Done)
    assert again.tone == "warn"
    changed: dict[str, Any] = {
        **DOCUMENT,
        "item": [asked("sleeps", "boolean", text="Do you sleep?"), *DOCUMENT["item"][1:]],
    }
    upload(page, changed, id=form.template_id)
    page.load()
    look = send(page, "look", id=page.shown[0].newest.version_id)
    assert isinstance(look, Ask)
    assert "<del>Question sleeps</del>" in look.html
    assert "<ins>Do you sleep?</ins>" in look.html
    assert isinstance(send(page, "retire", id=page.shown[0].newest.version_id), Done)


def test_a_form_is_begun_in_a_file_saved_while_typing_and_signed(gate: Gate, now: datetime) -> None:
    page = draft_page(gate, now)
    assert "Question since" not in page.render()
    assert isinstance(send(page, "save", version="1", q0="false", q5_0="none"), Redraw)
    assert "Question since" in page.render()
    refused = send(page, "ask_sign", version="2", q0="false", q1="", q5_0="none")
    assert isinstance(refused, Refused)
    assert set(refused.fields) == {"q1"}
    asks = send(page, "ask_sign", version="2", q0="false", q1="2026-03-01", q5_0="none")
    assert isinstance(asks, Ask)
    done = send(page, "sign", version="3")
    assert isinstance(done, Done)
    assert done.toast.startswith("Signed as ")
    page.load()
    drawn = page.render()
    assert "Unchanged since it was signed" in drawn
    assert "<input" not in drawn
    file = pages.opened(gate, people().ada, now, f"/patients/{FERN}?tab=forms")
    assert "Sleep" in file.render()


def test_what_is_no_answer_is_marked_and_the_rest_is_saved(gate: Gate, now: datetime) -> None:
    page = draft_page(gate, now)
    refused = send(page, "save", version="1", q0="true", q3="many")
    assert isinstance(refused, Refused)
    assert set(refused.fields) == {"q3"}
    # The browser still names the version before: it was accepted from this page, so the next save goes on from there.
    assert isinstance(send(page, "save", version="1", q0="true", q3="6"), Redraw)


def test_another_window_is_told_and_not_overwritten(gate: Gate, now: datetime) -> None:
    page = draft_page(gate, now)
    assert page.shown is not None
    other = pages.opened(gate, people().ada, now, f"/filled/{page.shown.response_id}", add_forms)
    send(other, "save", version="1", q3="6")
    with pytest.raises(WorkbenchError, match="another window"):
        send(page, "save", version="1", q3="7")
    late = send(page, "sign", version="1")
    assert isinstance(late, Done)
    assert late.tone == "warn"


def test_a_draft_of_an_earlier_version_is_told_and_taken_over(gate: Gate, now: datetime) -> None:
    page = draft_page(gate, now)
    send(page, "save", version="1", q0="true", q3="7")
    later = {**DOCUMENT, "item": [item for item in DOCUMENT["item"] if item["linkId"] != "hours"]}
    published(gate, people(), now, later, template_id=forms_page(gate, now).shown[0].template_id)
    page.load()
    assert "Go on with 2.0.0" in page.render()
    done = send(page, "renew")
    assert isinstance(done, Done)
    assert done.toast == "It is version 2.0.0 now; 1 answer without a place above it"
    page.load()
    drawn = page.render()
    assert "Answers without a place" in drawn
    assert "Question hours" in drawn
    again = send(page, "renew")
    assert isinstance(again, Done)
    assert again.tone == "warn"


def test_a_pack_is_looked_at_and_taken_from_whom_the_practice_trusts(gate: Gate, now: datetime) -> None:
    page = pages.opened(gate, people().manager, now, "/forms", add_forms)
    assert isinstance(page, FormsPage)

    def rehearse() -> Reply:
        files = {"file": (UploadedFile("a.json", "application/json", packed()),)}
        return page.do_rehearse(Message("rehearse", {}, files=files))

    empty = send(page, "packs")
    assert isinstance(empty, Ask)
    assert "Nobody is trusted yet" in empty.html
    with pytest.raises(PackRefused, match="does not trust"):
        rehearse()
    with pytest.raises(FieldProblem, match="Choose a file"):
        send(page, "rehearse")
    assert isinstance(send(page, "ask_trust"), Ask)
    trusted = send(page, "trust", name="Elm Clinic", key=PUBLIC)
    assert isinstance(trusted, Done)
    assert trusted.stays is not None
    assert "Elm Clinic" in trusted.stays().html
    asks = rehearse()
    assert isinstance(asks, Ask)
    assert asks.html.count("New") == 2
    stale = send(page, "take_pack", looked_at="another")
    assert isinstance(stale, Ask)
    looked_at = asks.html.split('data-arg-looked-at="')[1].split('"')[0]
    assert send(page, "take_pack", looked_at=looked_at) == Done("2 drafts to read and publish")
    page.load()
    assert "Food" in page.render()
    publisher_id = html_of(send(page, "packs")).split('data-key="publisher-')[1].split('"')[0]
    assert isinstance(send(page, "ask_distrust", id=publisher_id), Ask)
    assert isinstance(send(page, "distrust", id=publisher_id), Done)
    ended = send(page, "distrust", id=publisher_id)
    assert isinstance(ended, Done)
    assert ended.tone == "warn"
    nothing = send(page, "own_pack")
    assert isinstance(nothing, Done)
    assert "no form with an address" in nothing.toast
    publish = next(one.newest.version_id for one in page.shown if one.title == "Food")
    send(page, "publish", id=publish)
    assert isinstance(send(page, "own_pack"), Deliver)


def html_of(reply: Reply) -> str:
    """What a dialog shows."""
    assert isinstance(reply, Ask)
    return reply.html
