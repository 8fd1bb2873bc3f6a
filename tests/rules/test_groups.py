"""Who may come together, and how a session of several stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.scheduling.group_rules import (
    LEAST,
    MOST,
    GroupKind,
    GroupWrong,
    check_leaders,
    checked_most,
    checked_name,
    coming,
    stands,
)
from workbench.scheduling.rules import ENDED
from workbench.scheduling.tables import AttendanceStatus as Status

STATUSES = st.lists(st.sampled_from(list(Status)), min_size=1, max_size=12)


@given(STATUSES)
def test_it_stands_as_somebody_in_it_does_whatever_the_order(statuses: list[Status]) -> None:
    assert stands(statuses) in statuses
    assert stands(reversed(statuses)) is stands(statuses)


@given(STATUSES)
def test_it_is_off_when_all_are_and_only_then(statuses: list[Status]) -> None:
    assert (stands(statuses) in ENDED) == (coming(statuses) == 0)


@given(STATUSES)
def test_it_is_done_when_nobody_is_awaited_or_here_any_more(statuses: list[Status]) -> None:
    open_ones = {Status.BOOKED, Status.CONFIRMED, Status.ARRIVED, Status.IN_SESSION} & set(statuses)
    assert (stands(statuses) in open_ones) == bool(open_ones)


def test_it_is_confirmed_only_when_everybody_is() -> None:
    assert stands([Status.CONFIRMED, Status.BOOKED]) is Status.BOOKED
    assert stands([Status.CONFIRMED, Status.CANCELLED]) is Status.CONFIRMED


@pytest.mark.parametrize("kind", list(GroupKind))
def test_every_kind_has_room_for_those_it_needs(kind: GroupKind) -> None:
    assert LEAST[kind] <= checked_most(kind, 2) <= MOST[kind]


@given(st.text(max_size=80))
def test_a_name_is_kept_in_one_line_or_refused(typed: str) -> None:
    kept = " ".join(typed.split())
    if 0 < len(kept) <= 60:
        assert checked_name(GroupKind.GROUP, typed) == kept
    else:
        with pytest.raises(GroupWrong) as refused:
            checked_name(GroupKind.GROUP, typed)
        assert set(refused.value.fields) == {"name"}
    assert checked_name(GroupKind.COUPLE, typed) == ""


@given(st.lists(st.sampled_from(["stf_a", "stf_b", "stf_c", "stf_d", "stf_e", ""]), max_size=6))
def test_everybody_leads_once_and_nobody_beside_themselves(beside: list[str]) -> None:
    wanted = set(beside) - {""}
    if "stf_a" in wanted or len(wanted) > 3:
        with pytest.raises(GroupWrong):
            check_leaders("stf_a", beside)
    else:
        found = check_leaders("stf_a", beside)
        assert sorted(found) == sorted(wanted)
