"""Signing out everywhere else, and how many sessions there may be."""

from datetime import datetime, timedelta

from tests.actions.accounts.signing_in import person, sign_in
from workbench.accounts.queries import live_sessions
from workbench.actions.accounts.end_other_sessions import end_other_sessions
from workbench.gate.action import Gate
from workbench.gate.actor import Role


def test_the_others_end_and_this_one_and_other_peoples_do_not(gate: Gate, now: datetime) -> None:
    who = person(gate, now)
    first, second = sign_in(gate, who, now), sign_in(gate, who, now + timedelta(minutes=1))
    moss = sign_in(gate, person(gate, now, Role.MANAGER, name="moss"), now)
    at = now + timedelta(minutes=1)
    done = end_other_sessions(gate, second.actor, second.session_id, now=at)
    assert done.session_hashes == (first.session_hash,)
    hashes = [one.session_hash for one in (first, second, moss)]
    assert set(live_sessions(gate, hashes, at)) == {second.session_hash, moss.session_hash}


def test_a_fourth_session_ends_the_oldest(gate: Gate, now: datetime) -> None:
    who = person(gate, now)
    hashes = [sign_in(gate, who, now + timedelta(minutes=number)).session_hash for number in range(4)]
    assert set(live_sessions(gate, hashes, now + timedelta(minutes=3))) == set(hashes[1:])
