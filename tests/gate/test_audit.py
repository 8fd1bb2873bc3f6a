"""The chain: every change of what was written is found, and told where."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from tests.gate.test_action import DESK, NOW
from tests.gate.verbs import enter
from workbench.gate.action import Gate
from workbench.gate.audit import GENESIS, Entry, canonical, leaf_of, verify
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission


def tampered(gate: Gate, statement: str) -> None:
    """Change the log behind the database's own guard, as somebody with its keys could."""
    with gate.store.engine.begin() as connection:
        if gate.store.dialect == "sqlite":
            connection.execute(text("DROP TRIGGER audit_events_no_update"))
            connection.execute(text("DROP TRIGGER audit_events_no_delete"))
        else:
            connection.execute(text("DROP TRIGGER audit_events_no_change ON audit_events"))
        connection.execute(text(statement))


@pytest.fixture
def busy(gate: Gate) -> Gate:
    for number in range(1, 7):
        enter(gate, DESK, now=NOW + timedelta(minutes=number), name=f"Fern {number}")
    return gate


def test_an_untouched_log_is_sound(busy: Gate) -> None:
    with busy.store.reading() as session:
        verdict = verify(session)
    assert (verdict.events, verdict.broken_at) == (6, None)


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE audit_events SET body = (SELECT body FROM audit_events WHERE seq = 2) WHERE seq = 4", 4),
        ("UPDATE audit_events SET actor_id = 'usr_somebody' WHERE seq = 3", 3),
        ("UPDATE audit_events SET at = (SELECT at FROM audit_events WHERE seq = 1) WHERE seq = 5", 5),
        ("UPDATE audit_events SET leaf = (SELECT leaf FROM audit_events WHERE seq = 1) WHERE seq = 2", 2),
        ("UPDATE audit_events SET outcome = 'refused' WHERE seq = 6", 6),
        ("DELETE FROM audit_events WHERE seq = 3", 3),
        ("DELETE FROM audit_events WHERE seq = 1", 1),
    ],
)
def test_a_change_of_any_row_is_found_where_it_is(busy: Gate, statement: str, broken_at: int) -> None:
    tampered(busy, statement)
    with busy.store.reading() as session:
        assert verify(session).broken_at == broken_at


def test_a_whole_swap_of_two_rows_is_found(busy: Gate) -> None:
    tampered(busy, "UPDATE audit_events SET seq = -seq WHERE seq IN (2, 3)")
    with busy.store.engine.begin() as connection:
        connection.execute(text("UPDATE audit_events SET seq = CASE seq WHEN -2 THEN 3 ELSE 2 END WHERE seq < 0"))
    with busy.store.reading() as session:
        assert verify(session).broken_at == 2


@given(facts=st.dictionaries(st.text(max_size=8), st.integers() | st.text(max_size=8) | st.booleans(), max_size=5))
def test_the_canonical_body_is_one_line_of_sorted_keys_and_depends_on_nothing_else(facts: dict[str, int]) -> None:
    entry = Entry(DESK, AuditEvent.AUDIT_READ, Permission.READ_AUDIT, NOW, facts=facts)
    backwards = Entry(DESK, AuditEvent.AUDIT_READ, Permission.READ_AUDIT, NOW, facts=dict(reversed(facts.items())))
    body = canonical(entry, 1, GENESIS, "")
    assert body == canonical(backwards, 1, GENESIS, "")
    assert b"\n" not in body
    assert leaf_of(body) != leaf_of(canonical(entry, 2, GENESIS, ""))
