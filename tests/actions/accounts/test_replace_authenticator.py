"""Setting up the authenticator app anew: nothing changes until its first good code."""

from datetime import datetime, timedelta

import pyotp
import pytest

from tests.actions.accounts.signing_in import person, sign_in, told
from workbench.accounts.notices import NoticeKind
from workbench.accounts.rules import CodeWrong, SignInRefused
from workbench.actions.accounts.open_session import open_session
from workbench.actions.accounts.replace_authenticator import replace_authenticator
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY


def test_the_new_seed_counts_and_the_old_one_does_not(gate: Gate, now: datetime) -> None:
    who = person(gate, now)
    fern, seed, later = sign_in(gate, who, now), pyotp.random_base32(), now + timedelta(minutes=1)
    code = pyotp.TOTP(seed).at(now)
    replace_authenticator(gate, fern.actor, fern.actor.user_id, now=now, seed=seed, code=code)
    assert told(gate) == [NoticeKind.AUTHENTICATOR_REPLACED]
    for refused in (who.code(later), code):
        with pytest.raises(SignInRefused):
            open_session(gate, NOBODY, fern.actor.user_id, now=later, code=refused)
    open_session(gate, NOBODY, fern.actor.user_id, now=later, code=pyotp.TOTP(seed).at(later))


def test_without_a_good_code_the_old_one_stays(gate: Gate, now: datetime) -> None:
    who = person(gate, now)
    fern, later = sign_in(gate, who, now), now + timedelta(minutes=1)
    with pytest.raises(CodeWrong):
        replace_authenticator(
            gate, fern.actor, fern.actor.user_id, now=now, seed=pyotp.random_base32(), code=who.code(now)
        )
    sign_in(gate, who, later)
