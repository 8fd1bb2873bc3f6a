"""Making the link by which somebody comes in: for whom, by whom, and what stops with it."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from tests.actions.accounts.granting import House
from tests.actions.accounts.test_disable_account import HASH, open_session
from tests.factories.small_practice import put
from workbench.accounts.joining import LINK_LASTS, IdentityNotChecked, NoLinkForDisabled, OwnLink
from workbench.accounts.queries import live_sessions
from workbench.accounts.rules import AccountState
from workbench.accounts.tables import SignInLink, User
from workbench.actions.accounts.disable_account import disable_account
from workbench.actions.accounts.issue_sign_in_link import issue_sign_in_link
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.audit import AuditRow
from workbench.kernel.digests import hash_of_token


@pytest.fixture
def house(gate: Gate, now: datetime) -> House:
    return House(gate, now)


@pytest.fixture
def manager(house: House) -> Actor:
    return house.person("manager", Role.MANAGER)


def invited(house: House, name: str = "fern") -> User:
    """An account that was approved and not yet taken up."""
    house.person(name, Role.BILLER)
    with house.gate.store.writing() as session:
        user = session.scalars(select(User).where(User.person_id == f"stf_{name}")).one()
        user.state = AccountState.INVITED
        session.commit()
    return user


def links(gate: Gate) -> list[SignInLink]:
    with gate.store.reading() as read:
        return list(read.scalars(select(SignInLink).order_by(SignInLink.issued_at)))


def test_the_store_keeps_a_hash_and_the_log_no_trace_of_the_token(
    gate: Gate, house: House, manager: Actor, now: datetime
) -> None:
    made = issue_sign_in_link(gate, manager, invited(house).id, now=now)
    (link,) = links(gate)
    assert link.token_hash == hash_of_token(made.token)
    assert link.expires_at == now + LINK_LASTS
    assert made.token not in repr(made)
    with gate.store.reading() as read:
        assert not any(made.token.encode() in body for body in read.scalars(select(AuditRow.body)))


def test_a_new_link_ends_the_one_before(gate: Gate, house: House, manager: Actor, now: datetime) -> None:
    user = invited(house)
    for _ in range(2):
        issue_sign_in_link(gate, manager, user.id, now=now)
    assert sorted(link.ended_at is None for link in links(gate)) == [False, True]


def test_a_reset_asks_how_the_person_was_seen_and_ends_password_and_sessions(
    gate: Gate, house: House, manager: Actor, now: datetime
) -> None:
    biller = house.person("biller", Role.BILLER)
    open_session(house, biller)
    for how in ("", "by_telephone"):
        with pytest.raises(IdentityNotChecked):
            issue_sign_in_link(gate, manager, biller.user_id, now=now, identity_checked=how)
    assert live_sessions(gate, {HASH}, now)
    made = issue_sign_in_link(gate, manager, biller.user_id, now=now, identity_checked="video")
    assert made.ended == (HASH,)
    assert not live_sessions(gate, {HASH}, now)
    with gate.store.reading() as read:
        assert read.get_one(User, biller.user_id).secrets.password_hash == ""


def test_nobody_makes_their_own_link_not_even_past_the_verb(
    gate: Gate, house: House, manager: Actor, now: datetime
) -> None:
    with pytest.raises(OwnLink):
        issue_sign_in_link(gate, manager, manager.user_id, now=now, identity_checked="in_person")
    row = SignInLink(user_id=manager.user_id, person_id="stf_manager", token_hash="x", issued_at=now,
                     issued_by="stf_manager", expires_at=now)  # fmt: skip
    with pytest.raises(DBAPIError, match="by_another"):
        put(gate.store, [row])


def test_a_disabled_account_gets_none(gate: Gate, house: House, manager: Actor, now: datetime) -> None:
    biller = house.person("biller", Role.BILLER)
    disable_account(gate, manager, biller.user_id, now=now)
    with pytest.raises(NoLinkForDisabled):
        issue_sign_in_link(gate, manager, biller.user_id, now=now, identity_checked="in_person")
