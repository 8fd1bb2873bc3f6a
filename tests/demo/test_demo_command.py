"""The folder of the demo is made whole or not at all, and nothing that is not a demo is touched."""

import socket

import pytest
from sqlalchemy import select

from workbench.cli import main
from workbench.demo.drop import FOLDER
from workbench.demo.home import MARK, NotSynthetic, is_made, make, remove
from workbench.gate.errors import StoreFull
from workbench.kernel.settings import Settings
from workbench.people.tables import Patient
from workbench.store.engine import open_store, open_vault
from workbench.store.schema import check_schema


@pytest.fixture
def there(tmp_path):
    return Settings(home=tmp_path / "practice")


def demo(home, now, *more):
    return main(["demo", "--home", str(home), "--make-only", *more], clock=lambda: now)


def clients(settings):
    store = open_store(settings, open_vault(settings))
    check_schema(store)
    with store.reading() as session:
        names = sorted(patient.details.family_name for patient in session.scalars(select(Patient)))
    store.close()
    return names


def test_the_command_makes_a_practice_and_leaves_it_on_the_second_call(there, now, capsys):
    assert demo(there.home, now) == 0
    first = clients(there)
    assert len(first) == 60 + 2  # those drawn, and two minors of the portal
    assert list((there.home / FOLDER).glob("835-*.x12"))
    assert demo(there.home, now, "--seed", "2") == 0
    assert clients(there) == first


def test_reset_makes_it_anew(there, now):
    demo(there.home, now)
    first = clients(there)
    assert demo(there.home, now, "--reset", "--seed", "2") == 0
    assert clients(there) != first


def test_what_stops_the_making_leaves_no_practice(there):
    def full(_gate):
        raise StoreFull

    with pytest.raises(StoreFull):
        make(there, full)
    assert not there.home.exists()
    assert list(there.home.parent.iterdir()) == []
    assert not is_made(there)


def test_a_making_that_was_killed_is_begun_again(there):
    left = there.home.with_name(there.home.name + ".making")
    left.mkdir()
    (left / "store.db").write_bytes(b"half")
    make(there, lambda _gate: None)
    assert is_made(there)
    assert not left.exists()


@pytest.mark.parametrize("file", ["keyring.json", "tax_return.pdf"])
def test_a_folder_with_anything_else_is_left_alone(there, now, file, capsys):
    there.home.mkdir()
    (there.home / file).write_text("mine")
    assert demo(there.home, now, "--reset") == 1
    assert "no demo is made here" in capsys.readouterr().err
    assert [path.name for path in there.home.iterdir()] == [file]
    with pytest.raises(NotSynthetic):
        remove(there)


def test_a_folder_half_removed_is_still_known(there, now):
    make(there, lambda _gate: None)
    for path in there.home.iterdir():
        if path.name != MARK and path.is_file():
            path.unlink()
    remove(there)
    assert list(there.home.iterdir()) == []


def test_a_port_in_use_is_said_in_one_sentence(there, now, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["demo", "--home", str(there.home), "--port", str(port)], clock=lambda: now) == 1
    said = capsys.readouterr().err
    assert str(port) in said
    assert said.count("\n") == 1
    assert not there.home.exists()


def test_the_wrong_key_is_said_in_one_sentence(there, now, capsys, tmp_path):
    demo(there.home, now)
    other = Settings(home=tmp_path / "other")
    make(other, lambda _gate: None)
    (there.home / "kek.key").write_bytes((other.home / "kek.key").read_bytes())
    capsys.readouterr()
    assert main(["demo", "--home", str(there.home), "--port", "0"], clock=lambda: now) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_the_missing_key_is_said_in_one_sentence(there, now, capsys):
    demo(there.home, now)
    (there.home / "kek.key").unlink()
    capsys.readouterr()
    assert main(["work", "--home", str(there.home), "--once"], clock=lambda: now) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_the_job_runner_works_on_a_demo(there, now):
    demo(there.home, now)
    assert main(["work", "--home", str(there.home), "--once"], clock=lambda: now) == 0
