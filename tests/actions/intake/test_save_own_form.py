"""Saving what one answers oneself: page by page, on whatever device, and nothing overwritten."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from tests.factories.intake import assigned, begun
from tests.factories.portal import in_care
from tests.factories.small_practice import MOSS, People
from workbench.actions.intake.save_own_form import save_own_form
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound, StalePage
from workbench.intake.tables import OwnRevision
from workbench.screens.own_forms import OwnFormPage, own_form
from workbench.store.engine import Store


def field(shown: OwnFormPage, link_id: str) -> str:
    place = next(place for place in shown.filled.found.places if place[-1].link_id == link_id)
    return shown.filled.layout.field(place)


def test_each_page_keeps_what_the_others_say_and_a_stale_page_overwrites_nothing(
    gate: Gate, store: Store, now: datetime
) -> None:
    response = begun(gate, now, assigned(gate, now), 0)
    shown = own_form(gate, in_care(), response, now=now)
    before = {field(shown, "before_any"): ("false",), field(shown, "medicines"): ("None",),
              field(shown, "conditions"): ("1",)}  # fmt: skip
    first = save_own_form(gate, in_care(), response, now=now, version=shown.version, page=3, values=before)
    later = now + timedelta(days=2)
    words = {field(shown, "reach"): ("not a canary 0199",)}
    second = save_own_form(gate, in_care(), response, now=later, version=first.version, page=0, values=words)
    assert second.saved_at == later
    with pytest.raises(StalePage):
        save_own_form(gate, in_care(), response, now=later, version=first.version, page=0, values=words)
    again = own_form(gate, in_care(), response, now=later)
    told = {place[-1].link_id for place in again.filled.answers}
    assert {"conditions", "medicines", "reach"} <= told
    save_own_form(gate, in_care(), response, now=later, version=second.version, page=0, values=words)
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(OwnRevision)) == 3
        sealed = session.scalars(select(OwnRevision.sealed)).all()
    assert not any(b"canary" in bytes(one) for one in sealed)


def test_what_is_no_answer_is_told_and_strangers_save_nothing(gate: Gate, people: People, now: datetime) -> None:
    response = begun(gate, now, assigned(gate, now), 0)
    shown = own_form(gate, in_care(), response, now=now)
    values = {field(shown, "may_leave"): ("7",)}
    saved = save_own_form(gate, in_care(), response, now=now, version=shown.version, page=0, values=values)
    assert saved.problems == {field(shown, "may_leave"): "Choose one of the answers."}
    for who in (in_care(MOSS), people.ada, people.desk):
        with pytest.raises(NotFound):
            save_own_form(gate, who, response, now=now, version=saved.version, page=0, values=values)
