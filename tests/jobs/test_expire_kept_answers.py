"""Answers kept for resent forms go after a week, and the form that comes again afterwards acts again."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from workbench.actions.operations.expire_kept_answers import KEPT_FOR, AnswersExpired, expire_kept_answers
from workbench.gate.actor import SystemActor
from workbench.gate.errors import NotAllowed
from workbench.gate.idempotency import KeptAnswer
from workbench.gate.permissions import Permission

KEEPER = SystemActor("keeper", frozenset({Permission.EXPIRE_KEPT_ANSWERS}))


def kept(gate):
    with gate.store.reading() as session:
        return session.scalar(select(func.count()).select_from(KeptAnswer))


def test_an_answer_is_kept_for_seven_days_and_gone_after(gate, now):
    expire_kept_answers(gate, KEEPER, now=now, idempotency_key="first")
    assert expire_kept_answers(gate, KEEPER, now=now + KEPT_FOR) == AnswersExpired(0)
    assert kept(gate) == 1
    assert expire_kept_answers(gate, KEEPER, now=now + KEPT_FOR + timedelta(seconds=1)) == AnswersExpired(1)
    assert kept(gate) == 0


def test_no_person_may(gate, owner, now):
    with pytest.raises(NotAllowed):
        expire_kept_answers(gate, owner, now=now)
