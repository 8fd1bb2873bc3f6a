"""A trainee's plan is in force with the second signature, and not before."""

from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.actions.charting.plans import WHOLE, written
from tests.actions.charting.trainee import ada_is_a_trainee
from tests.factories.small_practice import FERN, People, events
from workbench.actions.charting.cosign_treatment_plan import cosign_treatment_plan
from workbench.actions.charting.sign_treatment_plan import sign_treatment_plan
from workbench.actions.charting.write_treatment_plan import write_treatment_plan
from workbench.charting.cosigning import AttestationMissing, InReview, NotInReview
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.cosign_queue import cosign_queue
from workbench.screens.cosigns_waiting import cosigns_waiting
from workbench.screens.treatment_plan import Review, treatment_plan
from workbench.store.engine import Store


@pytest.fixture
def plan_id(gate: Gate, store: Store, people: People, now: datetime) -> str:
    """Signed by Ada, who is a trainee."""
    ada_is_a_trainee(store, now)
    plan_id = written(gate, people, now).plan_id
    assert not sign_treatment_plan(gate, people.ada, plan_id, now=now).is_locked
    return plan_id


def test_it_waits_and_nobody_changes_it_meanwhile(
    gate: Gate, store: Store, people: People, now: datetime, plan_id: str
) -> None:
    page = treatment_plan(gate, people.ada, FERN, now=now)
    assert (page.shown, page.review, page.is_waiting, page.may_write, page.may_cosign) == (
        None, Review.NONE, True, False, False,
    )  # fmt: skip
    with pytest.raises(InReview):
        write_treatment_plan(gate, people.ada, FERN, now=now, version=3, text=WHOLE)
    with pytest.raises(InReview):
        sign_treatment_plan(gate, people.ada, plan_id, now=now)
    with pytest.raises(DBAPIError, match="treatment_plan_in_review"), store.engine.begin() as connection:
        connection.execute(text("UPDATE treatment_plans SET number = 9"))


def test_the_second_signature_puts_it_in_force(
    gate: Gate, store: Store, people: People, now: datetime, plan_id: str
) -> None:
    (line,) = cosign_queue(gate, people.supervisor, now=now)
    assert (line.path, line.what) == (f"/treatment-plan/{FERN}", "Treatment plan, version 1")
    assert cosigns_waiting(gate, people.supervisor, now=now) == 1
    assert treatment_plan(gate, people.supervisor, FERN, now=now).may_cosign
    with pytest.raises(AttestationMissing):
        cosign_treatment_plan(gate, people.supervisor, plan_id, now=now, attested="")
    done = cosign_treatment_plan(gate, people.supervisor, plan_id, now=now, attested="discussed")
    assert done.cosigned_as == "Sue Visor, PhD"
    assert events(store)[-1] == ("treatment_plan.cosigned", "done")
    page = treatment_plan(gate, people.ada, FERN, now=now)
    assert page.shown is not None
    assert (page.shown.is_unchanged, page.shown.cosigned_as, page.draft) == (True, "Sue Visor, PhD", None)
    assert cosigns_waiting(gate, people.supervisor, now=now) == 0
    with pytest.raises(NotInReview):
        cosign_treatment_plan(gate, people.supervisor, plan_id, now=now, attested="discussed")


def test_nobody_else_cosigns(gate: Gate, people: People, now: datetime, plan_id: str) -> None:
    for who in (people.ada, people.ben, people.manager, people.desk):
        with pytest.raises(NotFound):
            cosign_treatment_plan(gate, who, plan_id, now=now, attested="reviewed")
