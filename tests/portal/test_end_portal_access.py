"""Ending a way into the portal: at once, whatever it is; and coming back by a new look at who it is."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.factories.portal import invited, redeemed
from tests.factories.proxies import child, in_force, proxy_of
from tests.factories.small_practice import FERN, MOSS, People, events
from workbench.accounts.portal_rules import InvitationRefused, NothingToEnd, PortalState
from workbench.accounts.queries import live_sessions
from workbench.accounts.tables import User
from workbench.actions.accounts.end_portal_access import end_portal_access
from workbench.actions.accounts.watch_grants import watch_grants
from workbench.gate.action import Gate
from workbench.gate.actor import Role, SystemActor
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.screens.portal_access import portal_access
from workbench.store.engine import Store


def test_an_invitation_that_waits_is_ended(gate: Gate, people: People, now: datetime) -> None:
    made = invited(gate, now)
    assert end_portal_access(gate, people.desk, FERN, now=now).ended == ()
    with pytest.raises(InvitationRefused):
        redeemed(gate, now, made)
    assert portal_access(gate, people.desk, FERN, now=now).people[0].state is PortalState.ENDED


def test_an_account_ends_with_its_sessions_and_comes_back_by_a_new_invitation(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    opened = redeemed(gate, now, invited(gate, now))
    assert end_portal_access(gate, people.ada, FERN, now=now).ended == (opened.session_hash,)
    assert live_sessions(gate, [opened.session_hash], now) == {}
    assert portal_access(gate, people.desk, FERN, now=now).people[0].state is PortalState.ENDED
    again = redeemed(gate, now, invited(gate, now, email="new@example.test"))
    assert live_sessions(gate, [again.session_hash], now)[again.session_hash].actor.roles == {Role.PATIENT}
    with store.reading() as session:
        assert session.scalars(select(User)).one().secrets.email == "new@example.test"


def test_a_proxy_is_ended_by_the_patient_they_stand_in_for(gate: Gate, people: People, now: datetime) -> None:
    patient = child(gate, now)
    proxy = proxy_of(gate, in_force(gate, now, patient)).person_id
    invitation = invited(gate, now, patient, proxy_id=proxy, email="rowan@example.test")
    assert redeemed(gate, now, invitation, born_on=date(2014, 5, 2)) is not None
    with pytest.raises(NotFound):
        end_portal_access(gate, people.desk, MOSS, now=now, proxy_id=proxy)
    assert len(end_portal_access(gate, people.desk, patient, now=now, proxy_id=proxy).ended) == 1


def test_there_must_be_something_to_end_and_a_right_to(gate: Gate, store: Store, people: People, now: datetime) -> None:
    with pytest.raises(NothingToEnd):
        end_portal_access(gate, people.desk, FERN, now=now)
    invited(gate, now)
    for one in (people.ben, people.biller, people.it):
        with pytest.raises(NotFound):
            end_portal_access(gate, one, FERN, now=now)
    assert ("portal_access.ended", "done") not in events(store)


def test_no_review_of_staff_ends_the_account_of_somebody_in_care(gate: Gate, now: datetime) -> None:
    redeemed(gate, now, invited(gate, now))
    watching = SystemActor("watch_grants", frozenset({Permission.WATCH_GRANTS}))
    assert watch_grants(gate, watching, now=now + timedelta(days=101)).unreviewed == 0
