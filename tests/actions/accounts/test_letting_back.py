"""A disabled account and whoever lost a factor come back: asked by one, approved by another, set up anew."""

from datetime import datetime

import pytest
from sqlalchemy import select

from tests.actions.accounts.granting import House
from tests.actions.accounts.signing_in import person, sign_in
from tests.factories.small_practice import events, every_row
from workbench.accounts.access_rules import (
    AccessUnclear,
    AccountDisabled,
    AccountNotDisabled,
    IdentityCheck,
    RequestKind,
    SamePerson,
)
from workbench.accounts.carrying_out import terms_of
from workbench.accounts.proving import authenticators_of
from workbench.accounts.rules import AccountState, SignInRefused
from workbench.accounts.tables import Authenticator, User, UserSession
from workbench.actions.accounts.approve_access import approve_access
from workbench.actions.accounts.disable_account import disable_account
from workbench.actions.accounts.issue_sign_in_link import issue_sign_in_link
from workbench.actions.accounts.redeem_sign_in_link import redeem_sign_in_link
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY, Actor, Role
from workbench.gate.errors import NotFound
from workbench.people.rules import NoLongerHere
from workbench.people.tables import Staff

SEEN = {"identity_checked": IdentityCheck.VIDEO.value}


@pytest.fixture
def house(gate: Gate, now: datetime) -> House:
    return House(gate, now)


@pytest.fixture
def manager(house: House) -> Actor:
    return house.person("manager", Role.MANAGER)


@pytest.fixture
def officer(house: House) -> Actor:
    return house.person("officer", Role.COMPLIANCE)


def disabled(house: House, name: str, by: Actor, *roles: Role) -> None:
    disable_account(house.gate, by, house.person(name, *roles).user_id, now=house.now)


def state_and_password(house: House) -> tuple[str, str]:
    with house.gate.store.reading() as read:
        user = read.scalars(select(User).where(User.person_id == "stf_fern")).one()
        return user.state, user.secrets.password_hash


def test_a_disabled_account_comes_back_with_the_roles_that_were_approved(
    house: House, manager: Actor, officer: Actor
) -> None:
    house.clear("fern", manager)
    disabled(house, "fern", manager, Role.BILLER, Role.FRONT_DESK)
    request = house.ask(manager, "fern", kind=RequestKind.ENABLE)
    with house.gate.store.reading() as read:
        assert terms_of(read, house.request(request)).roles == "biller front_desk"
    assert house.approve(officer, request)
    assert state_and_password(house) == (AccountState.INVITED, "")
    assert set(house.grants("fern")) == {"biller", "front_desk"}
    assert ("user.enabled", "done") in events(house.gate.store)


def test_a_role_that_nobody_approved_does_not_come_back_with_it(house: House, manager: Actor, officer: Actor) -> None:
    house.clear("fern", manager)
    disabled(house, "fern", manager, Role.BILLER)
    request = house.ask(manager, "fern", kind=RequestKind.ENABLE)
    user = house.user("fern")
    assert user is not None
    house.change(lambda row: setattr(row, "role", Role.IT.value), user.id)
    assert house.approve(officer, request)
    assert house.grants("fern") == {}


def test_it_comes_back_only_through_a_new_link_and_a_new_factor(house: House, manager: Actor, officer: Actor) -> None:
    house.clear("fern", manager)
    fern = person(house.gate, house.now, Role.BILLER, name="fern")
    disable_account(house.gate, manager, fern.account.user_id, now=house.now)
    house.approve(officer, house.ask(manager, "fern", kind=RequestKind.ENABLE))
    with pytest.raises(SignInRefused):
        sign_in(house.gate, fern, house.now)
    token = issue_sign_in_link(house.gate, manager, fern.account.user_id, now=house.now).token
    came = redeem_sign_in_link(house.gate, NOBODY, now=house.now, token=token, password_hash="a new hash")
    assert came.opened is not None
    assert came.opened.owes == "factor"
    with pytest.raises(SignInRefused):
        sign_in(house.gate, fern, house.now)  # the old seed opens nothing, though the account does


def test_an_owner_comes_back_by_two_approvals(house: House, manager: Actor, officer: Actor) -> None:
    owner = house.person("owner", Role.OWNER)
    house.clear("fern", manager)
    disabled(house, "fern", manager, Role.OWNER)
    request = house.ask(manager, "fern", kind=RequestKind.ENABLE)
    assert not house.approve(officer, request)
    assert house.approve(owner, request)


def test_a_lost_factor_takes_two_people_and_ends_every_way_in(house: House, manager: Actor, officer: Actor) -> None:
    fern = house.person("fern", Role.BILLER)
    session = UserSession(token_hash="f" * 64, user_id=fern.user_id, person_id=fern.person_id, opened_at=house.now,
                          last_input_at=house.now)  # fmt: skip
    with house.gate.store.writing() as write:
        write.add(session)
        write.commit()
    request = house.ask(manager, "fern", kind=RequestKind.NEW_FACTOR, **SEEN)
    done = approve_access(house.gate, officer, request, now=house.now, number=1)
    assert done.is_done
    assert done.ended == ("f" * 64,)
    assert state_and_password(house) == (AccountState.INVITED, "")
    assert set(house.grants("fern")) == {"biller"}
    with house.gate.store.reading() as read:
        assert read.scalar(authenticators_of(fern.user_id)) is None
        kept = read.scalars(select(Authenticator).where(Authenticator.user_id == fern.user_id)).one()
        assert kept.ended_at == house.now
    assert ("factors.ended", "done") in events(house.gate.store)


def test_how_they_were_seen_must_be_said_and_is_kept(house: House, manager: Actor) -> None:
    house.person("fern", Role.BILLER)
    before = every_row(house.gate.store)
    for said in ("", "by telephone"):
        with pytest.raises(AccessUnclear) as told:
            house.ask(manager, "fern", kind=RequestKind.NEW_FACTOR, identity_checked=said)
        assert set(told.value.fields) == {"identity_checked"}
    assert every_row(house.gate.store) == before
    request = house.request(house.ask(manager, "fern", kind=RequestKind.NEW_FACTOR, **SEEN))
    with house.gate.store.reading() as read:
        assert terms_of(read, request).words.identity_checked == "video"


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize("kind", [RequestKind.ENABLE, RequestKind.NEW_FACTOR])
def test_neither_who_asked_nor_whom_it_concerns_approves(house: House, kind: RequestKind) -> None:
    owner = house.person("owner", Role.OWNER)
    fern = house.person("fern", Role.BILLER, Role.COMPLIANCE)
    house.clear("fern", owner)
    if kind is RequestKind.ENABLE:
        disable_account(house.gate, owner, fern.user_id, now=house.now)
    request = house.ask(owner, "fern", kind=kind, **(SEEN if kind is RequestKind.NEW_FACTOR else {}))
    for who in (owner, fern):
        with pytest.raises((SamePerson, NotFound)):
            house.approve(who, request)
    user = house.user("fern")
    assert user is not None
    assert user.state != AccountState.INVITED


def test_what_does_not_fit_the_account_is_told(house: House, manager: Actor, officer: Actor) -> None:
    house.staff("moss")
    house.person("fern", Role.BILLER)
    house.clear("fern", manager)

    def refused(name: str, kind: RequestKind, **terms: str) -> set[str]:
        with pytest.raises(AccessUnclear) as told:
            house.ask(manager, name, kind=kind, **terms)
        return set(told.value.fields)

    assert refused("moss", RequestKind.ENABLE) == {"person_id"}
    assert refused("moss", RequestKind.NEW_FACTOR, **SEEN) == {"person_id"}
    assert refused("fern", RequestKind.ENABLE) == {"person_id"}
    asked = house.ask(manager, "fern", kind=RequestKind.NEW_FACTOR, **SEEN)
    assert refused("fern", RequestKind.NEW_FACTOR, **SEEN) == {"person_id"}  # it waits already
    fern = house.user("fern")
    assert fern is not None
    disable_account(house.gate, manager, fern.id, now=house.now)
    with pytest.raises(AccountDisabled):
        house.approve(officer, asked)
    back = house.ask(manager, "fern", kind=RequestKind.ENABLE)
    assert house.approve(officer, back)
    with pytest.raises(AccessUnclear):
        house.ask(manager, "fern", kind=RequestKind.ENABLE)


def test_of_two_requests_to_come_back_the_second_finds_it_done(house: House, manager: Actor, officer: Actor) -> None:
    house.clear("fern", manager)
    disabled(house, "fern", manager, Role.BILLER)
    request = house.ask(manager, "fern", kind=RequestKind.ENABLE)
    with house.gate.store.writing() as session:
        session.scalars(select(User).where(User.person_id == "stf_fern")).one().state = AccountState.ACTIVE
        session.commit()
    with pytest.raises(AccountNotDisabled):
        house.approve(officer, request)


def test_who_has_left_does_not_come_back(house: House, manager: Actor) -> None:
    disabled(house, "fern", manager, Role.BILLER)
    with house.gate.store.writing() as session:
        session.get_one(Staff, "stf_fern").ended_on = house.now.date()
        session.commit()
    with pytest.raises(NoLongerHere):
        house.ask(manager, "fern", kind=RequestKind.ENABLE)
