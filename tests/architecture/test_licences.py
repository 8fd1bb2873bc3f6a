"""Holds what a practice installs to licences that ask nothing of the workbench's own code."""

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageMetadata, distributions

import pytest

from tests.architecture.source import ROOT

COPYLEFT = re.compile(
    r"\b[AL]?GPL|General Public License|\bSSPL|\bBUSL|Business Source|Proprietary|Commons Clause", re.IGNORECASE
)

# Packages whose metadata is silent, or names a licence above, with what was read in their files and why they may stay.
READ_BY_HAND = {
    "sqlcipher3": "zlib licence in its LICENSE; SQLCipher itself is BSD, SQLite public domain",
}


def locked(lock: str) -> dict[str, str]:
    """Name and version of each package in a lock file; a name locked twice (by Python version) keeps the last."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    pins = [re.match(r"([A-Za-z0-9._-]+)==([^ ;\\]+)", line) for line in lines]
    return {normal(pin[1]): pin[2] for pin in pins if pin}


def normal(name: str) -> str:
    """A package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(metadata: PackageMetadata) -> str:
    """What a distribution says of its licence: the expression, the field's first line, the classifiers."""
    said = [metadata.get("License-Expression") or ""]
    said += (metadata.get("License") or "").strip().splitlines()[:1]
    said += [entry for entry in metadata.get_all("Classifier") or [] if entry.startswith("License ::")]
    return "; ".join(part for part in said if part)


def refused(licence: str) -> bool:
    """Whether no choice that the licence leaves is free of copyleft: `GPL-2.0 OR MIT` leaves one."""
    return all(COPYLEFT.search(choice) for choice in licence.split(" OR ")) if licence else True


def installed_of_the_runtime() -> Iterator[Distribution]:
    names = locked("requirements.lock")
    for distribution in distributions():
        if normal(distribution.metadata["Name"]) in names:
            yield distribution


def test_no_package_of_the_runtime_binds_our_code():
    found = {d.metadata["Name"]: licence_of(d.metadata) for d in installed_of_the_runtime()}
    assert len(found) > 50
    assert {name: said for name, said in found.items() if refused(said) and name not in READ_BY_HAND} == {}


def test_every_package_read_by_hand_is_still_locked():
    assert set(READ_BY_HAND) <= set(locked("requirements.lock"))


@pytest.mark.parametrize(
    ("licence", "is_refused"),
    [
        ("MIT", False),
        ("LGPL-3.0-only", True),
        ("License :: OSI Approved :: GNU General Public License v3 (GPLv3)", True),
        ("AGPL-3.0-or-later", True),
        ("GPL-2.0-only OR MIT", False),
        ("", True),
    ],
)
def test_a_licence_is_refused_if_it_binds_or_says_nothing(licence, is_refused):
    assert refused(licence) is is_refused
