"""Showing a factor again: five minutes more, under another token, and never by a spent code."""

from datetime import datetime, timedelta

import pytest

from tests.actions.accounts.signing_in import enrol, person, sign_in
from tests.web.soft_passkey import SoftPasskey, ceremony
from workbench.accounts.proofs import PasskeyRefused
from workbench.accounts.queries import live_sessions
from workbench.accounts.rules import SignInRefused
from workbench.actions.accounts.open_session import open_session
from workbench.actions.accounts.prove_again import prove_again
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY
from workbench.gate.errors import NotFound


def test_the_session_is_fresh_again_under_another_token(gate: Gate, now: datetime) -> None:
    who, later = person(gate, now), now + timedelta(minutes=6)
    fern = sign_in(gate, who, now)
    assert not fern.actor.is_fresh(later)
    proven = prove_again(gate, fern.actor, fern.session_id, now=later, code=who.code(later))
    assert list(live_sessions(gate, [fern.session_hash, proven.session_hash], later)) == [proven.session_hash]
    again = live_sessions(gate, [proven.session_hash], later)[proven.session_hash]
    assert again.session_id == fern.session_id
    assert again.signed_in_at == fern.signed_in_at
    assert again.actor.is_fresh(later + timedelta(minutes=4, seconds=59))
    assert not again.actor.is_fresh(later + timedelta(minutes=5))


def test_the_code_of_the_sign_in_does_not_count_again(gate: Gate, now: datetime) -> None:
    who = person(gate, now)
    fern = sign_in(gate, who, now)
    with pytest.raises(SignInRefused):
        prove_again(gate, fern.actor, fern.session_id, now=now, code=who.code(now))


def test_a_passkey_whose_count_went_back_is_a_copy(gate: Gate, now: datetime) -> None:
    fern, key = sign_in(gate, person(gate, now), now), SoftPasskey()
    enrol(gate, fern, key, now)
    prove_again(gate, fern.actor, fern.session_id, now=now, passkey=key.show(ceremony()))
    key.count = 0
    with pytest.raises(PasskeyRefused):
        prove_again(gate, fern.actor, fern.session_id, now=now, passkey=key.show(ceremony()))


def test_who_came_by_passkey_shows_it_again(gate: Gate, now: datetime) -> None:
    who, key, later = person(gate, now), SoftPasskey(), now + timedelta(minutes=1)
    enrol(gate, sign_in(gate, who, now), key, now)
    opened = open_session(gate, NOBODY, who.account.user_id, now=now, passkey=key.show(ceremony()))
    fern = live_sessions(gate, [opened.session_hash], now)[opened.session_hash]
    with pytest.raises(SignInRefused):
        prove_again(gate, fern.actor, fern.session_id, now=later, code=who.code(later))


def test_nobody_proves_for_another(gate: Gate, now: datetime) -> None:
    fern = sign_in(gate, person(gate, now), now)
    other = person(gate, now, name="moss")
    moss = sign_in(gate, other, now)
    later = now + timedelta(minutes=1)
    with pytest.raises(NotFound):
        prove_again(gate, moss.actor, fern.session_id, now=later, code=other.code(later))
