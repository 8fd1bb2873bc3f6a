"""Filing otherwise: with a reason, every filing before stays, and what was in the wrong record is in it no more."""

from datetime import datetime, timedelta

import pytest

from tests.actions.documents.test_upload_document import PDF, put_in
from tests.factories.small_practice import FERN, MOSS, People, every_row
from workbench.actions.documents._audience import OfficeOnly
from workbench.actions.documents.refile_document import DocumentRefiled, NoSuchFile, refile_document
from workbench.documents.filing import AlreadyFiled, FilingUnclear, TakenOut
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.errors import NotFound
from workbench.screens.patient_documents import document_file, patient_documents
from workbench.store.engine import Store

LATER = timedelta(hours=1)


def refiled(
    gate: Gate, who: Actor, document_id: str, now: datetime, *, title: str = "Report", audience: str = "clinical",
    reason: str = "Clearer so", into: int = 0, is_out: bool = False,
) -> DocumentRefiled:  # fmt: skip
    return refile_document(
        gate, who, document_id, now=now, title=title, category="records", audience=audience, reason=reason, into=into,
        is_out=is_out,
    )  # fmt: skip


def test_how_it_was_filed_before_stays_readable(gate: Gate, people: People, now: datetime) -> None:
    done = put_in(gate, people.ada, now)
    assert (
        refiled(gate, people.ada, done.document_id, now + LATER, title="Report of March").document_id
        == done.document_id
    )
    (line,) = patient_documents(gate, people.ada, FERN, now=now + LATER).in_record
    assert (line.held.title, line.held.reason) == ("Report of March", "Clearer so")
    assert [one.title for one in line.before] == ["Report of the clinic"]


def test_what_was_in_the_wrong_record_goes_into_the_right_one(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    done = put_in(gate, people.ada, now)
    moved = refiled(gate, people.ada, done.document_id, now + LATER, into=1002, reason="Was about somebody else")
    assert moved.document_id != done.document_id
    assert document_file(gate, people.ada, moved.document_id, now=now + LATER).content == PDF
    with pytest.raises(NotFound):
        document_file(gate, people.ada, done.document_id, now=now + LATER)
    left = patient_documents(gate, people.ada, FERN, now=now + LATER)
    assert (left.in_record, [one.is_in_another for one in left.taken_out]) == ((), [True])
    (there,) = patient_documents(gate, people.ada, MOSS, now=now + LATER).in_record
    assert there.document_id == moved.document_id
    store.vault.destroy_key(FERN)  # the other record does not lean on the wrong one's key
    assert document_file(gate, people.ada, moved.document_id, now=now + LATER).content == PDF


def test_what_was_taken_out_can_be_put_in_again(gate: Gate, people: People, now: datetime) -> None:
    done = put_in(gate, people.ada, now)
    assert refiled(gate, people.ada, done.document_id, now, is_out=True).is_out
    with pytest.raises(TakenOut):
        refiled(gate, people.ada, done.document_id, now)
    assert put_in(gate, people.ada, now + LATER).document_id == done.document_id
    assert document_file(gate, people.ada, done.document_id, now=now + LATER).content == PDF


def test_without_a_reason_or_into_no_file_of_ones_own_nothing_changes(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    done, other = put_in(gate, people.ada, now), put_in(gate, people.ada, now, patient_id=MOSS)
    before = every_row(store)
    with pytest.raises(FilingUnclear) as unclear:
        refiled(gate, people.ada, done.document_id, now, reason=" ")
    assert list(unclear.value.fields) == ["reason"]
    with pytest.raises(NoSuchFile):
        refiled(gate, people.ada, done.document_id, now, into=99)
    with pytest.raises(AlreadyFiled):
        refiled(gate, people.ada, other.document_id, now, into=1001)
    assert every_row(store) == before


def test_the_office_neither_touches_nor_makes_what_is_for_the_chart(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    clinical = put_in(gate, people.ada, now)
    card = put_in(gate, people.desk, now, content=b"%PDF-card", audience="office")
    before = every_row(store)
    with pytest.raises(NotFound):
        refiled(gate, people.desk, clinical.document_id, now, audience="office")
    with pytest.raises(OfficeOnly):
        refiled(gate, people.desk, card.document_id, now, audience="clinical")
    with pytest.raises(NotFound):
        refiled(gate, people.ben, card.document_id, now)
    assert every_row(store) == before
    refiled(gate, people.desk, card.document_id, now, audience="office", title="Card, front")


def test_what_it_was_called_for_the_chart_is_not_told_to_the_office(gate: Gate, people: People, now: datetime) -> None:
    done = put_in(gate, people.ada, now, title="Report of the crisis")
    refiled(gate, people.ada, done.document_id, now, title="Letter", audience="office")
    (line,) = patient_documents(gate, people.desk, FERN, now=now).in_record
    assert (line.held.title, line.before) == ("Letter", ())
