"""The nightly look at what ends soon: people are told once, and the last owner does not end unnoticed."""

from datetime import datetime, timedelta

from tests.actions.accounts.granting import House
from tests.actions.accounts.signing_in import told
from tests.actions.accounts.test_work_alone import TOLD
from tests.factories.small_practice import events
from workbench.accounts.notices import NoticeKind
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
