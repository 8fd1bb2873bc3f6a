"""A person agrees to what a remittance would book, before anything is booked."""

from datetime import datetime

import pytest

from tests.factories.billed_practice import books, paid, remittance_file
from tests.factories.small_practice import events
from workbench.actions.billing.approve_remittance import approve_remittance
from workbench.actions.billing.upload_remittance import upload_remittance
from workbench.claims.rules import CannotPost
from workbench.claims.states import RemittanceState, WrongState
from workbench.claims.tables import Remittance
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.errors import NotFound, StalePage
from workbench.store.engine import Store


@pytest.fixture
def proposed(gate: Gate, practice: Store, approved: tuple[str, ...], biller: Actor, now: datetime) -> str:
    content = remittance_file(paid("C-1001"))
    return upload_remittance(gate, biller, now=now, content=content).remittance_ids[0]


def test_approval_names_the_person_and_books_nothing(
    gate: Gate, practice: Store, proposed: str, biller: Actor, now: datetime
) -> None:
    before = books(practice)

    approve_remittance(gate, biller, proposed, now=now, expected_version=1)

    with practice.reading() as session:
        row = session.get_one(Remittance, proposed)
        assert (row.state, row.approved_by, row.approved_at) == (RemittanceState.APPROVED, biller.user_id, now)
    assert books(practice) == before
    assert events(practice)[-1] == ("remittance.approved", "done")


def test_it_is_approved_once_and_never_from_a_stale_page(
    gate: Gate, proposed: str, biller: Actor, now: datetime
) -> None:
    approve_remittance(gate, biller, proposed, now=now)

    with pytest.raises(WrongState):
        approve_remittance(gate, biller, proposed, now=now)
    with pytest.raises(StalePage):
        approve_remittance(gate, biller, proposed, now=now, expected_version=1)


def test_a_contradiction_stops_the_approval(
    gate: Gate, practice: Store, approved: tuple[str, ...], biller: Actor, now: datetime
) -> None:
    content = remittance_file(paid("C-1001"), paid("C-1002", cents=1))
    (remittance_id,) = upload_remittance(gate, biller, now=now, content=content).remittance_ids

    with pytest.raises(CannotPost, match="1 claim payment contradicts"):
        approve_remittance(gate, biller, remittance_id, now=now)


def test_others_do_not_even_find_it(gate: Gate, proposed: str, clinician: Actor, manager: Actor, now: datetime) -> None:
    for somebody in (clinician, manager):
        with pytest.raises(NotFound):
            approve_remittance(gate, somebody, proposed, now=now)
