"""Joining: once, in time, by the right person; five wrong tries burn it, and every refusal reads the same."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.factories.portal import FERN_BORN, invited, redeemed
from tests.factories.proxies import child, in_force, proxy_of
from tests.factories.small_practice import FERN, MOSS, MOSS_DETAILS, People, events
from workbench.accounts.portal_rules import NOTICE, InvitationRefused, PortalState
from workbench.accounts.portal_tables import PortalInvitation
from workbench.accounts.proofs import Owed
from workbench.accounts.queries import live_sessions
from workbench.accounts.tables import RoleGrant, User
from workbench.actions.accounts.redeem_invitation import redeem_invitation
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY, Role
from workbench.gate.errors import NotAllowed
from workbench.screens.portal_access import portal_access
from workbench.store.engine import Store

WRONG_DAY = date(1991, 4, 3)


def test_it_makes_the_account_of_that_patient_and_owes_a_second_factor(gate: Gate, store: Store, now: datetime) -> None:
    opened = redeemed(gate, now, invited(gate, now))
    assert opened.owes == Owed.FACTOR
    session = live_sessions(gate, [opened.session_hash], now)[opened.session_hash]
    assert session.actor.person_id == FERN
    assert session.actor.roles == {Role.PATIENT}
    assert session.owes
    with store.reading() as reading:
        user = reading.scalars(select(User)).one()
        assert (user.key_owner, user.secrets.email) == (FERN, "fern@example.test")
        assert reading.scalars(select(PortalInvitation.notice)).one() == NOTICE
    assert events(store)[-2:] == [("portal.joined", "done"), ("session.opened", "done")]


def test_a_proxy_gets_an_account_of_their_own_with_nothing_but_that_role(
    gate: Gate, store: Store, now: datetime
) -> None:
    patient = child(gate, now)
    proxy = proxy_of(gate, in_force(gate, now, patient)).person_id
    made = invited(gate, now, patient, proxy_id=proxy, email="rowan@example.test")
    assert redeemed(gate, now, made, born_on=date(2014, 5, 2)) is not None
    with store.reading() as session:
        assert session.scalars(select(User.person_id)).all() == [proxy]
        assert session.scalars(select(RoleGrant.role)).all() == [Role.PROXY]


def test_typed_as_people_type(gate: Gate, now: datetime) -> None:
    made = invited(gate, now)
    typed = made.code.lower().replace("-", " ")
    assert redeemed(gate, now, made, code=f" {typed} ", desk_word=made.desk_word.lower()) is not None


def test_five_wrong_dates_or_words_burn_it(gate: Gate, store: Store, people: People, now: datetime) -> None:
    made = invited(gate, now)
    for _ in range(3):
        assert redeemed(gate, now, made, born_on=WRONG_DAY) is None
    assert redeemed(gate, now, made, desk_word="ABCDEF") is None
    assert redeemed(gate, now, made, born_on=None) is None
    with pytest.raises(InvitationRefused):
        redeemed(gate, now, made)
    assert portal_access(gate, people.desk, FERN, now=now).people[0].state is PortalState.BURNED
    assert events(store).count(("portal.tried", "refused")) == 5
    with store.reading() as session:
        assert session.scalars(select(User.id)).all() == []


def test_four_wrong_ones_do_not(gate: Gate, now: datetime) -> None:
    made = invited(gate, now)
    for _ in range(4):
        assert redeemed(gate, now, made, born_on=WRONG_DAY) is None
    assert redeemed(gate, now, made) is not None


def test_once_and_not_at_its_end_and_not_with_anothers_words(gate: Gate, now: datetime) -> None:
    ferns, mosss = invited(gate, now), invited(gate, now, MOSS, email="moss@example.test")
    assert redeemed(gate, now, mosss, born_on=FERN_BORN) is None
    assert redeemed(gate, now, mosss, desk_word=ferns.desk_word, born_on=MOSS_DETAILS.born_on) is None
    assert redeemed(gate, now, ferns, code=mosss.code) is None
    late = now + timedelta(hours=72)
    with pytest.raises(InvitationRefused):
        redeemed(gate, late, ferns)
    assert redeemed(gate, late - timedelta(seconds=1), ferns) is not None
    for again in (ferns.code, "AAAA-AAAA-AAAA", ""):
        with pytest.raises(InvitationRefused):
            redeemed(gate, now, ferns, code=again)


def test_only_who_has_not_signed_in_redeems(gate: Gate, people: People, now: datetime) -> None:
    made = invited(gate, now)
    with pytest.raises(NotAllowed):
        redeem_invitation(
            gate, people.manager, now=now, code=made.code, born_on=FERN_BORN, desk_word=made.desk_word,
            password_hash="a hash",
        )  # fmt: skip
    assert redeem_invitation(
        gate, NOBODY, now=now, code=made.code, born_on=FERN_BORN, desk_word=made.desk_word, password_hash="a hash"
    ).opened
