"""A copy of a running practice: proven without touching it, put back only into an empty home, with nobody signed in."""

import json
import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.actions.accounts.granting import House
from tests.factories.small_practice import FERN, FERN_DETAILS, events, open_practice, people, put
from workbench.accounts.tables import UserSession
from workbench.actions.people.register_patient import register_patient
from workbench.cli import main
from workbench.gate.actor import Role
from workbench.kernel.settings import Settings
from workbench.people.tables import Patient
from workbench.store import soundness
from workbench.store.engine import open_store, open_vault
from workbench.store.keyring import write_kek_file
from workbench.store.soundness import StoreUnsound

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture
def run(gate, home, now, capsys):
    """Runs a command one minute after the practice opened and sealed its log; its code and what it printed."""
    open_practice(gate.store, now)
    register_patient(
        gate, people().desk, now=now, given_name="First", family_name="Comer", born_on=now.date().replace(year=1990)
    )
    main(["work", "--once", "--home", str(home)], clock=lambda: now)
    capsys.readouterr()

    def call(*arguments, at=home):
        code = main([*map(str, arguments), "--home", str(at)], clock=lambda: now + timedelta(minutes=1))
        told = capsys.readouterr()
        return code, told.out + told.err

    return call


def everything(folder):
    return {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def reopened(home):
    settings = Settings(home=home)
    return open_store(settings, open_vault(settings))


def test_a_backup_opens_and_verifying_it_changes_no_byte(run, tmp_path):
    code, told = run("backup", tmp_path / "copy")
    assert (code, "The key is not among them" in told) == (0, True)
    before = everything(tmp_path / "copy")
    assert {"store/store.db", "keys/keys.db", "keys/keyring.json", "store/signer/last.txt"} <= set(map(str, before))
    assert not any("kek.key" in str(name) or "wal" in str(name) for name in before)
    code, told = run("backup", "verify", tmp_path / "copy")
    assert (code, "everything in it is as it was" in told, "sealed records open" in told) == (0, True, True)
    assert everything(tmp_path / "copy") == before


def test_it_holds_the_line_that_says_it_was_taken(run, tmp_path, store):
    run("backup", tmp_path / "copy")
    assert ("backup.taken", "done") in events(store)


def test_what_was_registered_is_there_after_going_on_elsewhere_and_what_came_later_is_not(run, gate, now, tmp_path):
    home = tmp_path / "elsewhere"
    home.mkdir()
    desk = House(gate, now).person("desk", Role.FRONT_DESK)
    put(gate.store, [UserSession(token_hash="1" * 64, user_id=desk.user_id, person_id=desk.person_id, opened_at=now,
                                 last_input_at=now)])  # fmt: skip
    (home / "kek.key").write_bytes((gate.store.home / "kek.key").read_bytes())
    run("backup", tmp_path / "copy")
    late = register_patient(
        gate, desk, now=now, given_name="Late", family_name="Comer", born_on=now.date().replace(year=1990)
    )
    code, told = run("restore", tmp_path / "copy", at=home)
    assert code == 0, told
    store = reopened(home)
    try:
        with store.reading() as session:
            assert session.get(Patient, FERN).details == FERN_DETAILS
            assert session.get(Patient, late.patient_id) is None
            assert session.scalar(select(UserSession)).ended_at is not None
        assert ("backup.put_back", "done") in events(store)
    finally:
        store.close()


def test_it_is_one_moment_while_others_write(run, gate, now, tmp_path):
    stop = threading.Event()
    written = []

    def write():
        while not stop.is_set():
            number = len(written)
            registered = register_patient(
                gate, people().desk, now=now, given_name=f"Busy{number}", family_name="Writer",
                born_on=date(1950, 1, 1) + timedelta(days=number), idempotency_key=f"busy {number}",
            )  # fmt: skip
            written.append(registered.patient_id)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(written) < 3 and writer.is_alive():
            pass
        first = run("backup", tmp_path / "copy")
    finally:
        stop.set()
        writer.join()
    assert first[0] == 0
    assert run("backup", "verify", tmp_path / "copy")[0] == 0


@pytest.mark.parametrize("name", ["store/store.db", "keys/keys.db", "keys/keyring.json", "store/signer/last.txt"])
def test_a_changed_a_missing_and_an_added_file_are_named(run, tmp_path, name):
    run("backup", tmp_path / "copy")
    file = tmp_path / "copy" / name
    content = file.read_bytes()
    if name != "keys/keyring.json":  # without it the list itself cannot be read
        file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        assert run("backup", "verify", tmp_path / "copy") == (
            1, f"In this backup {name} was changed. Use another one.\n",
        )  # fmt: skip
        file.unlink()
        assert run("backup", "verify", tmp_path / "copy")[1] == f"In this backup {name} is missing. Use another one.\n"
    file.write_bytes(content)
    (tmp_path / "copy" / "more.db").write_bytes(b"")
    assert "more.db does not belong to it" in run("backup", "verify", tmp_path / "copy")[1]


def test_a_changed_list_is_refused(run, tmp_path):
    run("backup", tmp_path / "copy")
    file = tmp_path / "copy" / "manifest.json"
    told = json.loads(file.read_text())
    told["files"]["store/store.db"]["bytes"] += 1
    file.write_text(json.dumps(told))
    code, says = run("backup", "verify", tmp_path / "copy")
    assert (code, "was changed, or is another practice's" in says) == (1, True)


def test_nothing_is_overwritten(run, home, tmp_path):
    run("backup", tmp_path / "copy")
    before = everything(tmp_path / "copy")
    code, says = run("backup", tmp_path / "copy")
    assert (code, "nothing there will be overwritten" in says) == (1, True)
    assert everything(tmp_path / "copy") == before
    code, says = run("restore", tmp_path / "copy")
    assert (code, "nothing there will be overwritten" in says) == (1, True)


def test_another_practices_key_opens_no_backup(run, tmp_path):
    run("backup", tmp_path / "copy")
    other = tmp_path / "other"
    other.mkdir()
    write_kek_file(other / "kek.key")
    code, says = run("restore", tmp_path / "copy", at=other)
    assert (code, says) == (1, "This key does not open the practice. Check that key and folder belong together.\n")
    assert [file.name for file in other.iterdir()] == ["kek.key"]


def test_without_the_key_nothing_opens(run, tmp_path):
    run("backup", tmp_path / "copy")
    code, says = run("restore", tmp_path / "copy", at=tmp_path / "bare")
    assert (code, says.startswith("No key to open the practice")) == (1, True)
    assert not (tmp_path / "bare").exists()


def test_a_folder_that_is_no_backup_is_called_none(run, tmp_path):
    (tmp_path / "nothing").mkdir()
    code, _ = run("backup", "verify", tmp_path / "nothing")
    assert code == 1


def test_what_does_not_prove_is_not_left_in_the_new_home(run, home, tmp_path, monkeypatch):
    run("backup", tmp_path / "copy")
    new = tmp_path / "new"
    new.mkdir()
    (new / "kek.key").write_bytes((home / "kek.key").read_bytes())

    def unsound(_store):
        raise StoreUnsound("The store is damaged.")

    monkeypatch.setattr(soundness, "check_soundness", unsound)
    assert run("restore", tmp_path / "copy", at=new) == (1, "The store is damaged.\n")
    assert [file.name for file in new.iterdir()] == ["kek.key"]


def test_where_the_store_is_in_postgresql_every_command_says_so(run, tmp_path, monkeypatch):
    run("backup", tmp_path / "copy")
    monkeypatch.setenv("WORKBENCH_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    for words in (("backup", "verify", tmp_path / "copy"), ("restore", tmp_path / "copy"), ("backup", tmp_path / "b")):
        code, says = run(*words, at=tmp_path / "new")
        assert (code, "PostgreSQL's own tools" in says) == (1, True)


def test_words_that_mean_nothing_are_wrong_usage(run, tmp_path):
    for words in (("verify",), ("check", str(tmp_path)), ("a", "b", "c")):
        with pytest.raises(SystemExit) as ended:
            run("backup", *words)
        assert ended.value.code == 2
