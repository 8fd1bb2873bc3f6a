"""Ending the trust in a publisher: their packs are refused, what was taken stays, and they may be trusted anew."""

from datetime import datetime

import pytest

from tests.factories.small_practice import People, events
from tests.forms.test_packs import PUBLIC, packed
from workbench.actions.forms.end_publisher import TrustedNoMore, end_publisher
from workbench.actions.forms.take_pack import take_pack
from workbench.actions.forms.trust_publisher import trust_publisher
from workbench.forms.packs import PackRefused
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.form_packs import form_publishers, rehearse_pack
from workbench.screens.forms import forms
from workbench.store.engine import Store


def test_their_packs_are_refused_and_what_was_taken_stays(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    publisher_id = trust_publisher(gate, people.manager, now=now, name="Elm", key=PUBLIC).publisher_id
    looked_at = rehearse_pack(gate, people.manager, now=now, content=packed()).looked_at
    take_pack(gate, people.manager, now=now, content=packed(), looked_at=looked_at)
    end_publisher(gate, people.manager, publisher_id, now=now)
    assert ("form.publisher_ended", "done") in events(store)
    with pytest.raises(PackRefused, match="does not trust"):
        rehearse_pack(gate, people.manager, now=now, content=packed())
    assert len(forms(gate, people.manager, now=now)) == 2
    with pytest.raises(TrustedNoMore):
        end_publisher(gate, people.manager, publisher_id, now=now)
    trust_publisher(gate, people.manager, now=now, name="Elm", key=PUBLIC)
    assert [one.ended_at is None for one in form_publishers(gate, people.manager, now=now)] == [True, False]


def test_others_end_nothing(gate: Gate, people: People, now: datetime) -> None:
    publisher_id = trust_publisher(gate, people.manager, now=now, name="Elm", key=PUBLIC).publisher_id
    for who in (people.ada, people.desk, people.biller, people.it, people.compliance):
        with pytest.raises(NotFound):
            end_publisher(gate, who, publisher_id, now=now)
