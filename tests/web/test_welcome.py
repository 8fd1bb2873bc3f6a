"""Coming in by a link at the door: the new password may not be made of one's own name or of the practice's place."""

from datetime import date

import pytest

from tests.factories.small_practice import put
from tests.web.doors import browser, sign_in
from tests.web.edge import PASSWORD, Edge
from workbench.actions.accounts.issue_sign_in_link import issue_sign_in_link
from workbench.gate.actor import Actor, Role
from workbench.people.tables import Practice, PracticeDetails, Staff, StaffDetails

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture
def user_id(edge: Edge) -> str:
    """The account of Rowan, who bills at a practice in Willowbrook."""
    details = PracticeDetails("Juniper", "2000000002", "000000000", "14 Lanternfish Way", "Willowbrook", "NY", "1", "")
    named = StaffDetails("Rowan", "Teasdale")
    put(edge.gate.store, [Practice(zone="America/New_York", details=details),
                          Staff(id="stf_quick-heron", started_on=date(2025, 1, 1), details=named)])  # fmt: skip
    return edge.add("quick-heron", Role.BILLER, with_password=True).account.user_id


@pytest.fixture
def link(edge: Edge, user_id: str) -> str:
    """The token by which Rowan comes in."""
    boss = Actor("usr_boss", "stf_boss", frozenset({Role.MANAGER}), "0" * 64, edge.clock().replace(year=2030))
    return issue_sign_in_link(edge.gate, boss, user_id, now=edge.clock(), identity_checked="in_person").token


def chosen(edge: Edge, link: str, password: str) -> int:
    """The status of the answer to this password."""
    return browser(edge).post("/welcome", {"link": link, "password": password}).status


@pytest.mark.parametrize("password", [
    "Rowan Teasdale 1", "TeasdaleRowan7!", "quick heron 2026", "quick-heron@example.test", "14 Lanternfish Way",
    "lanternfish way!", "Willowbrook-26",
])  # fmt: skip
def test_a_password_of_ones_own_name_address_or_the_practices_place_is_refused(
    edge: Edge, link: str, password: str
) -> None:
    assert chosen(edge, link, password) == 409
    # Whoever has no link that counts learns nothing of whom it might have let in.
    assert chosen(edge, "a link of nobody", "Rowan Teasdale 1") == 401
    assert chosen(edge, link, "rowan met three teal herons") == 303


def test_the_page_of_ones_own_password_refuses_the_same_words(edge: Edge, user_id: str) -> None:
    assert user_id
    client = sign_in(edge, "quick-heron")
    for password in ("Rowan Teasdale 1", "14 Lanternfish Way"):
        answer = client.post("/account/password", {"present": PASSWORD, "new": password})
        assert (answer.status, "little more than a name" in answer.text) == (409, True)
