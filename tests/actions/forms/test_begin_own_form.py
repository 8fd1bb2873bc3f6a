"""Beginning to fill in a thing of one's packet: once, from the record's own words, and only one's own."""

from datetime import datetime

import pytest
from sqlalchemy import func, select

from tests.factories.intake import assigned, begun
from tests.factories.portal import in_care
from tests.factories.proxies import child, in_force, proxy_of
from tests.factories.small_practice import FERN, MOSS, People
from workbench.actions.forms.begin_own_form import begin_own_form
from workbench.actions.intake.withdraw_packet import withdraw_packet
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.intake.signing import PacketWithdrawn
from workbench.intake.tables import OwnResponse
from workbench.screens.own_forms import own_form, own_forms
from workbench.store.engine import Store


def test_it_begins_with_the_record_and_however_often_it_is_begun_there_is_one(
    gate: Gate, store: Store, now: datetime
) -> None:
    assignment = assigned(gate, now)
    first = begun(gate, now, assignment, 0)
    assert begun(gate, now, assignment, 0) == first
    shown = own_form(gate, in_care(), first, now=now)
    told = {place[-1].link_id: answers for place, answers in shown.filled.answers.items()}
    assert told["reach"] == ("5550100123",)
    assert told["pronouns"] == ("they/them",)
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(OwnResponse)) == 1


def test_nobody_begins_anothers_and_nothing_that_is_not_there(gate: Gate, people: People, now: datetime) -> None:
    assignment = assigned(gate, now)
    for who in (in_care(MOSS), people.desk, people.ada):
        with pytest.raises(NotFound):
            begin_own_form(gate, who, assignment, now=now, place=0)
    for place in (-1, 4):
        with pytest.raises(NotFound):
            begin_own_form(gate, in_care(), assignment, now=now, place=place)
    withdraw_packet(gate, people.desk, assignment, now=now)
    with pytest.raises(PacketWithdrawn):
        begin_own_form(gate, in_care(), assignment, now=now, place=0)
    assert own_forms(gate, in_care(), FERN, now=now) == ()


def test_what_one_begins_another_who_stands_in_neither_reads_nor_goes_on_with(gate: Gate, now: datetime) -> None:
    patient = child(gate, now)
    parent = proxy_of(gate, in_force(gate, now, patient))
    assignment = assigned(gate, now, patient)
    theirs = begun(gate, now, assignment, 0, in_care(patient))
    (packet,) = own_forms(gate, parent, patient, now=now)
    assert (packet.items[0].state, packet.items[0].is_mine, packet.items[0].response_id) == ("draft", False, "")
    with pytest.raises(NotFound):
        own_form(gate, parent, theirs, now=now)
    with pytest.raises(NotFound):
        begin_own_form(gate, parent, assignment, now=now, place=0)
    assert begun(gate, now, assignment, 1, parent)
