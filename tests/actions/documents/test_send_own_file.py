"""Sending a picture of one's card: told by its bytes, filed for the office, only into one's own record."""

from datetime import datetime

import pytest

from tests.factories.portal import in_care
from tests.factories.small_practice import FERN, MOSS, People
from workbench.actions.documents.send_own_file import send_own_file
from workbench.documents.filing import AlreadyFiled, FilingUnclear
from workbench.documents.kinds_of_file import NotAFileWeKeep
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.patient_documents import patient_documents

PICTURE = b"\x89PNG\r\n\x1a\n and the rest of a card"


def test_a_card_is_filed_for_the_office_once(gate: Gate, people: People, now: datetime) -> None:
    send_own_file(gate, in_care(), FERN, now=now, content=PICTURE, what="insurance_front")
    (line,) = patient_documents(gate, people.desk, FERN, now=now).in_record
    assert (line.held.title, line.held.audience) == ("Insurance card, front", "office")
    with pytest.raises(AlreadyFiled):
        send_own_file(gate, in_care(), FERN, now=now, content=PICTURE, what="insurance_front")


def test_what_is_no_picture_and_what_is_anothers_is_refused(gate: Gate, people: People, now: datetime) -> None:
    for content in (b"plain words", b"<html><script>1</script>", b""):
        with pytest.raises(NotAFileWeKeep):
            send_own_file(gate, in_care(), FERN, now=now, content=content, what="insurance_front")
    with pytest.raises(FilingUnclear):
        send_own_file(gate, in_care(), FERN, now=now, content=PICTURE, what="diary")
    for who in (in_care(MOSS), people.desk, people.ada):
        with pytest.raises(NotFound):
            send_own_file(gate, who, FERN, now=now, content=PICTURE, what="insurance_front")
