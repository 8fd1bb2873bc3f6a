"""Nobody signs for whoever left a session open: each kind of signature asks for a factor shown just now."""

from datetime import datetime, timedelta

import pytest

from tests.factories.emergency import fresh
from tests.factories.small_practice import People, events, every_row, unproven, visit
from workbench.actions.charting.amend_note import amend_note
from workbench.actions.charting.cosign_note import cosign_note
from workbench.actions.charting.sign_note import sign_note
from workbench.actions.charting.write_note import write_note
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.errors import NotFound, StepUpNeeded
from workbench.gate.permissions import Permission
from workbench.gate.policy import NEEDS_FRESH_FACTOR
from workbench.screens.cosign_queue import cosign_queue
from workbench.store.engine import Store

SIGNATURES = {
    Permission.SIGN_NOTE, Permission.SIGN_FORM, Permission.SIGN_TREATMENT_PLAN, Permission.COSIGN,
    Permission.ADD_ADDENDUM,
}  # fmt: skip


@pytest.fixture
def note_id(gate: Gate, store: Store, people: People, now: datetime) -> str:
    """What is ready to be signed."""
    session = visit(store, 1, now - timedelta(hours=1))
    saved = write_note(
        gate, people.ada, session, now=now, version=0, assessment="Better.", plan="Go on.", diagnoses=("F41.1",)
    )
    return str(saved.note_id)


def test_every_signature_is_among_what_asks_again() -> None:
    assert SIGNATURES <= NEEDS_FRESH_FACTOR


def test_a_note_is_signed_and_added_to_with_a_fresh_factor_only(
    gate: Gate, store: Store, people: People, now: datetime, note_id: str
) -> None:
    stale, proven = unproven(people.ada), fresh(people.ada, now)
    before = every_row(store)
    with pytest.raises(StepUpNeeded):
        sign_note(gate, stale, note_id, now=now)
    with pytest.raises(StepUpNeeded):
        sign_note(gate, proven, note_id, now=now + timedelta(minutes=5))
    assert every_row(store) == before
    assert events(store)[-2:] == [("action.refused", "refused")] * 2
    sign_note(gate, proven, note_id, now=now)
    with pytest.raises(StepUpNeeded):
        amend_note(gate, stale, note_id, now=now, kind="addendum", reason="More", text="More of it.")
    assert amend_note(gate, proven, note_id, now=now, kind="addendum", reason="More", text="More of it.").number == 1


def test_who_supervises_looks_at_what_waits_without_one(gate: Gate, people: People, now: datetime) -> None:
    supervisor: Actor = unproven(people.supervisor)
    assert cosign_queue(gate, supervisor, now=now) == ()


def test_who_may_not_is_not_asked(gate: Gate, people: People, now: datetime, note_id: str) -> None:
    with pytest.raises(NotFound):
        sign_note(gate, unproven(people.ben), note_id, now=now)
    with pytest.raises(NotFound):
        cosign_note(gate, unproven(people.ben), note_id, now=now, attested="reviewed")
