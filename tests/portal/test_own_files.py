"""A card or an identity document from a phone: large enough, looked at, kept for the office, by who is signed in."""

import dataclasses
from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import select

from tests.factories.small_practice import FERN, MOSS, events, every_row
from tests.portal.site import ScannedEdge, form_of, sent_with
from tests.web.edge import Clock, run
from workbench.documents.filing_tables import PatientDocument
from workbench.gate.action import Gate
from workbench.kernel.settings import Settings

pytestmark = pytest.mark.engines("sqlcipher")
CARDS = "/portal/cards"
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 400_000


@pytest.fixture
def edge(gate: Gate, settings: Settings, now: datetime) -> Iterator[ScannedEdge]:
    running = ScannedEdge(gate, dataclasses.replace(settings, port=0), Clock(now))
    stop = run(running)
    yield running
    stop()


def test_a_picture_larger_than_strangers_send_is_kept_once_for_the_office(edge: ScannedEdge, gate: Gate) -> None:
    client = edge.browser_of(FERN)
    form = {**form_of(client, CARDS), "what": "insurance_front"}
    for _ in range(2):
        assert sent_with(client, CARDS, form, PNG).header("Location") == f"{CARDS}?done=cards.sent"
    with gate.store.reading() as session:
        assert [(one.patient_id, one.media_type) for one in session.scalars(select(PatientDocument))] == [
            (FERN, "image/png")
        ]


@pytest.mark.parametrize(
    ("content", "what", "status"),
    [(b"", "insurance_front", 400), (PNG, "something", 409), (b"GIF but no picture \x00", "insurance_back", 409),
     (b"\x89PNG\r\n\x1a\nEVIL", "identity_front", 409)],
)  # fmt: skip
def test_what_is_no_card_changes_nothing(edge: ScannedEdge, gate: Gate, content: bytes, what: str, status: int) -> None:
    client = edge.browser_of(FERN)
    form = {**form_of(client, CARDS), "what": what}
    edge.settle()
    before = every_row(gate.store)
    assert sent_with(client, CARDS, form, content).status == status
    edge.settle()
    assert every_row(gate.store)["patient_documents"] == before["patient_documents"]
    assert (("file.refused", "refused") in events(gate.store)) == (b"EVIL" in content)


def test_nobody_sends_for_another_without_the_form_or_unknown(edge: ScannedEdge, gate: Gate) -> None:
    client = edge.browser_of(FERN)
    form = {**form_of(client, CARDS), "what": "insurance_front"}
    assert sent_with(client, CARDS, {**form, "whom": MOSS}, PNG).status == 404
    assert sent_with(client, CARDS, {**form, "_xsrf": "made up"}, PNG).status == 403
    assert sent_with(edge.client(), CARDS, form, b"small").status in (303, 403)
    with gate.store.reading() as session:
        assert session.scalars(select(PatientDocument)).all() == []
