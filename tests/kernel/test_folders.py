"""A folder of files is there whole or not at all."""

from pathlib import Path

import pytest

from workbench.kernel.folders import holds_something, whole_or_absent


def test_it_has_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    with whole_or_absent(folder) as partial:
        (partial / "one").write_text("1")
        assert not folder.exists()
    assert [file.name for file in folder.iterdir()] == ["one"]
    assert [file.name for file in tmp_path.iterdir()] == ["copy"]


def test_what_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="full"), whole_or_absent(tmp_path / "copy") as partial:
        (partial / "one").write_text("1")
        raise OSError("full")
    assert list(tmp_path.iterdir()) == []


def test_what_a_kill_left_is_removed_first(tmp_path: Path) -> None:
    (tmp_path / "copy.partial").mkdir()
    (tmp_path / "copy.partial" / "old").write_text("0")
    with whole_or_absent(tmp_path / "copy"):
        pass
    assert list((tmp_path / "copy").iterdir()) == []


def test_a_key_alone_may_be_there(tmp_path: Path) -> None:
    assert not holds_something(tmp_path / "none")
    (tmp_path / "kek.key").write_text("")
    assert holds_something(tmp_path)
    assert not holds_something(tmp_path, but=frozenset({"kek.key"}))
