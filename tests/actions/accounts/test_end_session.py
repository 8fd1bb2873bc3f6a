"""Ending a session: one's own, and no other."""

from datetime import datetime

import pytest

from tests.web.edge import Person, provision
from workbench.accounts.queries import live_sessions
from workbench.accounts.rules import SignedIn
from workbench.actions.accounts.end_session import end_session
from workbench.actions.accounts.open_session import open_session
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY, Role
from workbench.gate.errors import NotFound


def signed_in(gate: Gate, person: Person, now: datetime) -> SignedIn:
    session = open_session(gate, NOBODY, person.account.user_id, now=now, code=person.code(now))
    return live_sessions(gate, [session.session_hash], now)[session.session_hash]


def test_a_person_ends_their_session(gate: Gate, now: datetime) -> None:
    fern = signed_in(gate, provision(gate, now, "fern", Role.AUDITOR), now)
    done = end_session(gate, fern.actor, fern.session_id, now=now)
    assert done.session_hash == fern.session_hash
    assert live_sessions(gate, [fern.session_hash], now) == {}
    assert end_session(gate, fern.actor, fern.session_id, now=now) == done


def test_nobody_ends_anothers_session(gate: Gate, now: datetime) -> None:
    fern = signed_in(gate, provision(gate, now, "fern", Role.BILLER), now)
    moss = signed_in(gate, provision(gate, now, "moss", Role.OWNER), now)
    with pytest.raises(NotFound):
        end_session(gate, moss.actor, fern.session_id, now=now)
    assert fern.session_hash in live_sessions(gate, [fern.session_hash], now)
