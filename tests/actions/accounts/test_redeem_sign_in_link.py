"""Coming in by a link: once, in time, and never without a second factor."""

from datetime import datetime, timedelta

import pytest

from tests.actions.accounts.granting import House
from tests.actions.accounts.test_issue_sign_in_link import invited
from tests.factories.small_practice import events
from workbench.accounts.joining import LINK_LASTS, LinkRefused
from workbench.accounts.proofs import Owed
from workbench.accounts.queries import live_sessions, login_of
from workbench.accounts.tables import Authenticator
from workbench.actions.accounts.disable_account import disable_account
from workbench.actions.accounts.issue_sign_in_link import issue_sign_in_link
from workbench.actions.accounts.redeem_sign_in_link import Redeemed, redeem_sign_in_link
from workbench.actions.people.end_employment import end_employment
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY, Actor, Role


@pytest.fixture
def house(gate: Gate, now: datetime) -> House:
    return House(gate, now)


@pytest.fixture
def manager(house: House) -> Actor:
    return house.person("manager", Role.MANAGER)


def redeem(gate: Gate, token: str, now: datetime) -> Redeemed:
    return redeem_sign_in_link(gate, NOBODY, now=now, token=token, password_hash="a new hash")


def without_app(house: House, user_id: str) -> None:
    with house.gate.store.writing() as session:
        for row in session.query(Authenticator).filter_by(user_id=user_id):
            session.delete(row)
        session.commit()


def test_the_first_time_it_opens_a_session_that_owes_a_second_factor(
    gate: Gate, house: House, manager: Actor, now: datetime
) -> None:
    user = invited(house)
    without_app(house, user.id)
    token = issue_sign_in_link(gate, manager, user.id, now=now).token
    opened = redeem(gate, token, now).opened
    assert opened is not None
    assert opened.owes == Owed.FACTOR
    (live,) = live_sessions(gate, {opened.session_hash}, now).values()
    assert live.owes == Owed.FACTOR
    assert events(gate.store)[-2:] == [("sign_in_link.used", "done"), ("session.opened", "done")]
    login = login_of(gate, "fern@example.test", no_password="none")
    assert (login.password_hash, login.may_sign_in) == ("a new hash", True)


def test_whoever_has_a_second_factor_shows_it_at_the_door(
    gate: Gate, house: House, manager: Actor, now: datetime
) -> None:
    biller = house.person("biller", Role.BILLER)
    token = issue_sign_in_link(gate, manager, biller.user_id, now=now, identity_checked="in_person").token
    assert redeem(gate, token, now).opened is None


def test_a_link_counts_once_and_for_72_hours(gate: Gate, house: House, manager: Actor, now: datetime) -> None:
    user = invited(house)
    first = issue_sign_in_link(gate, manager, user.id, now=now).token
    with pytest.raises(LinkRefused):
        redeem(gate, first, now + LINK_LASTS)
    redeem(gate, first, now + LINK_LASTS - timedelta(seconds=1))
    with pytest.raises(LinkRefused):
        redeem(gate, first, now + timedelta(hours=1))


@pytest.mark.parametrize("why", ["unknown", "replaced", "disabled", "left"])
def test_whatever_is_wrong_is_told_in_the_same_words(
    gate: Gate, house: House, manager: Actor, now: datetime, why: str
) -> None:
    user = invited(house)
    token = issue_sign_in_link(gate, manager, user.id, now=now).token
    if why == "unknown":
        token = "x" * 43
    elif why == "replaced":
        issue_sign_in_link(gate, manager, user.id, now=now)
    elif why == "disabled":
        disable_account(gate, manager, user.id, now=now)
    else:
        end_employment(gate, manager, user.person_id, now=now)
    with pytest.raises(LinkRefused, match="does not work, or not any more"):
        redeem(gate, token, now)
