"""Adding a passkey: only a verified person's answer to this very challenge, for this site, counts."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.actions.accounts.signing_in import enrol, person, sign_in, told
from tests.web.soft_passkey import PRESENT, SoftPasskey, ceremony
from workbench.accounts.notices import NoticeKind
from workbench.accounts.passkeys import credential_id_of, registered
from workbench.accounts.proofs import PasskeyRefused, PasskeyShown
from workbench.accounts.queries import enrolment_of, owner_of_passkey
from workbench.actions.accounts.add_passkey import add_passkey
from workbench.gate.action import Gate
from workbench.gate.actor import Role
from workbench.gate.errors import NotFound, StepUpNeeded


def test_a_passkey_is_found_by_its_id_and_the_person_is_told(gate: Gate, now: datetime) -> None:
    fern, key = sign_in(gate, person(gate, now), now), SoftPasskey()
    added = enrol(gate, fern, key, now)
    assert added.count == 1
    assert owner_of_passkey(gate, key.credential_id) == fern.actor.user_id
    assert len(enrolment_of(gate, fern.actor.user_id).passkeys) == 1
    assert told(gate) == [NoticeKind.PASSKEY_ADDED]


@pytest.mark.parametrize(
    "key",
    [
        SoftPasskey(rp_id="evil.example"),
        SoftPasskey(origin="https://evil.example"),
        SoftPasskey(origin="http://practice.example.com"),
        SoftPasskey(flags=PRESENT),
    ],
    ids=["other site", "other origin", "without https", "person not verified"],
)
def test_what_does_not_hold_is_refused(gate: Gate, now: datetime, key: SoftPasskey) -> None:
    fern = sign_in(gate, person(gate, now), now)
    with pytest.raises(PasskeyRefused):
        enrol(gate, fern, key, now)
    assert owner_of_passkey(gate, key.credential_id) == ""


def test_the_answer_to_another_challenge_is_refused(gate: Gate, now: datetime) -> None:
    fern, key = sign_in(gate, person(gate, now), now), SoftPasskey()
    shown = PasskeyShown(ceremony(), key.make(ceremony()).answer)
    with pytest.raises(PasskeyRefused):
        add_passkey(gate, fern.actor, fern.actor.user_id, now=now, shown=shown, label="Desk")


def test_one_passkey_belongs_to_one_account(gate: Gate, now: datetime) -> None:
    key = SoftPasskey()
    enrol(gate, sign_in(gate, person(gate, now), now), key, now)
    moss = sign_in(gate, person(gate, now, name="moss"), now)
    with pytest.raises(PasskeyRefused):
        enrol(gate, moss, key, now)


def test_after_five_minutes_a_fresh_factor_is_asked_for(gate: Gate, now: datetime) -> None:
    fern = sign_in(gate, person(gate, now), now)
    with pytest.raises(StepUpNeeded):
        enrol(gate, fern, SoftPasskey(), now + timedelta(minutes=5))
    enrol(gate, fern, SoftPasskey(), now + timedelta(minutes=4, seconds=59))


def test_nobody_adds_a_passkey_to_anothers_account(gate: Gate, now: datetime) -> None:
    fern = sign_in(gate, person(gate, now), now)
    owner = sign_in(gate, person(gate, now, Role.OWNER, name="moss"), now)
    with pytest.raises(NotFound):
        add_passkey(gate, owner.actor, fern.actor.user_id, now=now, shown=SoftPasskey().make(ceremony()), label="Mine")


@given(st.one_of(st.text(max_size=200), st.binary(max_size=80).map(repr), st.just("[1]"), st.just("{}")))
def test_a_strangers_text_is_refused_and_never_breaks(text: str) -> None:
    with pytest.raises(PasskeyRefused):
        registered(PasskeyShown(ceremony(), text))
    assert isinstance(credential_id_of(text), bytes)
