"""Asking that somebody may stand in: kept sealed, within the asker's reach, and nothing opens by it."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.factories.emergency import account
from tests.factories.proxies import PARENT, asked, child, in_force, proxy_of
from tests.factories.small_practice import FERN, MOSS, events, every_row, people
from workbench.accounts.tables import AccountNotice
from workbench.actions.people.ask_proxy_link import ask_proxy_link
from workbench.actions.people.decide_proxy_link import decide_proxy_link
from workbench.actions.people.end_proxy_link import end_proxy_link
from workbench.actions.people.note_own_record import note_own_record
from workbench.gate.actor import Role
from workbench.gate.errors import NotFound
from workbench.people.proxy_rules import ProxyUnclear, StandsInAlready
from workbench.screens.own_openings import own_openings
from workbench.screens.patient_file import patient_file

WHO = people()


def test_it_waits_and_opens_nothing(gate, store, now):
    wren = child(gate, now)
    link_id = asked(gate, now, wren)
    with pytest.raises(NotFound):
        own_openings(gate, proxy_of(gate, link_id), wren, now=now)
    (shown,) = patient_file(gate, WHO.desk, wren, now=now).proxies
    assert (shown.name, shown.state, shown.basis, shown.scopes) == (
        "Rowan Alder",
        "waiting",
        "parent",
        {"chart", "record"},
    )
    assert (shown.is_mine, shown.seen, shown.until_on) == (True, "Birth certificate", date(2030, 1, 1))
    assert ("proxy_link.asked", "done") in events(store)


def test_who_decides_hears_of_it_and_nobody_else(gate, store, now):
    wren = child(gate, now)
    for name, role in (("ada", Role.COMPLIANCE), ("manager", Role.MANAGER)):
        account(store, now, name, role)
    asked(gate, now, wren)
    note_own_record(gate, WHO.desk, MOSS, now=now, staff_id="stf_ada")
    asked(gate, now, MOSS, basis="patients_wish", until_on=date(2026, 9, 1))  # herself, of whom she hears nothing here
    with store.reading() as session:
        told = session.execute(select(AccountNotice.user_id, AccountNotice.kind)).all()
    assert [tuple(one) for one in told] == [("usr_ada", "proxy_asked")]


def test_a_clinician_asks_for_those_in_their_care_and_for_nobody_else(gate, store, now):
    ask_proxy_link(gate, WHO.ada, FERN, now=now, **{**PARENT, "basis": "patients_wish", "until_on": date(2026, 9, 1)})
    wren = child(gate, now)
    before = every_row(store)
    for who in (WHO.ada, WHO.ben):
        with pytest.raises(NotFound):
            ask_proxy_link(gate, who, wren, now=now, **PARENT)
    assert every_row(store) == before


@pytest.mark.parametrize(("wrong", "field"), [
    ({"given_name": " "}, "given_name"), ({"seen": ""}, "seen"), ({"phone": "12"}, "phone"),
    ({"basis": "friend"}, "basis"), ({"scopes": ()}, "scopes"), ({"scopes": ("all",)}, "scopes"),
    ({"until_on": date(2026, 3, 9)}, "until_on"), ({"until_on": date(2032, 5, 3)}, "until_on"),
    ({"basis": "guardian_order", "until_on": date(2027, 3, 10)}, "until_on"),
])  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_changes(gate, store, now, wrong, field):
    wren = child(gate, now)
    before = every_row(store)
    with pytest.raises(ProxyUnclear) as told:
        asked(gate, now, wren, **wrong)
    assert set(told.value.fields) == {field}
    assert every_row(store) == before


def test_one_name_stands_in_once_until_that_ends(gate, now):
    wren = child(gate, now)
    first = asked(gate, now, wren)
    with pytest.raises(StandsInAlready):
        asked(gate, now, wren, given_name="ROWAN")
    decide_proxy_link(gate, WHO.compliance, first, now=now, is_approved=False)
    second = in_force(gate, now, wren)
    with pytest.raises(StandsInAlready):
        asked(gate, now, wren)
    end_proxy_link(gate, WHO.desk, second, now=now)
    asked(gate, now, wren)


def test_one_person_stands_in_for_two_under_one_id_and_only_by_their_name(gate, now):
    wren, lark = child(gate, now), child(gate, now, given_name="Lark")
    proxy = proxy_of(gate, asked(gate, now, wren)).person_id
    assert proxy_of(gate, asked(gate, now, lark, proxy_id=proxy)).person_id == proxy
    for wrong in ({"proxy_id": "prx_nobody"}, {"proxy_id": proxy, "given_name": "Somebody"}):
        with pytest.raises(NotFound):
            asked(gate, now, child(gate, now, given_name="Finch", is_somebody_else=True), **wrong)
