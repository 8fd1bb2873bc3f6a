"""A trainee's plan given back is a draft again, with the comment above it."""

from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.actions.charting.plans import WHOLE, written
from tests.actions.charting.trainee import ada_is_a_trainee
from tests.factories.small_practice import FERN, People, events
from workbench.actions.charting.return_treatment_plan import return_treatment_plan
from workbench.actions.charting.sign_treatment_plan import sign_treatment_plan
from workbench.actions.charting.write_treatment_plan import write_treatment_plan
from workbench.charting.cosigning import CommentMissing, NotInReview
from workbench.charting.plan_tables import PlanReturned
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.screens.treatment_plan import treatment_plan
from workbench.store.engine import Store


@pytest.fixture
def plan_id(gate: Gate, store: Store, people: People, now: datetime) -> str:
    """Signed by Ada, who is a trainee."""
    ada_is_a_trainee(store, now)
    plan_id = written(gate, people, now).plan_id
    sign_treatment_plan(gate, people.ada, plan_id, now=now)
    return plan_id


def test_it_is_written_on_and_what_was_signed_stays_known(
    gate: Gate, store: Store, people: People, now: datetime, plan_id: str
) -> None:
    with pytest.raises(CommentMissing):
        return_treatment_plan(gate, people.supervisor, plan_id, now=now, comment=" ")
    return_treatment_plan(gate, people.supervisor, plan_id, now=now, comment="Name a baseline.")
    assert events(store)[-1] == ("treatment_plan.returned", "done")
    page = treatment_plan(gate, people.ada, FERN, now=now)
    assert page.given_back is not None
    assert page.draft is not None
    assert (page.given_back.comment, page.draft.signed_at, page.may_write) == ("Name a baseline.", None, True)
    saved = write_treatment_plan(gate, people.ada, FERN, now=now, version=page.draft.version, text=WHOLE)
    sign_treatment_plan(gate, people.ada, saved.plan_id, now=now)
    with store.reading() as session:
        (row,) = session.query(PlanReturned).all()
        assert (row.signed_as, len(row.content_hash)) == ("Ada Byron, LCSW", 64)


def test_what_does_not_wait_is_not_given_back(gate: Gate, people: People, now: datetime, plan_id: str) -> None:
    with pytest.raises(NotFound):
        return_treatment_plan(gate, people.ben, plan_id, now=now, comment="No.")
    return_treatment_plan(gate, people.supervisor, plan_id, now=now, comment="Name a baseline.")
    with pytest.raises(NotInReview):
        return_treatment_plan(gate, people.supervisor, plan_id, now=now, comment="Again.")


def test_the_database_keeps_what_was_given_back(
    gate: Gate, store: Store, people: People, now: datetime, plan_id: str
) -> None:
    return_treatment_plan(gate, people.supervisor, plan_id, now=now, comment="Name a baseline.")
    with (
        pytest.raises(DBAPIError, match="treatment_plans_returned_append_only"),
        store.engine.begin() as connection,
    ):
        connection.execute(text("DELETE FROM treatment_plans_returned"))
