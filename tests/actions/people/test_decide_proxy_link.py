"""A link counts once another person approved it; for its scopes, until its day, for its patient."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from tests.factories.proxies import asked, child, in_force, proxy_of
from tests.factories.small_practice import FERN, events, people
from workbench.actions.people.ask_proxy_link import ask_proxy_link
from workbench.actions.people.decide_proxy_link import decide_proxy_link
from workbench.actions.people.end_proxy_link import end_proxy_link
from workbench.gate.actor import Actor, Role
from workbench.gate.errors import NotFound
from workbench.gate.proxies import SCOPE_OF, ProxyDecision, ProxyScope, StandsInFor
from workbench.gate.relations import Moment
from workbench.people.proxy_rules import AnotherDecides, ProxyDecided, ProxyEnded
from workbench.screens.own_openings import own_openings

WHO = people()


def reached(store, who, act, at):
    """Whom they stand in for, for this act."""
    with store.reading() as session:
        return set(session.scalars(StandsInFor(act)(who.person_id, Moment(at, at.date()))))


def test_it_opens_its_scopes_of_its_patient_from_the_approval_until_the_day(gate, store, now):
    wren, robin = child(gate, now), child(gate, now, given_name="Robin")
    link_id = asked(gate, now, wren, scopes=("chart", "messages"))
    decide_proxy_link(gate, WHO.compliance, link_id, now=now + timedelta(hours=1), is_approved=True)
    rowan = proxy_of(gate, link_id)
    for act, scope in SCOPE_OF.items():
        opens = {wren} if scope in (ProxyScope.CHART, ProxyScope.MESSAGES) else set()
        assert reached(store, rowan, act, now + timedelta(hours=1)) == opens, act
        assert reached(store, rowan, act, now) == set()
        assert reached(store, rowan, act, datetime(2029, 12, 31, 18, tzinfo=UTC)) == opens
        assert reached(store, rowan, act, datetime(2030, 1, 1, 18, tzinfo=UTC)) == set()
    assert robin not in reached(store, rowan, "c01", now + timedelta(hours=1))


def test_a_proxy_sees_who_opened_the_record_they_stand_in_for_and_no_other(gate, now):
    wren = child(gate, now)
    link_id = in_force(gate, now, wren)
    rowan = proxy_of(gate, link_id)
    assert [one.sentence for one in own_openings(gate, rowan, wren, now=now)][-1] == "registered a patient"
    for other in (FERN, "pat_nobody"):
        with pytest.raises(NotFound):
            own_openings(gate, rowan, other, now=now)
    end_proxy_link(gate, WHO.desk, link_id, now=now + timedelta(minutes=1))
    with pytest.raises(NotFound):
        own_openings(gate, rowan, wren, now=now + timedelta(minutes=1))


def test_a_refused_link_opens_nothing_and_is_decided_once(gate, store, now):
    wren = child(gate, now)
    link_id = asked(gate, now, wren)
    decide_proxy_link(gate, WHO.compliance, link_id, now=now, is_approved=False)
    assert reached(store, proxy_of(gate, link_id), "e09", now) == set()
    with pytest.raises(ProxyDecided):
        decide_proxy_link(gate, WHO.compliance, link_id, now=now, is_approved=True)
    assert reached(store, proxy_of(gate, link_id), "e09", now) == set()
    assert ("proxy_link.refused", "done") in events(store)


def test_what_ended_or_whose_day_has_come_is_not_approved_any_more(gate, now):
    wren = child(gate, now)
    link_id = asked(gate, now, wren, until_on=date(2026, 4, 1))
    with pytest.raises(ProxyEnded):
        decide_proxy_link(gate, WHO.compliance, link_id, now=datetime(2026, 4, 1, 12, tzinfo=UTC), is_approved=True)
    end_proxy_link(gate, WHO.desk, link_id, now=now)
    with pytest.raises(ProxyEnded):
        decide_proxy_link(gate, WHO.compliance, link_id, now=now, is_approved=True)


def test_who_asked_does_not_decide_in_any_role(gate, store, now):
    wren = child(gate, now)
    both = Actor("usr_desk", "stf_desk", frozenset({Role.FRONT_DESK, Role.COMPLIANCE}), "0" * 64)
    link_id = asked(gate, now, wren)
    with pytest.raises(AnotherDecides):
        decide_proxy_link(gate, both, link_id, now=now, is_approved=True)
    assert reached(store, proxy_of(gate, link_id), "e09", now) == set()
    with pytest.raises(DBAPIError, match="by_another"), store.engine.begin() as connection:
        connection.execute(
            insert(ProxyDecision).values(
                link_id=link_id, requester_id="stf_desk", decider_id="stf_desk", decided_by="usr_desk",
                decided_at=now, is_approved=True,
            )
        )  # fmt: skip


def test_nobody_but_compliance_decides(gate, now):
    link_id = asked(gate, now, child(gate, now))
    for who in (WHO.desk, WHO.manager, WHO.ada, WHO.it, proxy_of(gate, link_id)):
        with pytest.raises(NotFound):
            decide_proxy_link(gate, who, link_id, now=now, is_approved=True)


@pytest.mark.parametrize("table", ["proxy_links", "proxy_link_scopes", "proxy_decisions"])
def test_the_database_keeps_what_was_asked_and_decided(gate, store, now, table):
    in_force(gate, now, child(gate, now))
    with pytest.raises(DBAPIError, match=f"{table}_append_only"), store.engine.begin() as connection:
        connection.execute(text(f"DELETE FROM {table}"))


def test_a_link_by_the_patients_own_wish(gate, store, now):
    wish = {
        "given_name": "Sam",
        "family_name": "Oak",
        "basis": "patients_wish",
        "scopes": ("messages",),
        "seen": "Said so",
    }
    link_id = ask_proxy_link(gate, WHO.ada, FERN, now=now, until_on=date(2026, 6, 1), **wish).link_id
    decide_proxy_link(gate, WHO.compliance, link_id, now=now, is_approved=True)
    assert reached(store, proxy_of(gate, link_id), "c14", now) == {FERN}
