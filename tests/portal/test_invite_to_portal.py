"""Inviting: who may, for whom, and what is kept of code and word."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.factories.portal import invited, redeemed
from tests.factories.proxies import asked, child, in_force, proxy_of
from tests.factories.small_practice import FERN, MOSS, People, events, every_row
from workbench.accounts.portal_rules import (
    AddressUnfit,
    IdentityUnsaid,
    InvitationRefused,
    JoinedAlready,
    SignInAddressTaken,
)
from workbench.accounts.portal_tables import PortalInvitation
from workbench.actions.accounts.invite_to_portal import invite_to_portal
from workbench.actions.people.end_proxy_link import end_proxy_link
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.kernel.errors import WorkbenchError
from workbench.screens.portal_access import PortalState, portal_access
from workbench.store.engine import Store

SEEN = {"identity_checked": "photo_id", "email": "fern@example.test"}


def test_code_and_word_are_shown_once_and_kept_as_keyed_hashes(gate: Gate, store: Store, now: datetime) -> None:
    made = invited(gate, now)
    assert len(made.code.replace("-", "")) == 12
    assert len(made.desk_word) == 6
    assert made.expires_at == now + timedelta(hours=72)
    kept = repr(every_row(store))
    assert made.code not in kept
    assert made.code.replace("-", "") not in kept
    assert made.desk_word not in kept
    assert "fern@example.test" not in kept
    assert events(store) == [("portal.invited", "done")]


@pytest.mark.parametrize("who", ["ben", "biller", "it", "compliance"])
def test_nobody_else_invites(gate: Gate, store: Store, people: People, now: datetime, who: str) -> None:
    before = every_row(store)
    with pytest.raises(NotFound):
        invite_to_portal(gate, getattr(people, who), FERN, now=now, **SEEN)
    assert every_row(store) == before
    assert events(store) == [("action.refused", "refused")]


@pytest.mark.parametrize("who", ["ada", "supervisor", "desk", "manager"])
def test_the_care_team_its_supervisor_the_desk_and_the_manager_invite(
    gate: Gate, people: People, now: datetime, who: str
) -> None:
    assert invite_to_portal(gate, getattr(people, who), FERN, now=now, **SEEN).code


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"identity_checked": ""}, IdentityUnsaid),
        ({"identity_checked": "by phone"}, IdentityUnsaid),
        ({"email": "nobody"}, AddressUnfit),
        ({"proxy_id": "prx_nobody"}, NotFound),
    ],
)
def test_what_is_unsaid_or_unfit_is_refused(
    gate: Gate, store: Store, now: datetime, changed: dict[str, str], refusal: type[WorkbenchError]
) -> None:
    before = every_row(store)
    with pytest.raises(refusal):
        invited(gate, now, **changed)
    assert every_row(store) == before


def test_only_a_proxy_whose_link_is_in_force_is_invited_and_only_for_that_patient(
    gate: Gate, people: People, now: datetime
) -> None:
    patient = child(gate, now)
    waiting = proxy_of(gate, asked(gate, now, patient)).person_id
    with pytest.raises(NotFound):
        invited(gate, now, patient, proxy_id=waiting)
    link = in_force(gate, now, patient, given_name="Robin")
    proxy = proxy_of(gate, link).person_id
    with pytest.raises(NotFound):
        invited(gate, now, MOSS, proxy_id=proxy)
    made = invited(gate, now, patient, proxy_id=proxy, email="robin@example.test")
    end_proxy_link(gate, people.desk, link, now=now)
    with pytest.raises(InvitationRefused):
        redeemed(gate, now, made, born_on=date(2014, 5, 2))


def test_a_newer_invitation_ends_the_one_before(gate: Gate, store: Store, now: datetime) -> None:
    first = invited(gate, now)
    second = invited(gate, now)
    with pytest.raises(InvitationRefused):
        redeemed(gate, now, first)
    assert redeemed(gate, now, second) is not None
    with store.reading() as session:
        assert len(session.scalars(select(PortalInvitation)).all()) == 2


def test_who_has_joined_is_not_invited_again_and_their_address_is_theirs(gate: Gate, now: datetime) -> None:
    redeemed(gate, now, invited(gate, now))
    with pytest.raises(JoinedAlready):
        invited(gate, now, email="other@example.test")
    with pytest.raises(SignInAddressTaken):
        invited(gate, now, MOSS, email="Fern@Example.test")


def test_the_state_is_seen_for_the_patient_and_each_proxy_and_a_shared_address_is_flagged(
    gate: Gate, people: People, now: datetime
) -> None:
    patient = child(gate, now, email="Rowan@example.test")
    proxy = proxy_of(gate, in_force(gate, now, patient, email="rowan@example.test")).person_id
    own, theirs = portal_access(gate, people.desk, patient, now=now).people
    assert (own.state, own.shares_address, theirs.shares_address) == (PortalState.NOT_INVITED, True, False)
    made = invited(gate, now, patient, proxy_id=proxy, email="rowan@example.test")
    _, theirs = portal_access(gate, people.desk, patient, now=now).people
    assert (theirs.state, theirs.at) == (PortalState.INVITED, made.expires_at)
    _, theirs = portal_access(gate, people.desk, patient, now=made.expires_at).people
    assert theirs.state is PortalState.EXPIRED
    with pytest.raises(NotFound):
        portal_access(gate, people.ben, patient, now=now)
