"""A new password ends every other session."""

from datetime import datetime, timedelta

import pytest

from tests.actions.accounts.signing_in import person, sign_in, told
from workbench.accounts.notices import NoticeKind
from workbench.accounts.queries import enrolment_of, live_sessions
from workbench.actions.accounts.change_password import change_password
from workbench.gate.action import Gate
from workbench.gate.errors import StepUpNeeded


def test_this_session_goes_on_and_the_others_end(gate: Gate, now: datetime) -> None:
    who, later = person(gate, now), now + timedelta(minutes=1)
    other, this = sign_in(gate, who, now), sign_in(gate, who, later)
    done = change_password(gate, this.actor, this.actor.user_id, now=later, password_hash="new hash")
    assert done.ended == (other.session_hash,)
    assert list(live_sessions(gate, [other.session_hash, this.session_hash], later)) == [this.session_hash]
    assert enrolment_of(gate, this.actor.user_id).password_hash == "new hash"
    assert told(gate) == [NoticeKind.PASSWORD_CHANGED]


def test_it_asks_for_a_fresh_factor(gate: Gate, now: datetime) -> None:
    fern = sign_in(gate, person(gate, now), now)
    with pytest.raises(StepUpNeeded):
        change_password(gate, fern.actor, fern.actor.user_id, now=now + timedelta(minutes=6), password_hash="new hash")
