"""Saying that one does not sign: with a reason, kept for ever, and the thing counts as done."""

from datetime import datetime

import pytest

from tests.factories.intake import assigned, begun
from tests.factories.portal import in_care
from tests.factories.small_practice import FERN, MOSS, People
from workbench.actions.intake.refuse_own_form import refuse_own_form
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.intake.signing import OwnLocked, SignatureUnclear
from workbench.screens.own_forms import own_forms
from workbench.screens.own_paper import intake_paper
from workbench.screens.patient_intake import intake_answers


def test_a_refusal_needs_a_reason_and_is_read_by_who_treats_them(gate: Gate, people: People, now: datetime) -> None:
    response = begun(gate, now, assigned(gate, now), 3)
    with pytest.raises(SignatureUnclear):
        refuse_own_form(gate, in_care(), response, now=now, reason=" ", language="en", network="192.0.2.7")
    with pytest.raises(NotFound):
        refuse_own_form(gate, in_care(MOSS), response, now=now, reason="No", language="en", network="192.0.2.7")
    refuse_own_form(gate, in_care(), response, now=now, reason="I come in person.", language="en", network="192.0.2.7")
    (packet,) = own_forms(gate, in_care(), FERN, now=now)
    assert packet.items[3].state == "refused"
    told = intake_answers(gate, people.ada, response, now=now)
    assert told.signature is not None
    assert (told.signature.reason, told.signature.statement, told.is_unchanged) == ("I come in person.", "", True)
    assert intake_paper(gate, people.ada, response, now=now).content.startswith(b"%PDF")
    with pytest.raises(OwnLocked):
        refuse_own_form(gate, in_care(), response, now=now, reason="Again", language="en", network="192.0.2.7")
