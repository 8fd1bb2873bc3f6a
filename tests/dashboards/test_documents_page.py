"""The page of the files in one record: put in, looked at, saved, filed otherwise, taken out."""

from datetime import datetime

import pytest

from dashboards.document_desk import add_documents
from dashboards.pages.documents import DocumentsPage
from dashboards.parts.message import FieldProblem, Message, UploadedFile
from dashboards.parts.replies import Ask, Deliver, Done
from tests.dashboards import pages
from tests.dashboards.pages import send
from tests.factories.small_practice import FERN, MOSS, events, open_practice, people
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.errors import NotFound

pytestmark = pytest.mark.engines("sqlcipher")
PNG = b"\x89PNG\r\n\x1a\n and so on"


@pytest.fixture(autouse=True)
def practice(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)


def page_of(gate: Gate, now: datetime, who: Actor | None = None, patient_id: str = FERN) -> DocumentsPage:
    page = pages.opened(gate, who or people().ada, now, f"/documents/{patient_id}", add_documents)
    assert isinstance(page, DocumentsPage)
    return page


def put_in(page: DocumentsPage, content: bytes, **values: str) -> None:
    told = {"title": "Card", "category": "identification", "audience": "office", **values}
    many = {name: (value,) for name, value in told.items()}
    files = {"file": (UploadedFile("../../x.exe", "text/html", content),)}
    done = page.handle(Message("upload", many, "key-upload-" + str(len(content)), files=files))
    assert isinstance(done, Done)
    page.load()


def test_a_file_is_put_in_looked_at_and_saved(gate: Gate, now: datetime) -> None:
    page = page_of(gate, now)
    assert "No documents yet" in page.render()
    assert isinstance(send(page, "ask_upload"), Ask)
    with pytest.raises(FieldProblem):
        send(page, "upload", title="Card", category="identification", audience="office")
    put_in(page, PNG)
    drawn = page.render()
    assert "Card" in drawn
    assert "x.exe" not in drawn
    (line,) = page.found.in_record
    asks = send(page, "open", row=line.document_id)
    assert isinstance(asks, Ask)
    assert "data:image/png;base64," in asks.html
    saved = send(page, "save", row=line.document_id)
    assert isinstance(saved, Deliver)
    assert (saved.content, saved.media_type, saved.filename[-4:]) == (PNG, "image/png", ".png")


def test_words_are_shown_as_words_and_what_could_run_is_not_shown(gate: Gate, now: datetime) -> None:
    page = page_of(gate, now)
    put_in(page, b"Dear all, <script>alert(1)</script>" + b"x" * 30_000, title="Letter")
    put_in(page, b"%PDF-1.7 /JavaScript", title="Form")
    of = {one.held.title: one.document_id for one in page.found.in_record}
    letter, form = send(page, "open", row=of["Letter"]), send(page, "open", row=of["Form"])
    assert isinstance(letter, Ask)
    assert isinstance(form, Ask)
    assert "&lt;script&gt;" in letter.html
    assert "The beginning of it" in letter.html
    assert "Save it to read it" in form.html
    assert "JavaScript" not in form.html
    assert [event for event, _ in events(gate.store)].count(
        "document.opened"
    ) == 1  # the letter, of which words were shown


def test_it_is_filed_otherwise_into_another_file_and_out(gate: Gate, now: datetime) -> None:
    page = page_of(gate, now)
    put_in(page, PNG)
    row = page.found.in_record[0].document_id
    assert isinstance(send(page, "ask_refile", row=row), Ask)
    values = {"row": row, "title": "Card, front", "category": "identification", "audience": "office", "reason": "Why"}
    with pytest.raises(FieldProblem):
        send(page, "refile", **values, how="here", into="second")
    assert send(page, "refile", **values, how="here", into="") == Done("Filed otherwise")
    page.load()
    asks = send(page, "open", row=row)
    assert isinstance(asks, Ask)
    assert "How it was filed before" in asks.html
    assert send(page, "refile", **values, how="here", into="1002") == Done("It is in the other file now")
    page.load()
    assert "Taken out" in page.render()
    gone = send(page, "open", row=row)
    assert isinstance(gone, Ask)
    assert "In another file now" in gone.html
    other = page_of(gate, now, patient_id=MOSS)
    there = other.found.in_record[0].document_id
    assert send(other, "refile", **{**values, "row": there}, how="out", into="") == Done("Taken out of the record")
    with pytest.raises(NotFound):
        send(other, "save", row=there)
    with pytest.raises(NotFound):
        send(other, "open", row="pdo_none")


def test_the_office_is_offered_what_it_may_file_and_others_have_no_page(gate: Gate, now: datetime) -> None:
    put_in(page_of(gate, now), b"%PDF-1 clinical", audience="clinical", title="Report")
    page = page_of(gate, now, people().desk)
    assert "Report" not in page.render()
    asks = send(page, "ask_upload")
    assert isinstance(asks, Ask)
    assert "Those who read the chart" not in asks.html
    assert "/documents/" in pages.opened(gate, people().desk, now, f"/patients/{FERN}").render()
    desk = pages.desk(gate, people().it, lambda: now, add_documents)
    assert not [path for path in desk.routes if "documents" in str(path)]
