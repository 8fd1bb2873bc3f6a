"""The door: permitted, in one transaction, with its audit line, or not at all."""

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, text

from tests.gate.verbs import NumberTaken, TestRefusal, enter, enter_silently, rename
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY, Actor, Role, SystemActor
from workbench.gate.audit import AuditRow
from workbench.gate.errors import KeyReused, NotAllowed, NotFound, StalePage, Unaudited
from workbench.gate.permissions import Permission
from workbench.gate.queue import Job
from workbench.people.tables import Patient

NOW = datetime(2026, 3, 9, 15, tzinfo=UTC)
DESK = Actor("usr_desk", "stf_desk", frozenset({Role.FRONT_DESK}))


def counts(gate: Gate) -> tuple[int, int, list[tuple[str, str]]]:
    """Patients, promised jobs, and the log's (event, outcome) in order."""
    with gate.store.reading() as session:
        log = session.execute(select(AuditRow.event, AuditRow.outcome).order_by(AuditRow.seq))
        return (
            session.scalar(select(func.count(Patient.id))) or 0,
            session.scalar(select(func.count(Job.id))) or 0,
            [(row.event, row.outcome) for row in log],
        )


def test_a_verb_writes_its_rows_its_promise_and_its_audit_line_together(gate: Gate) -> None:
    done = enter(gate, DESK, now=NOW, name="Fern")
    assert done.number == 1
    assert counts(gate) == (1, 1, [("patient.registered", "done")])


def test_a_refused_verb_leaves_nothing_but_the_line_that_it_was_refused(gate: Gate) -> None:
    with pytest.raises(TestRefusal):
        enter(gate, DESK, now=NOW, name="Fern", refuse=True)
    assert counts(gate) == (0, 0, [("action.refused", "refused")])


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MANAGER, Role.FRONT_DESK}))
def test_who_is_not_in_the_policy_is_refused_and_it_is_written_down(gate: Gate, role: Role) -> None:
    with pytest.raises(NotAllowed):
        enter(gate, Actor("usr_x", "stf_x", frozenset({role})), now=NOW, name="Fern")
    assert counts(gate) == (0, 0, [("action.refused", "refused")])


def test_a_job_may_do_what_it_was_given_by_name_and_nothing_else(gate: Gate) -> None:
    enter(gate, SystemActor("importer", frozenset({Permission.REGISTER_PATIENT})), now=NOW, name="Fern")
    with pytest.raises(NotAllowed):
        enter(gate, SystemActor("mailer", frozenset({Permission.SIGN_IN})), now=NOW, name="Moss")
    with pytest.raises(NotAllowed):
        enter(gate, NOBODY, now=NOW, name="Moss")
    assert counts(gate)[0] == 1


def test_a_verb_that_forgets_its_audit_line_writes_nothing(gate: Gate) -> None:
    with pytest.raises(Unaudited):
        enter_silently(gate, DESK, now=NOW, name="Fern")
    assert counts(gate) == (0, 0, [])


def test_the_same_form_sent_twice_acts_once_and_answers_alike(gate: Gate) -> None:
    first = enter(gate, DESK, now=NOW, name="Fern", idempotency_key="form 1")
    assert enter(gate, DESK, now=NOW, name="Fern", idempotency_key="form 1") == first
    assert counts(gate)[0] == 1


def test_a_key_is_one_persons_own_and_bound_to_its_values(gate: Gate) -> None:
    enter(gate, DESK, now=NOW, name="Fern", idempotency_key="form 1")
    with pytest.raises(KeyReused):
        enter(gate, DESK, now=NOW, name="Moss", idempotency_key="form 1")
    enter(gate, Actor("usr_other", "stf_o", frozenset({Role.MANAGER})), now=NOW, name="Moss", idempotency_key="form 1")
    assert counts(gate)[0] == 2


def test_a_stale_page_changes_nothing(gate: Gate) -> None:
    patient = enter(gate, DESK, now=NOW, name="Fern").patient_id
    rename(gate, DESK, patient, now=NOW, name="Moss", expected_version=1)
    with pytest.raises(StalePage):
        rename(gate, DESK, patient, now=NOW, name="Sage", expected_version=1)
    with gate.store.reading() as session:
        assert session.get_one(Patient, patient).details.given_name == "Moss"


def test_a_foreign_id_and_a_missing_one_are_refused_in_the_same_words(gate: Gate) -> None:
    patient = enter(gate, DESK, now=NOW, name="Fern").patient_id
    biller = Actor("usr_b", "stf_b", frozenset({Role.BILLER}))
    with pytest.raises(NotFound) as foreign:
        rename(gate, biller, patient, now=NOW, name="Moss")
    with pytest.raises(NotFound) as missing:
        rename(gate, biller, "pat_" + "a" * 26, now=NOW, name="Moss")
    assert str(foreign.value) == str(missing.value)


def test_a_constraint_of_the_database_speaks_in_the_verbs_own_words(gate: Gate) -> None:
    enter(gate, DESK, now=NOW, name="Fern", number=7)
    with pytest.raises(NumberTaken):
        enter(gate, DESK, now=NOW, name="Moss", number=7)
    assert counts(gate)[2] == [("patient.registered", "done"), ("action.refused", "refused")]


def test_eight_at_once_lose_nothing_and_keep_one_chain(gate: Gate) -> None:
    def work(name: str) -> None:
        for turn in range(5):
            enter(gate, DESK, now=NOW, name=f"{name}{turn}", number=1 + turn * 8 + int(name))

    threads = [threading.Thread(target=work, args=(str(n),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    patients, _, log = counts(gate)
    assert (patients, len(log)) == (40, 40)


@pytest.mark.parametrize("change", ["UPDATE audit_events SET event = 'x'", "DELETE FROM audit_events"])
def test_the_database_itself_refuses_to_change_the_log(gate: Gate, change: str) -> None:
    enter(gate, DESK, now=NOW, name="Fern")
    with pytest.raises(Exception, match="append_only"), gate.store.engine.begin() as connection:
        connection.execute(text(change))
    assert counts(gate)[2] == [("patient.registered", "done")]
