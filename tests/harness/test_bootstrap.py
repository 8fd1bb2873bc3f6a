"""A bare machine becomes ready, or is told what it lacks."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import chromium, environment

FIND_PYTHON = Path(__file__).resolve().parents[2] / "scripts" / "find_python.sh"


def program(path, text="#!/bin/sh\nexit 0\n"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def find_python(folder, **more):
    shell = shutil.which("sh")
    (folder / "cat").symlink_to(shutil.which("cat"))
    return subprocess.run(
        [shell, FIND_PYTHON], env={"PATH": str(folder), **more}, capture_output=True, text=True, check=False
    )


def test_a_python_that_fits_is_found(tmp_path):
    (tmp_path / "python3").symlink_to(sys.executable)
    assert find_python(tmp_path).stdout.strip() == str(tmp_path / "python3")


def test_a_name_that_starts_nothing_is_passed_over(tmp_path):
    program(tmp_path / "python3.13", "#!/bin/sh\nexit 127\n")
    (tmp_path / "python3").symlink_to(sys.executable)
    assert find_python(tmp_path).stdout.strip() == str(tmp_path / "python3")


def test_a_python_given_by_name_comes_first(tmp_path):
    (tmp_path / "python3").symlink_to(sys.executable)
    mine = tmp_path / "elsewhere"
    mine.symlink_to(sys.executable)
    assert find_python(tmp_path, PYTHON=str(mine)).stdout.strip() == str(mine)


def test_a_machine_without_python_is_told_what_to_install(tmp_path):
    found = find_python(tmp_path)
    assert (found.returncode, found.stdout) == (1, "")
    assert "3.11, 3.12 or 3.13" in found.stderr
    assert "apt-get install python3" in found.stderr


def test_a_chromium_that_is_named_comes_before_one_on_the_path(tmp_path):
    named, on_path = program(tmp_path / "mine" / "chrome"), program(tmp_path / "bin" / "chromium")
    assert chromium.find({"CHROMIUM": str(named), "PATH": str(on_path.parent)}, tmp_path) == named
    assert chromium.find({"PATH": str(on_path.parent)}, tmp_path) == on_path


def test_a_chromium_that_is_named_and_not_there_is_not_replaced_by_another(tmp_path):
    on_path = program(tmp_path / "bin" / "chromium")
    assert chromium.find({"CHROMIUM": str(tmp_path / "gone"), "PATH": str(on_path.parent)}, tmp_path) is None


def test_the_newest_chromium_of_playwright_is_found(tmp_path):
    for version in ("1150", "1160"):
        program(tmp_path / ".cache" / "ms-playwright" / f"chromium-{version}" / "chrome-linux" / "chrome")
    found = chromium.find({"PATH": str(tmp_path / "nothing")}, tmp_path)
    assert found is not None
    assert "chromium-1160" in found.parts
    elsewhere = program(tmp_path / "browsers" / "chromium-9" / "chrome-linux64" / "chrome")
    environ = {"PATH": "", "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "browsers")}
    assert chromium.find(environ, tmp_path) == elsewhere


def test_a_machine_without_chromium_is_told_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr(chromium, "find", lambda environ, home: None)
    monkeypatch.setattr(chromium, "install", lambda: None)
    assert chromium.main() == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "apt-get install chromium" in said.err


@pytest.fixture
def project(tmp_path):
    for name in (environment.RUNTIME, environment.DEVELOPMENT, "pyproject.toml"):
        (tmp_path / name).write_text(name)
    (tmp_path / ".venv").mkdir()
    return tmp_path


def made_from(project, lock):
    environment.stamp_of(project, lock).write_text(environment.fingerprint(project, lock))


def test_an_environment_is_ready_until_its_lock_changes(project):
    assert not environment.is_ready(project, environment.RUNTIME)
    made_from(project, environment.RUNTIME)
    assert environment.is_ready(project, environment.RUNTIME)
    (project / environment.RUNTIME).write_text("another version")
    assert not environment.is_ready(project, environment.RUNTIME)


def test_an_environment_for_development_serves_for_running_and_not_the_other_way_round(project):
    made_from(project, environment.RUNTIME)
    assert not environment.is_ready(project, environment.DEVELOPMENT)
    made_from(project, environment.DEVELOPMENT)
    environment.stamp_of(project, environment.RUNTIME).unlink()
    assert environment.is_ready(project, environment.RUNTIME)


def test_an_environment_that_was_moved_is_made_again(project, tmp_path_factory):
    made_from(project, environment.RUNTIME)
    moved = tmp_path_factory.mktemp("moved") / "clone"
    shutil.copytree(project, moved)
    assert not environment.is_ready(moved, environment.RUNTIME)


def test_the_build_tool_is_taken_from_the_lock_with_its_hashes():
    entry = environment.build_tool(environment.ROOT / environment.RUNTIME)
    assert entry.startswith("setuptools==")
    assert entry.count("--hash=sha256:") >= 2
    assert entry.count("==") == 1


def test_a_lock_that_is_none_is_wrong_usage(capsys):
    assert environment.main(["other.lock"]) == 2
    assert "requirements.lock" in capsys.readouterr().err
