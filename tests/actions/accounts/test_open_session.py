"""Opening a session: with a fresh code, once, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.web.edge import Person, provision
from workbench.accounts.queries import live_sessions
from workbench.accounts.rules import ABSOLUTE, Opened, SignInRefused
from workbench.accounts.tables import Authenticator, User, UserSession
from workbench.actions.accounts.open_session import open_session
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY, Actor, Role
from workbench.gate.audit import AuditRow
from workbench.gate.errors import NotFound
from workbench.gate.presence import note_input
from workbench.kernel.errors import WorkbenchError


@pytest.fixture
def fern(gate: Gate, now: datetime) -> Person:
    return provision(gate, now, "fern", Role.CLINICIAN, Role.OWNER)


def opened(gate: Gate, fern: Person, now: datetime, code: str = "") -> Opened:
    return open_session(gate, NOBODY, fern.account.user_id, now=now, code=code or fern.code(now))


def test_a_fresh_code_opens_a_session_with_the_persons_roles(gate: Gate, fern: Person, now: datetime) -> None:
    session = opened(gate, fern, now)
    live = live_sessions(gate, [session.session_hash, "no such"], now)[session.session_hash]
    assert live.actor == Actor(
        fern.account.user_id,
        "stf_fern",
        frozenset({Role.CLINICIAN, Role.OWNER}),
        session.session_hash,
        now + timedelta(minutes=5),
    )
    with gate.store.reading() as read:
        assert session.token not in [row.token_hash for row in read.scalars(select(UserSession))]
        line = read.scalars(select(AuditRow).order_by(AuditRow.seq.desc())).first()
    assert line is not None
    assert (line.event, line.subject_type, line.subject_id) == ("session.opened", "users", fern.account.user_id)


def test_a_code_opens_one_session(gate: Gate, fern: Person, now: datetime) -> None:
    opened(gate, fern, now)
    for later in (0, 29, 30):  # the code stays in the window, and is spent
        with pytest.raises(SignInRefused):
            opened(gate, fern, now + timedelta(seconds=later), fern.code(now))


def test_an_older_code_is_spent_with_a_newer_one(gate: Gate, fern: Person, now: datetime) -> None:
    opened(gate, fern, now)
    with pytest.raises(SignInRefused):
        opened(gate, fern, now, fern.code(now - timedelta(seconds=30)))


def test_of_eight_at_once_one_wins(gate: Gate, fern: Person, now: datetime) -> None:
    def attempt(_: int) -> bool:
        try:
            opened(gate, fern, now)
        except WorkbenchError:
            return False
        return True

    with ThreadPoolExecutor(8) as together:
        assert sum(together.map(attempt, range(8))) == 1
    with gate.store.reading() as read:
        assert len(read.scalars(select(UserSession)).all()) == 1


def test_a_wrong_code_changes_nothing_and_is_written_down(gate: Gate, fern: Person, now: datetime) -> None:
    with pytest.raises(SignInRefused):
        opened(gate, fern, now, "000000")
    with gate.store.reading() as read:
        assert read.scalars(select(Authenticator.last_step)).all() == [0]
        line = read.scalars(select(AuditRow).order_by(AuditRow.seq.desc())).first()
    assert line is not None
    assert (line.event, line.outcome, line.subject_id) == ("action.refused", "refused", fern.account.user_id)


def test_a_disabled_account_is_refused_with_the_same_words(gate: Gate, fern: Person, now: datetime) -> None:
    live = opened(gate, fern, now).session_hash
    with gate.store.writing() as write:
        write.scalars(select(User)).one().state = "disabled"
        write.commit()
    later = now + timedelta(minutes=1)
    with pytest.raises(SignInRefused):
        opened(gate, fern, later)
    assert live_sessions(gate, [live], now) == {}


def test_an_account_that_does_not_exist_is_not_found(gate: Gate, now: datetime) -> None:
    with pytest.raises(NotFound):
        open_session(gate, NOBODY, "usr_nobody", now=now, code="000000")


def test_input_keeps_a_session_alive_up_to_its_absolute_end_and_never_moves_back(
    gate: Gate, fern: Person, now: datetime
) -> None:
    session = opened(gate, fern, now).session_hash
    at = now
    while at + timedelta(minutes=14) < now + ABSOLUTE:
        at += timedelta(minutes=14)
        note_input(gate.store, session, at)
        assert session in live_sessions(gate, [session], at)
    note_input(gate.store, session, now)
    assert session in live_sessions(gate, [session], at + timedelta(minutes=1))
    assert live_sessions(gate, [session], now + ABSOLUTE) == {}
