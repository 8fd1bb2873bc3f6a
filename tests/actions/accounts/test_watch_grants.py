"""The nightly look at what ends soon: people are told once, and the last owner does not end unnoticed."""

from datetime import datetime, timedelta

from tests.actions.accounts.granting import House
from tests.actions.accounts.reviewing import reviewed
from tests.actions.accounts.signing_in import told
from tests.actions.accounts.test_work_alone import TOLD
from tests.factories.small_practice import events
from workbench.accounts.notices import NoticeKind
from workbench.actions.accounts.attest_access import attest_access
from workbench.actions.accounts.watch_grants import watch_grants
from workbench.actions.accounts.work_alone import work_alone
from workbench.gate.action import Gate
from workbench.gate.actor import Role
from workbench.jobs.handlers import HANDLERS

JOB = next(handler.actor for handler in HANDLERS if handler.kind == "watch_grants")


def ending(house: House, name: str, at: datetime) -> None:
    user = house.user(name)
    assert user is not None
    house.change(lambda row: setattr(row, "ended_at", at), user.id)


def test_whose_role_ends_soon_hears_of_it_once(gate: Gate, now: datetime) -> None:
    house = House(gate, now)
    for name, days in (("fern", 14), ("moss", 15)):
        house.person(name, Role.BILLER)
        ending(house, name, now + timedelta(days=days))
    assert watch_grants(gate, JOB, now=now).told == 1
    assert watch_grants(gate, JOB, now=now + timedelta(hours=1)).told == 0
    assert told(gate) == [NoticeKind.ROLE_ENDS_SOON]


def test_the_last_owner_is_kept_and_every_approver_hears_of_it(gate: Gate, now: datetime) -> None:
    house = House(gate, now)
    house.person("officer", Role.COMPLIANCE)
    for name, days in (("owner", 3), ("other", 2)):
        house.person(name, Role.OWNER)
        ending(house, name, now + timedelta(days=days))
    assert watch_grants(gate, JOB, now=now).kept == ("owner",)
    assert house.grants("owner") == {"owner": now + timedelta(days=33)}
    assert house.grants("other") == {"owner": now + timedelta(days=2)}
    assert told(gate).count(NoticeKind.LAST_HOLDER_KEPT) == 3
    assert ("last_holder.kept", "done") in events(gate.store)
    assert watch_grants(gate, JOB, now=now).kept == ()


def test_working_alone_ends_when_two_could_approve(gate: Gate, now: datetime) -> None:
    house = House(gate, now)
    work_alone(gate, house.person("owner", Role.OWNER), now=now, **TOLD)
    watch_grants(gate, JOB, now=now)
    assert ("solo_mode.ended", "done") not in events(gate.store)
    house.person("officer", Role.COMPLIANCE)
    watch_grants(gate, JOB, now=now)
    assert ("solo_mode.ended", "done") in events(gate.store)


def test_who_approves_is_told_once_before_roles_end_for_want_of_a_review(gate: Gate, now: datetime) -> None:
    house = House(gate, now)
    house.person("owner", Role.OWNER)
    house.person("fern", Role.BILLER)
    for days, heard in ((85, 0), (86, 1), (87, 1), (99, 1)):
        assert watch_grants(gate, JOB, now=now + timedelta(days=days)).unreviewed == 0
        assert told(gate).count(NoticeKind.REVIEW_WANTED) == heard
    assert house.grants("fern", now + timedelta(days=99)) == {"biller": None}


def test_a_role_that_nobody_reviewed_for_a_hundred_days_ends_but_the_last_owners(gate: Gate, now: datetime) -> None:
    house, late = House(gate, now), now + timedelta(days=100)
    for name, role in (("owner", Role.OWNER), ("officer", Role.COMPLIANCE), ("fern", Role.BILLER)):
        house.person(name, role)
    assert watch_grants(gate, JOB, now=late - timedelta(seconds=1)).unreviewed == 0
    assert watch_grants(gate, JOB, now=late).unreviewed == 1
    assert (house.grants("fern", late), house.grants("owner", late)) == ({}, {"owner": None})
    assert house.grants("officer", late) == {"compliance": None}
    assert told(gate).count(NoticeKind.ROLE_UNREVIEWED) == 1
    assert ("grant.suspended", "done") in events(gate.store)
    assert watch_grants(gate, JOB, now=late + timedelta(days=1)).unreviewed == 0


def test_of_two_owners_one_stays_and_a_younger_role_stays_too(gate: Gate, now: datetime) -> None:
    house, late = House(gate, now), now + timedelta(days=100)
    for name in ("owner", "other"):
        house.person(name, Role.OWNER)
    House(gate, now + timedelta(days=1)).person("moss", Role.BILLER)
    assert watch_grants(gate, JOB, now=late).unreviewed == 1
    assert len(house.grants("owner", late)) + len(house.grants("other", late)) == 1
    assert house.grants("moss", late) == {"biller": None}


def test_a_role_that_was_kept_in_a_review_counts_from_then(gate: Gate, now: datetime) -> None:
    review = reviewed(gate, now)  # seventy days on
    line = review.line("biller", Role.BILLER)
    attest_access(gate, review.officer, line.line_id, now=review.now, decision="keep", reason="Works on denials.")
    house, late = House(gate, now), now + timedelta(days=101)
    watch_grants(gate, JOB, now=late)
    assert house.grants("biller", late) == {"biller": None}
    watch_grants(gate, JOB, now=review.now + timedelta(days=100))
    assert house.grants("biller", review.now + timedelta(days=100)) == {}


def test_who_works_alone_keeps_what_nobody_else_could_review(gate: Gate, now: datetime) -> None:
    house, late = House(gate, now), now + timedelta(days=200)
    house.person("owner", Role.OWNER, Role.CLINICIAN)
    house.person("fern", Role.BILLER)
    assert watch_grants(gate, JOB, now=late).unreviewed == 1
    assert set(house.grants("owner", late)) == {"owner", "clinician"}
    assert house.grants("fern", late) == {}
    warned = told(gate).count(NoticeKind.REVIEW_WANTED)
    watch_grants(gate, JOB, now=late + timedelta(days=60))  # nothing is left that would end
    assert told(gate).count(NoticeKind.REVIEW_WANTED) == warned
