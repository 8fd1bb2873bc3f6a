"""What can be wrong when a practice is opened: each is one sentence and exit code 1, and no file is touched."""

import hashlib
import shutil

import pytest
from sqlalchemy import text

from tests.factories.small_practice import open_practice
from tests.stores import new_home
from workbench.cli import main
from workbench.store.engine import KEY_STORE_FILE, KEYRING_FILE, STORE_FILE, open_store, open_vault


def _newer(store):
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999_from_the_future'"))


def _never_migrated(store):
    with store.engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))


def _swap(name):
    def swap(home, other):
        shutil.copy(other / name, home / name)

    return swap


def _write(name, content):
    def write(home, _other):
        (home / name).write_bytes(content)

    return write


def _delete(name):
    return lambda home, _other: (home / name).unlink()


BROKEN = {
    "the key is gone": (_delete("kek.key"), "No key to open the practice"),
    "the key is another practice's": (_swap("kek.key"), "does not open the practice"),
    "the key is no key": (_write("kek.key", b"hello"), "key"),
    "the keyring is gone": (_delete(KEYRING_FILE), "keyring is missing"),
    "the keyring is cut": (_write(KEYRING_FILE, b'{"nonce": "'), "does not open the practice"),
    "the store is another practice's": (_swap(STORE_FILE), "does not open the store"),
    "the store is noise": (_write(STORE_FILE, b"\x17" * 65_536), "does not open the store"),
    "the key store is another practice's": (_swap(KEY_STORE_FILE), "does not open"),
    "the folder is empty": (lambda home, _other: shutil.rmtree(home), ""),
}
AGED = {"the store is newer": (_newer, "newer version"), "the store is older": (_never_migrated, "migrate")}


@pytest.fixture
def closed(gate, settings, now):
    """A practice nobody has open."""
    open_practice(gate.store, now)
    gate.store.close()
    return settings


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """Another practice's folder, with keys of its own."""
    return new_home(tmp_path_factory.mktemp("other") / "practice").home


def prints(home):
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in home.rglob("*")
        if file.is_file() and not file.name.endswith(("-shm", "-wal"))
    }


def refuse(settings, now, capsys, words):
    before = prints(settings.home)
    capsys.readouterr()
    assert main(["work", "--home", str(settings.home), "--once"], clock=lambda: now) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert words in said.err
    assert "Traceback" not in said.err
    assert prints(settings.home) == before


@pytest.mark.engines("sqlcipher")
@pytest.mark.parametrize(("break_it", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_a_practice_that_cannot_be_opened_says_why_and_stays_as_it_is(closed, other, now, capsys, break_it, words):
    break_it(closed.home, other)
    refuse(closed, now, capsys, words)


@pytest.mark.engines("sqlcipher")
@pytest.mark.parametrize(("age", "words"), AGED.values(), ids=AGED.keys())
def test_a_store_of_another_version_is_left_alone(closed, now, capsys, age, words):
    store = open_store(closed, open_vault(closed))
    age(store)
    store.close()
    refuse(closed, now, capsys, words)


@pytest.mark.engines("sqlcipher")
def test_a_practice_in_order_opens(closed, now):
    assert main(["work", "--home", str(closed.home), "--once"], clock=lambda: now) == 0
