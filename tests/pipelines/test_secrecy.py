"""Nothing that says who somebody is reaches the mirror's files, and nobody gets out of it by SQL."""

import threading
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pipelines.duck import Duck, DuckError, QueryRefused
from pipelines.mirror import Mirror
from tests.factories.small_practice import ADA, FERN, put, visit
from workbench.charting.tables import Note, NoteText
from workbench.people.tables import Patient, PatientDetails
from workbench.scheduling.tables import AttendanceStatus
from workbench.store.engine import Store

CANARY = "Quetzalcoatl-Canary"
DETAILS = PatientDetails(CANARY, CANARY, date(1971, 2, 3), phone=CANARY, email=CANARY, street=CANARY)


def with_canaries(store: Store, now: datetime) -> None:
    put(store, [Patient(id=f"pat_canary{n}", number=5000 + n, registered_at=now, details=DETAILS) for n in range(5)])
    visit(store, 1, now, patient_id="pat_canary1", status=AttendanceStatus.COMPLETED)
    text = replace(NoteText(), subjective=CANARY, plan=CANARY)
    note = Note(
        attendance_id="att_1", patient_id="pat_canary1", author_id=ADA, service_on=now.date(), started_at=now, text=text
    )
    put(store, [note])


def test_the_mirrors_files_hold_no_name_no_text_and_no_id_of_the_store(
    practice: Store, mirror: Mirror, now: datetime
) -> None:
    with_canaries(practice, now)
    mirror.settle()
    folder = practice.home / "mirror"
    while_open = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    mirror.rebuild()
    mirror.stop()
    closed = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    for secret in (CANARY, "pat_canary1", FERN, ADA, "out_scheduling__days", "completed"):
        assert secret.encode() not in while_open + closed


def test_no_cell_of_the_mirror_holds_a_name_or_an_id_of_the_store(
    practice: Store, mirror: Mirror, now: datetime
) -> None:
    with_canaries(practice, now)
    mirror.settle()
    for (table,) in mirror.query("SELECT table_name FROM information_schema.tables").rows:
        cells = repr(mirror.query(f'SELECT * FROM "{table}"').rows)
        for secret in (CANARY, "pat_canary1", "att_1", FERN, ADA):
            assert secret not in cells


def test_what_spills_to_disk_is_encrypted(tmp_path: Path) -> None:
    spill = tmp_path / "spill"
    spill.mkdir()
    duck = Duck(tmp_path / "m.duckdb", b"k" * 32, spill=spill, memory="64MB")
    duck.writer.execute(f"CREATE TABLE words AS SELECT '{CANARY}' || i AS word, hash(i) AS h FROM range(1500000) t(i)")
    seen: set[str] = set()
    found: list[str] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            for file in spill.iterdir():
                seen.add(file.name)
                try:
                    content = file.read_bytes()
                except FileNotFoundError:
                    continue  # DuckDB took it away again
                if CANARY.encode() in content:
                    found.append(file.name)

    looking = threading.Thread(target=look)
    looking.start()
    duck.writer.execute("CREATE TABLE ordered AS SELECT * FROM words ORDER BY h")
    done.set()
    looking.join()
    duck.close()
    assert seen, "nothing spilled, so nothing was shown"
    assert found == []
    assert CANARY.encode() not in (tmp_path / "m.duckdb").read_bytes()


def test_another_key_does_not_open_the_file(tmp_path: Path) -> None:
    Duck(tmp_path / "m.duckdb", b"k" * 32, spill=tmp_path).close()
    with pytest.raises(DuckError):
        Duck(tmp_path / "m.duckdb", b"x" * 32, spill=tmp_path)


@pytest.mark.engines("sqlcipher")
def test_no_query_reads_files_writes_anything_or_unlocks_a_setting(practice: Store, mirror: Mirror) -> None:
    secret_frame = {"word": [CANARY]}
    assert secret_frame
    (practice.home / "plain.csv").write_text(f"word\n{CANARY}\n", encoding="utf-8")
    for attempt in (
        f"SELECT * FROM read_csv('{practice.home}/plain.csv')",
        f"SELECT * FROM '{practice.home}/plain.csv'",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM glob('/*')",
        f"ATTACH '{practice.home}/other.db' AS other",
        f"COPY raw_patients TO '{practice.home}/out.csv'",
        f"EXPORT DATABASE '{practice.home}/out'",
        "INSTALL json",
        "LOAD json",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "RESET temp_file_encryption",
        "SELECT * FROM secret_frame",
        "SELECT * FROM duckdb_secrets()",
        "CREATE TABLE mine AS SELECT 1",
        "DELETE FROM raw_patients",
        "UPDATE out_people__patients SET completed = 9",
        "DROP VIEW core_attendances",
        "CREATE MACRO one() AS 1",
        "CREATE TEMP TABLE mine AS SELECT 1",
        "COMMIT; CREATE TABLE mine AS SELECT 1",
        "SELECT 1; SELECT 2",
        "USE memory",
        "",
    ):
        with pytest.raises((DuckError, QueryRefused)):
            mirror.query(attempt)
    assert mirror.query("SELECT count(*) FROM raw_patients").rows == ((2,),)
    assert sorted(file.name for file in practice.home.iterdir() if file.suffix in (".csv", ".db")) == [
        "keys.db", "plain.csv", "store.db"
    ]  # fmt: skip


@pytest.mark.engines("sqlcipher")
def test_pseudonyms_are_those_of_the_vault_and_differ_between_kinds(
    practice: Store, mirror: Mirror, now: datetime, zone: ZoneInfo
) -> None:
    visit(practice, 1, now + timedelta(days=1))
    mirror.settle()
    vault = practice.vault
    rows = mirror.query("SELECT id, appointment_id, patient_id FROM raw_attendances").rows
    assert rows == ((vault.pseudonym("at", "att_1"), vault.pseudonym("ap", "apt_1"), vault.pseudonym("pt", FERN)),)
    assert vault.pseudonym("pt", FERN)[3:] != vault.pseudonym("st", FERN)[3:]
    assert vault.pseudonym("ptp", FERN)[4:] != vault.pseudonym("pt", FERN)[3:]
