"""Approving: the right people, two where it takes two, once, and never for oneself."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.actions.accounts.granting import House
from tests.factories.small_practice import events, every_row, put
from workbench.accounts.access_rules import (
    AccountDisabled,
    AskerGone,
    ClearanceMissing,
    LastHolder,
    RequestClosed,
    RequestKind,
    RequestState,
    SamePerson,
    Wanted,
)
from workbench.accounts.access_tables import RoleGrantTerms
from workbench.accounts.queries import live_sessions
from workbench.accounts.rules import AccountState
from workbench.accounts.tables import RoleGrant, User, UserSession
from workbench.actions.accounts.approve_access import approve_access
from workbench.actions.accounts.change_access_request import change_access_request
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.errors import NotFound, StalePage, StepUpNeeded
from workbench.gate.relations import Supervision
from workbench.kernel.errors import WorkbenchError
from workbench.people.rules import NoLongerHere
from workbench.people.tables import Staff


@pytest.fixture
def house(gate: Gate, now: datetime) -> House:
    return House(gate, now)


@pytest.fixture
def staff(house: House) -> dict[str, Actor]:
    """An owner, a compliance officer and a manager, and Fern who is new."""
    people = {
        "owner": house.person("owner", Role.OWNER),
        "officer": house.person("officer", Role.COMPLIANCE),
        "manager": house.person("manager", Role.MANAGER),
    }
    house.clear("fern", people["manager"])
    return people


def test_one_approval_of_somebody_else_makes_the_account_with_its_roles_until_their_end(
    house: House, staff: dict[str, Actor], now: datetime
) -> None:
    request = house.ask(staff["manager"], "fern", Role.BILLER, Role.FRONT_DESK, kind=RequestKind.ACCOUNT)
    assert house.user("fern") is None
    assert house.approve(staff["officer"], request)
    fern = house.user("fern")
    assert fern is not None
    assert fern.state == AccountState.INVITED
    # Midnight of the practice (New York) a year after March 9, 2026.
    assert set(house.grants("fern").values()) == {datetime(2027, 3, 9, 5, tzinfo=now.tzinfo)}
    assert set(house.grants("fern")) == {"biller", "front_desk"}
    done = house.request(request)
    assert (done.state, done.roles_before, done.user_id) == (RequestState.DONE, "", fern.id)
    assert done.roles_after == "biller@2027-03-09 front_desk@2027-03-09"
    assert ("access.approved", "done") in events(house.gate.store)
    assert ("access.changed", "done") in events(house.gate.store)
    assert ("user.invited", "done") in events(house.gate.store)


@pytest.mark.parametrize("by", ["requester", "person"])
def test_neither_who_asked_nor_whom_it_concerns_approves(house: House, staff: dict[str, Actor], by: str) -> None:
    request = house.ask(staff["owner"], "officer", Role.BILLER)
    house.clear("officer", staff["owner"])
    before = every_row(house.gate.store)
    with pytest.raises(SamePerson):
        house.approve(staff["owner" if by == "requester" else "officer"], request)
    assert every_row(house.gate.store) == before
    assert events(house.gate.store)[-1] == ("action.refused", "refused")


def test_a_second_role_does_not_make_somebody_a_second_person(house: House, staff: dict[str, Actor]) -> None:
    both = house.person("both", Role.MANAGER, Role.OWNER, Role.COMPLIANCE)
    request = house.ask(both, "fern", Role.BILLER, kind=RequestKind.ACCOUNT)
    with pytest.raises(SamePerson):
        house.approve(both, request)
    guarded = house.ask(staff["manager"], "owner", Role.COMPLIANCE)
    house.clear("owner", staff["manager"])
    assert not house.approve(both, guarded)
    with pytest.raises(WorkbenchError):
        house.approve(both, guarded)
    assert house.approve(staff["officer"], guarded)


def test_an_owner_takes_an_owner_and_a_compliance_officer(house: House, staff: dict[str, Actor]) -> None:
    second = house.person("second", Role.OWNER)
    request = house.ask(staff["manager"], "fern", Role.OWNER, kind=RequestKind.ACCOUNT)
    assert not house.approve(staff["owner"], request)
    assert not house.approve(second, request)  # two owners are not enough
    assert house.user("fern") is None
    assert house.approve(staff["officer"], request)
    assert set(house.grants("fern")) == {"owner"}


def test_what_was_approved_does_not_count_once_its_approver_lost_the_role(
    house: House, staff: dict[str, Actor], now: datetime
) -> None:
    request = house.ask(staff["manager"], "fern", Role.OWNER, kind=RequestKind.ACCOUNT)
    house.person("second", Role.OWNER)
    assert not house.approve(staff["officer"], request)
    house.person("other officer", Role.COMPLIANCE)
    house.end_grants("officer", now)
    assert not house.approve(staff["owner"], request)
    assert house.user("fern") is None
    with pytest.raises(NotFound):
        house.approve(staff["officer"], request)


def test_nothing_is_approved_that_was_asked_by_somebody_who_may_not_ask_any_more(
    house: House, staff: dict[str, Actor], now: datetime
) -> None:
    request = house.ask(staff["manager"], "fern", Role.BILLER, kind=RequestKind.ACCOUNT)
    house.end_grants("manager", now)
    with pytest.raises(AskerGone):
        house.approve(staff["owner"], request)


def test_an_approval_falls_when_the_request_changes(house: House, staff: dict[str, Actor], now: datetime) -> None:
    request = house.ask(staff["manager"], "fern", Role.OWNER, kind=RequestKind.ACCOUNT)
    house.approve(staff["owner"], request)
    more = Wanted(frozenset({Role.OWNER, Role.BILLER}), "And billing", email="fern@example.test")
    change_access_request(house.gate, staff["manager"], request, now=now, wanted=more)
    with pytest.raises(StalePage):
        house.approve(staff["officer"], request)
    assert not house.approve(staff["officer"], request, number=2)
    assert house.user("fern") is None
    assert house.approve(staff["owner"], request, number=2)


def test_fifty_approvals_at_once_carry_it_out_once(house: House, staff: dict[str, Actor]) -> None:
    request = house.ask(staff["manager"], "fern", Role.BILLER, kind=RequestKind.ACCOUNT)

    def attempt(number: int) -> bool:
        try:
            return house.approve(staff["owner" if number % 2 else "officer"], request)
        except WorkbenchError:
            return False

    with ThreadPoolExecutor(50) as together:
        assert sum(together.map(attempt, range(50))) == 1
    with house.gate.store.reading() as read:
        fern = read.scalars(select(User).where(User.person_id == "stf_fern")).one()
        assert len(read.scalars(select(RoleGrant).where(RoleGrant.user_id == fern.id)).all()) == 1
    log = events(house.gate.store)
    assert log.count(("access.changed", "done")) == log.count(("access.approved", "done")) == 1
    assert log.count(("action.refused", "refused")) == 49
    with pytest.raises(RequestClosed):
        house.approve(staff["owner"], request)


def test_a_role_that_reaches_health_data_waits_for_the_clearance(house: House, staff: dict[str, Actor]) -> None:
    request = house.ask(staff["manager"], "moss", Role.BILLER, kind=RequestKind.ACCOUNT)
    with pytest.raises(ClearanceMissing, match=r"exclusion lists checked, confidentiality .* training"):
        house.approve(staff["owner"], request)
    house.clear("moss", staff["manager"])
    assert house.approve(staff["owner"], request)
    # Who keeps the machines running reaches none.
    assert house.approve(staff["owner"], house.ask(staff["manager"], "it", Role.IT, kind=RequestKind.ACCOUNT))


def test_a_trainee_gets_a_named_supervisor_with_dates(house: House, staff: dict[str, Actor]) -> None:
    house.person("sage", Role.CLINICIAN, Role.SUPERVISOR)
    request = house.ask(
        staff["manager"], "fern", Role.CLINICIAN, kind=RequestKind.ACCOUNT, supervisor_id="stf_sage",
        ends_on=date(2026, 9, 1),
    )  # fmt: skip
    assert house.approve(staff["owner"], request)
    with house.gate.store.reading() as read:
        supervision = read.scalars(select(Supervision)).one()
        terms = read.scalars(select(RoleGrantTerms)).one()
    assert (supervision.supervisor_id, supervision.supervisee_id) == ("stf_sage", "stf_fern")
    assert (supervision.from_on, supervision.until_on) == (date(2026, 3, 9), date(2026, 9, 1))
    assert (terms.needs_cosign, terms.supervisor_id, terms.request_id) == (True, "stf_sage", request)


def test_a_role_asked_for_again_goes_on_under_one_grant(house: House, staff: dict[str, Actor], now: datetime) -> None:
    house.person("moss", Role.IT)
    request = house.ask(staff["manager"], "moss", Role.IT, ends_on=date(2026, 6, 1))
    assert house.approve(staff["owner"], request)
    assert house.grants("moss") == {"it": datetime(2026, 6, 1, 4, tzinfo=now.tzinfo)}
    assert house.request(request).roles_before == "it"


def test_the_last_owner_stays(house: House, staff: dict[str, Actor]) -> None:
    request = house.ask(staff["manager"], "owner", Role.OWNER, kind=RequestKind.END_ROLE)
    third = house.person("third", Role.COMPLIANCE)
    assert not house.approve(staff["officer"], request)
    with pytest.raises(WorkbenchError):
        house.approve(staff["owner"], request)
    assert not house.approve(third, request)
    assert "owner" in house.grants("owner")
    house.person("second", Role.OWNER)
    second = house.signed_in("second", house.user("second").id, Role.OWNER)  # type: ignore[union-attr]
    assert house.approve(second, request)
    assert "owner" not in house.grants("owner")
    alone = house.ask(staff["manager"], "second", Role.OWNER, kind=RequestKind.END_ROLE)
    house.approve(third, alone)
    with pytest.raises((SamePerson, LastHolder)):
        house.approve(second, alone)


def test_the_last_compliance_officer_stays(house: House, staff: dict[str, Actor]) -> None:
    second = house.person("second", Role.COMPLIANCE)
    request = house.ask(staff["manager"], "officer", Role.COMPLIANCE, kind=RequestKind.END_ROLE)
    house.approve(second, request)
    assert house.approve(staff["owner"], request)
    last = house.ask(staff["manager"], "second", Role.COMPLIANCE, kind=RequestKind.END_ROLE)
    assert not house.approve(staff["owner"], last)
    assert "compliance" in house.grants("second")


def test_approving_asks_for_a_fresh_factor(house: House, staff: dict[str, Actor], now: datetime) -> None:
    request = house.ask(staff["manager"], "fern", Role.BILLER, kind=RequestKind.ACCOUNT)
    stale = Actor(staff["owner"].user_id, "stf_owner", frozenset({Role.OWNER}), "0" * 64, now - timedelta(seconds=1))
    with pytest.raises(StepUpNeeded):
        approve_access(house.gate, stale, request, now=now, number=1)


def test_who_left_or_was_disabled_since_is_given_nothing(house: House, staff: dict[str, Actor], now: datetime) -> None:
    moss, sage = (house.person(name, Role.FRONT_DESK) for name in ("moss", "sage"))
    gone, disabled = (house.ask(staff["manager"], name, Role.IT) for name in ("moss", "sage"))
    with house.gate.store.writing() as session:
        session.get_one(Staff, moss.person_id).ended_on = now.date()
        session.get_one(User, sage.user_id).state = AccountState.DISABLED
        session.commit()
    with pytest.raises(NoLongerHere):
        house.approve(staff["owner"], gone)
    with pytest.raises(AccountDisabled):
        house.approve(staff["owner"], disabled)
    assert (set(house.grants("moss")), set(house.grants("sage"))) == ({"front_desk"}, {"front_desk"})


def test_who_gets_a_role_that_asks_for_a_passkey_signs_in_anew(
    house: House, staff: dict[str, Actor], now: datetime
) -> None:
    moss = house.person("moss", Role.FRONT_DESK)
    session = UserSession(token_hash="1" * 64, user_id=moss.user_id, person_id=moss.person_id, opened_at=now,
                          last_input_at=now)  # fmt: skip
    put(house.gate.store, [session])
    house.clear("moss", staff["manager"])
    house.approve(staff["owner"], house.ask(staff["manager"], "moss", Role.BILLER))
    assert set(live_sessions(house.gate, ["1" * 64], now)) == {"1" * 64}
    request = house.ask(staff["manager"], "moss", Role.IT)
    assert approve_access(house.gate, staff["owner"], request, now=now, number=1).ended == ("1" * 64,)
    assert live_sessions(house.gate, ["1" * 64], now) == {}
