"""A try that ended at the password is written down, without what was typed."""

from datetime import datetime

import pytest
from sqlalchemy import select

from tests.web.edge import provision
from workbench.actions.accounts.refuse_sign_in import refuse_sign_in
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY, Actor
from workbench.gate.audit import AuditRow
from workbench.gate.errors import NotAllowed


@pytest.mark.parametrize("known", [True, False])
def test_the_line_names_the_account_if_there_is_one(gate: Gate, now: datetime, known: bool) -> None:
    user_id = provision(gate, now, "fern").account.user_id if known else ""
    assert refuse_sign_in(gate, NOBODY, now=now, user_id=user_id, why="password").is_known is known
    with gate.store.reading() as read:
        line = read.scalars(select(AuditRow).order_by(AuditRow.seq.desc())).first()
    assert line is not None
    assert (line.event, line.outcome, line.subject_id) == ("sign_in.refused", "refused", user_id)
    assert b'"why":"password"' in line.body


def test_a_person_who_is_in_cannot_write_such_lines(gate: Gate, now: datetime, owner: Actor) -> None:
    with pytest.raises(NotAllowed):
        refuse_sign_in(gate, owner, now=now, user_id="", why="password")
