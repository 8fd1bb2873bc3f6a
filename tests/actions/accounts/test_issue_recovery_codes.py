"""Recovery codes: ten, once each, and a new set ends the old one."""

from datetime import datetime

import pytest
from sqlalchemy import select

from tests.actions.accounts.signing_in import person, sign_in, told
from tests.factories.small_practice import events
from workbench.accounts.notices import NoticeKind
from workbench.accounts.proofs import Owed, plain_recovery_code
from workbench.accounts.rules import SignInRefused
from workbench.accounts.tables import RecoveryCode
from workbench.actions.accounts.issue_recovery_codes import issue_recovery_codes
from workbench.actions.accounts.open_session import open_session
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY
from workbench.screens.own_sign_in import own_notices, own_sign_in


def test_a_code_lets_in_once_and_asks_for_a_new_factor(gate: Gate, now: datetime) -> None:
    fern = sign_in(gate, person(gate, now), now)
    codes = issue_recovery_codes(gate, fern.actor, fern.actor.user_id, now=now).codes
    assert len(set(codes)) == 10
    typed = codes[0].replace("-", " ").lower()
    assert open_session(gate, NOBODY, fern.actor.user_id, now=now, recovery=typed).owes == Owed.FACTOR
    with pytest.raises(SignInRefused):
        open_session(gate, NOBODY, fern.actor.user_id, now=now, recovery=codes[0])
    assert own_sign_in(gate, fern.actor, fern.actor.user_id, now=now).recovery_codes_left == 9
    assert NoticeKind.RECOVERY_CODE_USED in told(gate)
    assert ("recovery_code.used", "done") in events(gate.store)
    assert own_notices(gate, fern.actor, fern.actor.user_id, now=now)[0].is_new


def test_a_new_set_ends_the_old(gate: Gate, now: datetime) -> None:
    fern = sign_in(gate, person(gate, now), now)
    old = issue_recovery_codes(gate, fern.actor, fern.actor.user_id, now=now).codes
    new = issue_recovery_codes(gate, fern.actor, fern.actor.user_id, now=now).codes
    with pytest.raises(SignInRefused):
        open_session(gate, NOBODY, fern.actor.user_id, now=now, recovery=old[3])
    open_session(gate, NOBODY, fern.actor.user_id, now=now, recovery=new[3])


def test_a_code_of_somebody_else_opens_nothing(gate: Gate, now: datetime) -> None:
    fern = sign_in(gate, person(gate, now), now)
    moss = sign_in(gate, person(gate, now, name="moss"), now)
    codes = issue_recovery_codes(gate, fern.actor, fern.actor.user_id, now=now).codes
    with pytest.raises(SignInRefused):
        open_session(gate, NOBODY, moss.actor.user_id, now=now, recovery=codes[0])


def test_the_store_holds_no_code(gate: Gate, now: datetime) -> None:
    fern = sign_in(gate, person(gate, now), now)
    codes = issue_recovery_codes(gate, fern.actor, fern.actor.user_id, now=now).codes
    with gate.store.reading() as read:
        kept = repr([vars(row) for row in read.scalars(select(RecoveryCode))])
    assert not any(code in kept or plain_recovery_code(code) in kept for code in codes)
