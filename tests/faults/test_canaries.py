"""Over a thousand words that stand for health data: none of them is in a byte of store, keys, mirror, index or log."""

import base64
import logging
import shutil

import pytest
from sqlalchemy import select

from pipelines.audit_index import AuditIndex
from pipelines.mirror import Mirror
from tests.factories.small_practice import people
from tests.faults.canaries import PATIENTS, Canaries, found_in, live_through
from workbench.actions.billing.upload_remittance import upload_remittance
from workbench.actions.people.register_patient import register_patient
from workbench.charting.plan_tables import TreatmentPlan
from workbench.charting.snippet_tables import SnippetVersion
from workbench.charting.tables import NoteRevision
from workbench.claims.tables import Coverage
from workbench.cli import main
from workbench.cli.every_table import import_every_table
from workbench.documents.tables import Document
from workbench.kernel.errors import WorkbenchError
from workbench.people.tables import Patient
from workbench.psychotherapy.tables import PsychotherapyRevision
from workbench.store.base import Base

import_every_table()


@pytest.fixture
def log(tmp_path):
    """Everything that anything says at any level, the statements of the database too."""
    file = tmp_path / "everything.log"
    handler = logging.FileHandler(file)
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.DEBUG)
    yield file
    logging.getLogger("sqlalchemy.engine").setLevel(logging.NOTSET)
    root.setLevel(before)
    root.removeHandler(handler)
    handler.close()


def what_goes_wrong(gate, now, canaries):
    """Refusals and errors whose inputs are canaries."""
    word = canaries.words[0]
    for born_on in (now.date().replace(year=1980, month=1, day=1), now.date().replace(year=2030)):
        with pytest.raises(WorkbenchError):
            register_patient(
                gate, people().desk, now=now, given_name=canaries.words[0], family_name=canaries.words[1],
                born_on=born_on,
            )  # fmt: skip
    with pytest.raises(WorkbenchError):
        upload_remittance(gate, people().biller, now=now, content=word.encode() * 50)
    with pytest.raises(TypeError):
        register_patient(gate, people().desk, now=now, given_name=word, no_such_field=word)


def opened(gate):
    """Everything that is sealed, opened."""
    with gate.store.reading() as session:
        texts = [repr(row.details) for row in session.scalars(select(Patient))]
        texts += [repr(row.details) for row in session.scalars(select(Coverage))]
        texts += [repr(row.text) for row in session.scalars(select(NoteRevision))]
        texts += [repr(row.text) for row in session.scalars(select(PsychotherapyRevision))]
        texts += [repr(row.text) for row in session.scalars(select(TreatmentPlan))]
        texts += [repr(row.told) for row in session.scalars(select(SnippetVersion))]
        files = b"".join(row.content.data for row in session.scalars(select(Document)))
    return "".join(texts), files.decode("ascii")


def cells(gate):
    """What somebody sees who has the store open and no key of a patient."""
    with gate.store.reading() as session:
        return b"".join(
            repr(tuple(row)).encode() for table in Base.metadata.sorted_tables for row in session.execute(select(table))
        )


def backed_up_from(store, tmp_path):
    """What the command makes of the running practice. PostgreSQL has its own ways, and the command says so."""
    if store.dialect != "sqlite":
        return []
    assert main(["backup", str(tmp_path / "backup"), "--home", str(store.home)]) == 0
    assert (tmp_path / "backup" / "store" / "store.db").stat().st_size > 1_000_000
    return [tmp_path / "backup"]


@pytest.mark.faults
@pytest.mark.timeout(600)
def test_no_byte_on_disk_and_no_line_of_a_log_holds_a_canary(gate, home, now, log, tmp_path):
    mirror = Mirror(gate.store, gate.zone, lambda: now)
    index = AuditIndex(gate.store, gate.zone, lambda: now)
    mirror.start()
    index.start()
    canaries = live_through(gate, now)
    what_goes_wrong(gate, now, canaries)
    mirror.settle()
    index.settle()
    copied = shutil.copytree(home, tmp_path / "copied")  # as they lie while everything runs, the write-ahead log too
    backed_up = backed_up_from(gate.store, tmp_path)
    mirror.rebuild()
    mirror.stop()
    index.stop()
    store = gate.store
    in_rows = cells(gate)
    texts, claims = opened(gate)
    store.engine.dispose()

    assert len(canaries.words) >= 1000
    assert [word for word in canaries.words if word not in texts] == []
    assert sum(word in claims for word in canaries.words) >= 4 * PATIENTS
    files = [file for folder in (home, copied, *backed_up) for file in folder.rglob("*") if file.is_file()]
    names = {file.name for file in files}
    assert {"keys.db", "keyring.json", "current", "audit-1.duckdb"} <= names
    assert any(name.endswith("-wal") for name in names)
    assert log.stat().st_size > 100_000
    assert found_in([*files, log]) == []
    rows = tmp_path / "rows"
    rows.write_bytes(in_rows)
    assert found_in([rows]) == []


LEAKS = {
    "plain": str.encode,
    "small letters": lambda word: word.lower().encode(),
    "two bytes a letter": lambda word: word.encode("utf-16-le"),
    "hex": lambda word: word.encode().hex().encode(),
    "base64": lambda word: base64.b64encode(word.encode()),
    "base64 after one": lambda word: base64.b64encode(b"-" + word.encode()),
    "base64 after two": lambda word: base64.b64encode(b"--" + word.encode()),
}


@pytest.mark.parametrize("leak", LEAKS.values(), ids=LEAKS.keys())
@pytest.mark.parametrize("canary", ["word", "phone"])
def test_the_search_finds_what_is_there(tmp_path, leak, canary):
    word = getattr(Canaries(), canary)()
    file = tmp_path / "leak"
    file.write_bytes(b"before" + leak(word) + b"after")
    assert found_in([file]) == [str(file)]
