"""The audit commands: a copy that verifies itself, codes for scripts, and a start that refuses a rollback."""

import json
import shutil
import subprocess
import sys
from datetime import timedelta

import pytest

from tests.factories.small_practice import events, open_practice
from workbench.cli import main
from workbench.gate.audit_receipts import receipts_for
from workbench.gate.audit_seal import anchors_of

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture
def run(store, home, now, capsys):
    """Runs a command at an instant some minutes after the practice opened; its code and what it printed."""
    open_practice(store, now)

    def call(*arguments, minutes=1):
        code = main(list(arguments), clock=lambda: now + timedelta(minutes=minutes))
        told = capsys.readouterr()
        return code, told.out + told.err

    return call


def test_an_export_verifies_with_this_product_and_without_it(run, home, tmp_path, store):
    folder = tmp_path / "copy"
    assert run("audit", "head", "--home", str(home))[0] == 1  # an empty log has no head
    run("work", "--once", "--home", str(home))
    with_events(run, home, tmp_path)
    code, told = run("audit", "export", str(folder), "--home", str(home))
    assert (code, "events are in" in told) == (0, True)
    assert run("audit", "verify", str(folder))[0] == 0
    own = subprocess.run(
        [sys.executable, "-I", str(folder / "verify_audit.py"), str(folder)], capture_output=True, check=False
    )
    assert own.returncode == 0
    assert ("audit.exported", "done") in events(store)


def with_events(run, home, tmp_path):
    """A refusal is an event like any other."""
    code, told = run("audit", "export", str(tmp_path / "first"), "--home", str(home))
    assert (code, told) == (
        1, "The audit log was never sealed, so there is nothing to export yet. Try again in a minute.\n",
    )  # fmt: skip


def test_the_export_is_in_the_next_export(run, home, tmp_path):
    with_events(run, home, tmp_path)
    run("audit", "export", str(tmp_path / "one"), "--home", str(home))
    run("audit", "export", str(tmp_path / "two"), "--home", str(home))
    first, second = ((tmp_path / name / "events.jsonl").read_text().splitlines() for name in ("one", "two"))
    assert second[: len(first)] == first
    assert [json.loads(line)["event"] for line in second[len(first) :]] == ["audit.exported"]
    assert json.loads(second[-1])["actor"] == "system:console"


def test_verify_answers_with_the_verifiers_codes(run, home, tmp_path):
    with_events(run, home, tmp_path)
    folder = tmp_path / "copy"
    run("audit", "export", str(folder), "--home", str(home))
    key = run("audit", "head", "--home", str(home))[1].rsplit("Key: ", 1)[1].strip()
    assert run("audit", "verify", str(folder), "--key", key)[0] == 0
    (folder / "README.txt").unlink()
    assert run("audit", "verify", str(folder))[0] == 2
    assert run("audit", "verify", str(tmp_path / "nowhere"))[0] == 3
    (folder / "events.jsonl").write_text("{}\n")
    assert run("audit", "verify", str(folder))[0] == 1


def test_receipts_are_checked_by_the_key_alone(run, home, tmp_path, store):
    with_events(run, home, tmp_path)
    key = run("audit", "head", "--home", str(home))[1].rsplit("Key: ", 1)[1].strip()
    file = tmp_path / "receipts.json"
    with store.reading() as session:
        file.write_bytes(receipts_for(session, [1]))
    code, told = run("audit", "receipts", str(file), "--key", key)
    assert (code, "Event 1 is in the log" in told) == (0, True)
    file.write_text(file.read_text().replace("console", "somebody"))
    code, told = run("audit", "receipts", str(file), "--key", key)
    assert (code, "it was changed" in told) == (1, True)


def test_a_folder_that_holds_something_is_left_alone(run, home, tmp_path):
    with_events(run, home, tmp_path)
    (tmp_path / "mine.txt").write_text("kept")
    code, told = run("audit", "export", str(tmp_path), "--home", str(home))
    assert (code, told) == (1, "The folder for the export is not empty. Name a new one.\n")
    assert (tmp_path / "mine.txt").read_text() == "kept"


def test_a_head_is_printed_and_anchored_when_the_work_stops(run, home, tmp_path, store):
    with_events(run, home, tmp_path)
    assert run("work", "--once", "--home", str(home))[0] == 0
    code, told = run("audit", "head", "--home", str(home))
    assert code == 0
    assert told.startswith(anchors_of(store).notes()[-1])


def test_an_older_copy_of_the_store_put_back_stops_every_command(run, home, tmp_path, store):
    with_events(run, home, tmp_path)
    run("audit", "head", "--home", str(home))
    store.close()
    shutil.copy(home / "store.db", tmp_path / "older.db")
    run("audit", "export", str(tmp_path / "one"), "--home", str(home))
    run("audit", "head", "--home", str(home))
    for file in home.glob("store.db*"):
        file.unlink()
    shutil.copy(tmp_path / "older.db", home / "store.db")
    code, told = run("work", "--once", "--home", str(home))
    assert code == 1
    assert told == (
        "The audit log holds 1 events, but the signer knows of 2: events 2 to 2 are missing. "
        "Was an older copy of the store put in place?\n"
    )
