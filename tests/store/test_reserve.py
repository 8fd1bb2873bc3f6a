"""Room set aside for a full disk: it takes real room, once, and is given back whole."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from workbench.cli import main
from workbench.store import reserve
from workbench.store.reserve import RESERVE_FILE, keep_reserve, open_reserve

ROOM = 3_000_000


def test_it_takes_room_that_is_really_taken(tmp_path: Path) -> None:
    assert keep_reserve(tmp_path, ROOM)
    kept = (tmp_path / RESERVE_FILE).stat()
    assert (kept.st_size, kept.st_blocks * 512 >= ROOM) == (ROOM, True)


def test_what_is_set_aside_already_is_left_as_it_is(tmp_path: Path) -> None:
    keep_reserve(tmp_path, ROOM)
    before = (tmp_path / RESERVE_FILE).stat().st_mtime_ns
    assert keep_reserve(tmp_path, ROOM)
    assert (tmp_path / RESERVE_FILE).stat().st_mtime_ns == before


def test_it_is_given_back_once(tmp_path: Path) -> None:
    keep_reserve(tmp_path, ROOM)
    assert [open_reserve(tmp_path), open_reserve(tmp_path)] == [ROOM, 0]
    assert list(tmp_path.iterdir()) == []


def test_on_a_disk_that_is_nearly_full_nothing_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reserve.shutil, "disk_usage", lambda _: SimpleNamespace(free=ROOM * 7))
    assert not keep_reserve(tmp_path, ROOM)
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_it_gave_back_or_that_there_was_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep_reserve(tmp_path, ROOM)
    assert main(["reserve", "--home", str(tmp_path)]) == 0
    assert "3 MB are free again" in capsys.readouterr().out
    assert main(["reserve", "--home", str(tmp_path)]) == 1
    assert "none can be given back" in capsys.readouterr().out
