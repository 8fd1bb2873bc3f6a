"""Holds the two lock files to each other, to the project, and to hashes without addresses."""

import re
import tomllib

import pytest

from tests.architecture.source import ROOT
from tests.architecture.test_licences import locked, normal

LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_packages_and_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|^-|--(index|find|extra)", text, re.MULTILINE)
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) > 80
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_development_lock_holds_the_runtime_lock_as_it_is():
    runtime, development = (locked(lock) for lock in LOCKS)
    assert {name: version for name, version in runtime.items() if development.get(name) != version} == {}


def test_every_dependency_of_the_project_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    for lock, wanted in (
        ("requirements.lock", project["project"]["dependencies"] + groups["build"]),
        ("requirements-dev.lock", groups["dev"]),
    ):
        names = {normal(re.split(r"[<>=!~; \[]", want, maxsplit=1)[0]) for want in wanted}
        assert names - set(locked(lock)) == set()
