"""Every signed record is what was signed, after a new version of its form, another key, a restore; or it is named."""

import base64
import os
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.actions.charting.plans import in_force
from tests.actions.forms.having import begun, fill_in
from tests.factories.an_open_practice import people, practice
from tests.factories.intake import EMERGENCY, assigned, signed
from tests.factories.intake import begun as begins_own
from tests.factories.small_practice import FERN, People, events, visit
from workbench.actions.charting.amend_note import amend_note
from workbench.actions.charting.sign_note import sign_note
from workbench.actions.charting.write_note import write_note
from workbench.actions.forms.edit_form import Step, edit_form
from workbench.actions.forms.finish_form_edit import finish_form_edit
from workbench.actions.forms.publish_form import publish_form
from workbench.actions.forms.sign_form import sign_form
from workbench.charting.rules import content_hash, signature_of
from workbench.charting.tables import Note
from workbench.cli import main
from workbench.forms.tables import FormResponse
from workbench.gate.action import Gate
from workbench.gate.actor import SystemActor
from workbench.gate.errors import NotAllowed
from workbench.gate.permissions import Permission
from workbench.jobs.handlers import JobRun, verify_signed_records
from workbench.kernel.settings import Settings
from workbench.screens.form_responses import form_response
from workbench.screens.signed_records import RecordsBroken, SignedRecords, check_signed, signed_records
from workbench.store.engine import Store, open_store, open_vault
from workbench.store.keyring import Keyring, read_kek

__all__ = ["people", "practice"]
ONE_OF_EACH = {"note": 1, "form": 1, "treatment plan": 1, "addendum": 1, "form of a person in care": 1}


@dataclass(frozen=True)
class Records:
    """What Ada signed about Fern."""

    note_id: str
    response_id: str
    version_id: str


@pytest.fixture
def records(gate: Gate, store: Store, people: People, now: datetime) -> Records:
    """A note with an addendum, a form and a plan."""
    written = write_note(gate, people.ada, visit(store, 1, now - timedelta(hours=1)), now=now, version=0,
                         assessment="Less worried.", plan="Weekly.", diagnoses=("F41.1",))  # fmt: skip
    sign_note(gate, people.ada, written.note_id, now=now)
    amend_note(gate, people.ada, written.note_id, now=now, kind="addendum", reason="Recalled", text="Sleeps better.")
    response_id = begun(gate, people, now)
    fill_in(gate, people, now, response_id)
    sign_form(gate, people.ada, response_id, now=now)
    in_force(gate, people, now)
    signed(gate, now, begins_own(gate, now, assigned(gate, now), 1), EMERGENCY)
    with store.reading() as session:
        return Records(written.note_id, response_id, session.get_one(FormResponse, response_id).version_id)


def past_the_guards(store: Store, *statements: str) -> None:
    """What somebody with the file and its keys can do."""
    with store.engine.begin() as connection:
        if store.dialect == "sqlite":
            names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
            for name in names:
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            connection.execute(text(statement))


def test_what_was_signed_stands(gate: Gate, store: Store, people: People, now: datetime, records: Records) -> None:
    found = signed_records(gate, people.compliance, now=now)
    assert (found.counts, found.broken, found.unlogged) == (ONE_OF_EACH, 0, 0)
    assert found.says == "5 signed records, each as it was signed."
    assert events(store)[-1] == ("records.verified", "shown")


def test_who_verifies_the_log_verifies_the_records(gate: Gate, people: People, now: datetime) -> None:
    for who in (people.ada, people.supervisor, people.desk, people.biller, people.manager):
        with pytest.raises(NotAllowed):
            signed_records(gate, who, now=now)


@pytest.mark.parametrize(
    ("statement", "said", "why"),
    [
        ("UPDATE notes SET signed_as = 'Somebody Else'", "note", "Its content is not what its signature"),
        ("UPDATE notes SET service_on = '2026-01-01'", "note", "Its content is not what its signature"),
        ("UPDATE notes SET sealed = (SELECT sealed FROM addenda LIMIT 1)", "note", "It does not open any more."),
        ("UPDATE form_responses SET author_id = 'stf_ben'", "form", "Its content is not what its signature"),
        ("UPDATE treatment_plans SET content_hash = signed_as", "treatment plan", "Its content is not what"),
        ("UPDATE addenda SET kind = 'correction'", "addendum", "Its content is not what its signature"),
        ("UPDATE own_responses SET person_id = 'pat_moss'", "form of a person in care", "Its content is not what"),
        (
            "UPDATE form_versions SET questionnaire = '{}' WHERE id = (SELECT version_id FROM form_responses)",
            "form version",
            "The form is not the one it was",
        ),
    ],
)
def test_what_was_changed_past_the_database_is_named(
    gate: Gate, store: Store, people: People, now: datetime, records: Records, statement: str, said: str, why: str
) -> None:
    past_the_guards(store, statement)
    found = signed_records(gate, people.compliance, now=now)
    assert (found.broken, [one.said for one in found.fallen]) == (1, [said])
    assert found.fallen[0].why.startswith(why)
    job = JobRun(gate, SystemActor("nightly", frozenset({Permission.VERIFY_RECORDS})), "job_1", {}, now)
    with pytest.raises(RecordsBroken, match="are not what was signed"):
        verify_signed_records(job)


def test_a_text_signed_again_behind_the_logs_back_is_found(
    gate: Gate, store: Store, people: People, now: datetime, records: Records
) -> None:
    """Row and hash agree, so that only the line in the log tells it."""
    past_the_guards(store, "UPDATE notes SET signed_as = 'Somebody Else'")
    with store.reading() as session:
        note = session.get_one(Note, records.note_id)
        forged = content_hash(signature_of(note), note.text).hex()
    literal = f"x'{forged}'" if store.dialect == "sqlite" else f"decode('{forged}', 'hex')"
    past_the_guards(store, f"UPDATE notes SET content_hash = {literal}")
    assert [one.why for one in signed_records(gate, people.compliance, now=now).fallen] == [
        "The audit log holds another signature for it."
    ]


def test_a_form_stands_when_its_template_goes_on(gate: Gate, people: People, now: datetime, records: Records) -> None:
    edit_form(gate, people.manager, records.version_id, now=now, number=0, step=Step("title", title="Rest"))
    renewed = finish_form_edit(gate, people.manager, records.version_id, now=now, number=1, why="Clearer")
    publish_form(gate, people.manager, renewed.version_id, now=now)
    assert signed_records(gate, people.compliance, now=now).broken == 0
    page = form_response(gate, people.ada, records.response_id, now=now)
    assert (page.is_unchanged, page.title) == (True, "Sleep")


def verdict_on(settings: Settings) -> SignedRecords:
    store = open_store(settings, open_vault(settings))
    try:
        with store.reading() as session:
            return check_signed(session)
    finally:
        store.close()


@pytest.mark.engines("sqlcipher")
def test_they_stand_under_another_key_and_after_a_restore(
    gate: Gate, home: Path, now: datetime, tmp_path: Path, records: Records, capsys: pytest.CaptureFixture[str]
) -> None:
    fresh = os.urandom(32)
    Keyring.unlock(home / "keyring.json", read_kek(Settings(home=home))).rewrap(home / "keyring.json", fresh)
    key = base64.b64encode(fresh)
    (home / "kek.key").write_bytes(key)
    assert (verdict_on(Settings(home=home)).counts, verdict_on(Settings(home=home)).broken) == (ONE_OF_EACH, 0)

    def run(*arguments: str, at: Path = home) -> int:
        return main([*arguments, "--home", str(at)], clock=lambda: now + timedelta(minutes=1))

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kek.key").write_bytes(key)
    assert run("work", "--once") == 0
    assert run("backup", str(tmp_path / "copy")) == 0
    assert run("restore", str(tmp_path / "copy"), at=elsewhere) == 0
    assert "5 signed records, each as it was signed." in capsys.readouterr().out
    assert verdict_on(replace(Settings(home=home), home=elsewhere)).counts == ONE_OF_EACH


@pytest.mark.engines("sqlcipher")
def test_a_backup_whose_records_were_changed_is_no_backup(
    gate: Gate, store: Store, home: Path, now: datetime, tmp_path: Path, records: Records,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    past_the_guards(store, "UPDATE notes SET signed_as = 'Somebody Else'")

    def run(*arguments: str) -> int:
        return main([*arguments, "--home", str(home)], clock=lambda: now + timedelta(minutes=1))

    run("work", "--once")
    run("backup", str(tmp_path / "copy"))
    assert run("backup", "verify", str(tmp_path / "copy")) == 1
    assert "are not what was signed" in capsys.readouterr().err


def test_who_was_erased_is_counted_apart(gate: Gate, people: People, now: datetime, records: Records) -> None:
    gate.store.vault.destroy_key(FERN)
    found = signed_records(gate, people.compliance, now=now)
    assert (found.broken, found.erased) == (0, 5)
