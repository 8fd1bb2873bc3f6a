"""Taking a passkey away: it opens nothing any more, and nobody locks themselves out."""

from datetime import datetime

import pytest

from tests.actions.accounts.signing_in import enrol, person, sign_in, told
from tests.web.soft_passkey import SoftPasskey, ceremony
from workbench.accounts.notices import NoticeKind
from workbench.accounts.rules import SignInRefused
from workbench.actions.accounts.open_session import open_session
from workbench.actions.accounts.remove_passkey import LastFactor, remove_passkey
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY, Role


def test_a_removed_passkey_opens_nothing(gate: Gate, now: datetime) -> None:
    fern, key = sign_in(gate, person(gate, now), now), SoftPasskey()
    added = enrol(gate, fern, key, now)
    remove_passkey(gate, fern.actor, added.passkey_id, now=now)
    with pytest.raises(SignInRefused):
        open_session(gate, NOBODY, fern.actor.user_id, now=now, passkey=key.show(ceremony()))
    assert NoticeKind.PASSKEY_REMOVED in told(gate)


def test_the_owners_last_passkey_stays_until_there_is_another(gate: Gate, now: datetime) -> None:
    moss = sign_in(gate, person(gate, now, Role.OWNER), now)
    first = enrol(gate, moss, SoftPasskey(), now)
    with pytest.raises(LastFactor):
        remove_passkey(gate, moss.actor, first.passkey_id, now=now)
    enrol(gate, moss, SoftPasskey(), now)
    remove_passkey(gate, moss.actor, first.passkey_id, now=now)
