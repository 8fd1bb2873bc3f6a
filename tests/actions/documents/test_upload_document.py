"""Putting a file in: known by its bytes, kept once, sealed with the client's key, opened by whom it is for."""

from datetime import datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.factories.small_practice import FERN, MOSS, People, events, every_row
from workbench.actions.documents._audience import OfficeOnly
from workbench.actions.documents.upload_document import DocumentUploaded, upload_document
from workbench.documents.filing import AlreadyFiled, FilingUnclear
from workbench.documents.filing_tables import PatientDocument
from workbench.documents.kinds_of_file import NotAFileWeKeep
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.errors import NotAllowed, NotFound
from workbench.screens.patient_documents import document_file, patient_documents
from workbench.store.engine import Store
from workbench.store.vault import KeyDestroyed

PDF = b"%PDF-1.7 a report"


def put_in(
    gate: Gate, who: Actor, now: datetime, *, content: bytes = PDF, audience: str = "clinical",
    category: str = "records", title: str = "Report of the clinic", patient_id: str = FERN, key: str | None = None,
) -> DocumentUploaded:  # fmt: skip
    return upload_document(
        gate, who, patient_id, now=now, content=content, title=title, category=category, audience=audience,
        idempotency_key=key,
    )  # fmt: skip


def test_a_file_is_in_the_record_and_given_out_byte_for_byte(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    done = put_in(gate, people.ada, now)
    found = patient_documents(gate, people.ada, FERN, now=now)
    assert [(one.held.title, one.held.category, one.kind.ending) for one in found.in_record] == [
        ("Report of the clinic", "Records from elsewhere", "pdf")
    ]
    file = document_file(gate, people.ada, done.document_id, now=now)
    assert file.content == PDF
    assert file.name.endswith(".pdf")
    assert "Report" not in file.name
    assert events(store) == [("document.uploaded", "done"), ("documents.seen", "shown"), ("document.opened", "shown")]


def test_the_same_bytes_are_kept_once_in_a_record_and_may_be_in_two(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    put_in(gate, people.ada, now, key="once-0001")
    before = every_row(store)
    assert put_in(gate, people.ada, now, key="once-0001").media_type == "application/pdf"
    with pytest.raises(AlreadyFiled):
        put_in(gate, people.ada, now, title="Again")
    assert every_row(store) == before
    put_in(gate, people.ada, now, patient_id=MOSS)


def test_what_is_missing_or_no_file_is_told_by_field_and_keeps_nothing(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    before = every_row(store)
    with pytest.raises(FilingUnclear) as unclear:
        put_in(gate, people.ada, now, title=" ", category="secret", audience="all")
    assert set(unclear.value.fields) == {"title", "category", "audience"}
    with pytest.raises(NotAFileWeKeep):
        put_in(gate, people.ada, now, content=b"MZ\x90\x00")
    assert every_row(store) == before


def test_the_office_files_and_opens_what_is_for_it_and_does_not_see_the_rest(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    clinical = put_in(gate, people.ada, now)
    card = put_in(gate, people.desk, now, content=b"\xff\xd8\xff card", audience="office", category="identification")
    with pytest.raises(OfficeOnly):
        put_in(gate, people.desk, now, content=b"%PDF-2", audience="clinical")
    for who in (people.desk, people.biller, people.manager):
        assert [one.document_id for one in patient_documents(gate, who, FERN, now=now).in_record] == [card.document_id]
        assert document_file(gate, who, card.document_id, now=now).content == b"\xff\xd8\xff card"
        before = every_row(store)
        with pytest.raises(NotFound):
            document_file(gate, who, clinical.document_id, now=now)
        assert every_row(store) == before
    both = {one.document_id for one in patient_documents(gate, people.supervisor, FERN, now=now).in_record}
    assert both == {clinical.document_id, card.document_id}


@pytest.mark.parametrize("who", ["ben", "it", "compliance"])
def test_others_have_nothing_to_do_with_it(gate: Gate, store: Store, people: People, now: datetime, who: str) -> None:
    done = put_in(gate, people.ada, now)
    before = every_row(store)
    for attempt in (
        lambda: put_in(gate, getattr(people, who), now, content=b"%PDF-2"),
        lambda: document_file(gate, getattr(people, who), done.document_id, now=now),
        lambda: patient_documents(gate, getattr(people, who), FERN, now=now),
    ):
        with pytest.raises((NotFound, NotAllowed)):
            attempt()
    assert every_row(store) == before


def test_the_bytes_open_with_this_clients_key_alone(gate: Gate, store: Store, people: People, now: datetime) -> None:
    done = put_in(gate, people.ada, now)
    store.vault.destroy_key(FERN)
    with store.reading() as session, pytest.raises(KeyDestroyed):
        session.get_one(PatientDocument, done.document_id).content  # noqa: B018 - opening is the point


@pytest.mark.parametrize("table", ["patient_documents", "document_filings"])
@pytest.mark.parametrize("change", ["UPDATE {} SET patient_id = 'pat_moss'", "DELETE FROM {}"])
def test_the_store_keeps_every_byte_and_every_filing(
    gate: Gate, store: Store, people: People, now: datetime, table: str, change: str
) -> None:
    put_in(gate, people.ada, now)
    before = every_row(store)
    with store.engine.connect() as connection, pytest.raises(DBAPIError, match=f"{table}_append_only"):
        connection.execute(text(change.format(table)))
        connection.commit()
    assert every_row(store) == before
    with store.reading() as session:
        assert len(session.scalars(select(PatientDocument)).all()) == 1
