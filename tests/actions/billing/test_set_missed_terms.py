"""The terms of missed sessions: versions, kept amounts, and nothing that nobody means."""

from datetime import datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.actions.billing.missing import Missing
from tests.factories.small_practice import events, every_row, people
from workbench.actions.billing.set_missed_terms import set_missed_terms
from workbench.billing.missed_rules import TermsWrong
from workbench.billing.missed_tables import MissedTerms
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed
from workbench.people.tables import Practice


def test_a_new_version_counts_and_the_one_before_stays(gate: Gate, missing: Missing, now: datetime) -> None:
    set_missed_terms(gate, people().manager, now=now, notice_hours=48, late_cents=0, no_show_cents=12_000)
    with gate.store.reading() as session:
        kept = session.execute(
            select(MissedTerms.nth, MissedTerms.notice_hours, MissedTerms.no_show_cents).order_by(MissedTerms.nth)
        ).all()
        assert [tuple(one) for one in kept] == [(1, 24, 9_000), (2, 48, 12_000)]
        assert session.scalars(select(Practice.notice_hours)).one() == 48
    assert events(gate.store)[-1] == ("missed_terms.set", "done")
    del missing


@pytest.mark.parametrize(("said", "field"), [
    ({"notice_hours": -1}, "notice_hours"), ({"notice_hours": 169}, "notice_hours"),
    ({"late_cents": -1}, "late"), ({"late_cents": 50_001}, "late"), ({"no_show_cents": 50_001}, "no_show"),
])  # fmt: skip
def test_what_nobody_means_is_told_at_its_field(
    gate: Gate, missing: Missing, now: datetime, said: dict[str, int], field: str
) -> None:
    before = every_row(gate.store)
    with pytest.raises(TermsWrong) as refused:
        set_missed_terms(
            gate, people().manager, now=now, **{"notice_hours": 24, "late_cents": 1, "no_show_cents": 1, **said}
        )
    assert set(refused.value.fields) == {field}
    assert every_row(gate.store) == before
    del missing


def test_nobody_changes_them_afterwards(gate: Gate, missing: Missing) -> None:
    with pytest.raises(DBAPIError, match="missed_terms_append_only"), gate.store.engine.begin() as connection:
        connection.execute(text("UPDATE missed_terms SET late_cents = 1"))
    del missing


@pytest.mark.parametrize("who", ["ada", "desk", "biller", "it", "compliance"])
def test_others_cannot(gate: Gate, missing: Missing, now: datetime, who: str) -> None:
    with pytest.raises(NotAllowed):
        set_missed_terms(gate, getattr(people(), who), now=now, notice_hours=1, late_cents=1, no_show_cents=1)
    del missing
