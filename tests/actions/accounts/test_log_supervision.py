"""Who was supervised by whom that day logs it, and the log names nobody in care."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from tests.actions.accounts.supervising import WHO, logged, practice
from tests.factories.small_practice import every_row
from workbench.accounts.supervision_rules import HoursWrong, NotSupervising, by_month
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed
from workbench.gate.relations import Supervision
from workbench.screens.supervision_log import supervision_log
from workbench.store.engine import Store

__all__ = ["practice"]


def test_both_see_what_either_logged_and_it_waits(gate: Gate, now: datetime) -> None:
    logged(gate, WHO.supervisor, now)
    for who, has_to_agree in ((WHO.ada, True), (WHO.supervisor, False)):
        log = supervision_log(gate, who, now=now)
        assert [(one.state, one.may_agree, one.topic) for one in log.hours] == [("waits", has_to_agree, "Ending well.")]
        assert log.months == ()
        assert [one.supervisee for one in log.links] == ["Ada Byron, LCSW"]
    assert supervision_log(gate, WHO.ben, now=now).hours == ()


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"minutes": 0}, "minutes"), ({"minutes": 481}, "minutes"), ({"kind": "by letter"}, "kind"),
        ({"topic": " "}, "topic"), ({"topic": "How Catherine Moss ends things."}, "topic"),
        ({"held_on": date(2026, 3, 10)}, "held_on"), ({"held_on": date(2025, 1, 30)}, "held_on"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_by_field(
    gate: Gate, store: Store, now: datetime, change: dict[str, object], where: str
) -> None:
    before = every_row(store)
    with pytest.raises(HoursWrong) as refused:
        logged(gate, WHO.ada, now, **change)
    assert list(refused.value.fields) == [where]
    assert "Moss" not in str(refused.value)
    assert every_row(store) == before


def test_only_the_two_of_a_supervision_that_stood_log_it(gate: Gate, now: datetime) -> None:
    with pytest.raises(NotSupervising):
        logged(gate, WHO.ben, now)
    with pytest.raises(NotSupervising):
        logged(gate, WHO.ben, now, supervisor_id="stf_ben")
    for who in (WHO.desk, WHO.biller, WHO.manager):
        with pytest.raises(NotAllowed):
            logged(gate, who, now)
        with pytest.raises(NotAllowed):
            supervision_log(gate, who, now=now)


@given(st.lists(st.tuples(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 480))))
def test_months_add_up_to_the_whole(hours: list[tuple[date, int]]) -> None:
    found = by_month(hours)
    assert sum(found.values()) == sum(minutes for _, minutes in hours)
    assert list(found) == sorted({f"{on:%Y-%m}" for on, _ in hours}, reverse=True)


def test_a_supervision_that_has_ended_is_logged_for_its_own_days(gate: Gate, store: Store, now: datetime) -> None:
    with store.engine.begin() as connection:
        connection.execute(update(Supervision).values(until_on=now.date()))
    with pytest.raises(NotSupervising):
        logged(gate, WHO.ada, now)
    logged(gate, WHO.ada, now, held_on=now.date() - timedelta(days=1))
