"""Setting up an account."""

from datetime import datetime

import pytest
from sqlalchemy import select

from tests.factories.small_practice import put
from tests.web.edge import INSTALLER, provision
from workbench.accounts.passwords import hash_password, matches
from workbench.accounts.queries import NAME_FIELD, login_of
from workbench.accounts.rules import AccountState, SignInRefused
from workbench.accounts.tables import User, UserSecrets
from workbench.actions.accounts.open_session import open_session
from workbench.actions.accounts.provision_user import AddressTaken, provision_user
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY, Actor, Role
from workbench.gate.errors import NotAllowed
from workbench.store.vault import PRACTICE


def test_the_account_is_found_by_its_address_and_has_its_password(gate: Gate, now: datetime) -> None:
    pepper = gate.store.vault.service_key("pepper")
    kept = hash_password(pepper, "a lamp, a chair, a window")
    made = provision(gate, now, "fern", Role.BILLER, password_hash=kept)
    login = login_of(gate, "FERN@example.test ", no_password="none")
    assert (login.user_id, login.may_sign_in) == (made.account.user_id, True)
    assert matches(pepper, login.password_hash, "a lamp, a chair, a window")
    assert not matches(pepper, login.password_hash, "another lamp altogether")
    assert login_of(gate, "moss@example.test", no_password="none").user_id == ""


def test_a_second_account_for_an_address_or_a_person_is_refused(gate: Gate, now: datetime) -> None:
    provision(gate, now, "fern")
    for person_id, email in (("stf_fern", "other@example.test"), ("stf_other", "Fern@Example.test")):
        with pytest.raises(AddressTaken):
            provision_user(
                gate, INSTALLER, now=now, person_id=person_id, email=email, password_hash="x", roles=[Role.IT]
            )
    with gate.store.reading() as read:
        assert len(read.scalars(select(User)).all()) == 1


def test_a_patients_account_is_sealed_with_the_patients_own_key(gate: Gate, now: datetime) -> None:
    for person_id, email in (("pat_fern", "fern@example.test"), ("stf_moss", "moss@example.test")):
        provision_user(gate, INSTALLER, now=now, person_id=person_id, email=email, password_hash="x", roles=[])
    with gate.store.reading() as read:
        owners = {row.person_id: row.key_owner for row in read.execute(select(User.person_id, User.key_owner))}
    assert owners == {"pat_fern": "pat_fern", "stf_moss": PRACTICE}


def test_who_is_only_invited_cannot_sign_in_and_has_no_password_to_guess(gate: Gate, now: datetime) -> None:
    token = gate.store.vault.token(NAME_FIELD, "fern@example.test")
    invited = User(person_id="stf_fern", key_owner=PRACTICE, name_token=token, created_at=now, state="invited")
    invited.secrets = UserSecrets("fern@example.test", "")
    put(gate.store, [invited])
    login = login_of(gate, "fern@example.test", no_password="nothing matches this")
    assert (login.user_id, login.may_sign_in, login.password_hash) == (invited.id, False, "nothing matches this")
    with pytest.raises(SignInRefused):
        open_session(gate, NOBODY, invited.id, now=now, code="000000")
    assert AccountState(invited.state) is AccountState.INVITED


def test_no_role_sets_up_accounts_alone(gate: Gate, now: datetime, owner: Actor) -> None:
    with pytest.raises(NotAllowed):
        provision_user(
            gate, owner, now=now, person_id="stf_x", email="x@example.test", password_hash="x", roles=[Role.OWNER]
        )
