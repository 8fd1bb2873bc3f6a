"""A statement of disagreement, and its rebuttal, travel with the record from then on: on paper and in packets."""

from datetime import datetime

import pytest

from tests.actions.releases.test_take_amendment import FERN_HERSELF, taken
from tests.factories.every_read import printed
from tests.factories.releases import approved, asked, packet, signed_note
from tests.factories.small_practice import People
from workbench.actions.releases.answer_amendment import answer_amendment
from workbench.actions.releases.disagree_amendment import disagree_amendment
from workbench.actions.releases.rebut_amendment import rebut_amendment
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.releases.amendments import StepNotNow
from workbench.screens.note_paper import note_paper

pytestmark = pytest.mark.engines("sqlcipher")


def test_it_travels_with_the_record(gate: Gate, people: People, now: datetime) -> None:
    note_id = signed_note(gate, people, now, 1, "W")
    request_id = taken(gate, people.desk, now, note_id).request_id
    with pytest.raises(StepNotNow):
        disagree_amendment(gate, FERN_HERSELF, request_id, now=now, words="Zqxwvdisagree")
    answer_amendment(gate, people.ada, request_id, now=now, is_accepted=False, ground="accurate", words="It is right")
    with pytest.raises(NotFound):
        disagree_amendment(gate, people.biller, request_id, now=now, words="W")
    disagree_amendment(gate, FERN_HERSELF, request_id, now=now, words="Zqxwvdisagree")
    with pytest.raises(StepNotNow):
        disagree_amendment(gate, people.desk, request_id, now=now, words="Again")
    rebut_amendment(gate, people.ada, request_id, now=now, words="Zqxwvrebut")
    wish = asked(gate, people.desk, now)
    approved(gate, people, now, wish.request_id)
    for paper in (printed(note_paper(gate, people.ada, note_id, now=now)),
                  packet(gate, people.compliance, now, wish.request_id)[0]):  # fmt: skip
        assert all(word in paper for word in ("Zqxwvwrong", "Zqxwvdisagree", "Zqxwvrebut", "It is right", "Fern"))
