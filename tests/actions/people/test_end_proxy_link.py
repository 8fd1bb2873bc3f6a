"""Ending that somebody stands in: at once, by whoever may ask for it, once."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.factories.proxies import PARENT, asked, child, in_force
from tests.factories.small_practice import FERN, events, people
from workbench.actions.people.end_proxy_link import end_proxy_link
from workbench.gate.errors import NotFound
from workbench.people.proxy_rules import ProxyEnded
from workbench.screens.patient_file import patient_file

WHO = people()


def test_a_waiting_link_and_one_in_force_end_once(gate, store, now):
    wren = child(gate, now)
    for make, who in ((asked, WHO.desk), (in_force, WHO.compliance)):
        link_id = make(gate, now, wren)
        end_proxy_link(gate, who, link_id, now=now)
        with pytest.raises(ProxyEnded):
            end_proxy_link(gate, who, link_id, now=now)
    assert {one.state for one in patient_file(gate, WHO.desk, wren, now=now).proxies} == {"ended"}
    assert events(store).count(("proxy_link.ended", "done")) == 2
    with pytest.raises(DBAPIError, match="proxy_ends_append_only"), store.engine.begin() as connection:
        connection.execute(text("DELETE FROM proxy_ends"))


def test_a_clinician_ends_it_for_those_in_their_care_only(gate, now):
    wish = {**PARENT, "basis": "patients_wish", "until_on": now.date().replace(year=2027)}
    link_id = asked(gate, now, FERN, **wish)
    for who in (WHO.ben, WHO.biller, WHO.manager, WHO.it):
        with pytest.raises(NotFound):
            end_proxy_link(gate, who, link_id, now=now)
    end_proxy_link(gate, WHO.ada, link_id, now=now)
