"""What may be added to a locked record, and what is signed with it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from workbench.charting.addenda import LONGEST, AddendumKind, AddendumUnclear, checked, content_hash
from workbench.charting.addendum_tables import Addendum, AddendumText

TOLD = AddendumText("Left out", "They also spoke of work.")


def row(**more: object) -> Addendum:
    return Addendum(**{
        "id": "add_1", "patient_id": "pat_1", "note_id": "nte_1", "number": 1, "kind": "addendum", "author_id": "stf_1",
        "signed_at": datetime(2026, 3, 9, tzinfo=UTC), "signed_as": "Ada", "target_hash": "abc", **more,
    })  # fmt: skip


@pytest.mark.parametrize("kind", AddendumKind)
def test_an_entry_is_kept_without_space_around_it(kind: AddendumKind) -> None:
    assert checked(kind.value, " why ", "\nwhat\n") == (kind, AddendumText("why", "what"))


@pytest.mark.parametrize(
    ("kind", "reason", "text", "fields"),
    [
        ("", "why", "what", {"kind"}), ("deletion", "why", "what", {"kind"}), ("addendum", " ", "what", {"reason"}),
        ("addendum", "x" * 501, "what", {"reason"}), ("addendum", "why", "", {"text"}),
        ("addendum", "why", "x" * (LONGEST + 1), {"text"}), ("", "", "", {"kind", "reason", "text"}),
    ],
)  # fmt: skip
def test_what_says_nothing_is_refused_by_its_fields(kind: str, reason: str, text: str, fields: set[str]) -> None:
    with pytest.raises(AddendumUnclear) as refused:
        checked(kind, reason, text)
    assert set(refused.value.fields) == fields


def test_every_part_of_it_is_in_its_hash() -> None:
    hashes = {content_hash(row(), TOLD), content_hash(row(), replace(TOLD, text="x")),
              content_hash(row(), replace(TOLD, reason="x"))}  # fmt: skip
    for name, other in (
        ("id", "add_2"), ("patient_id", "pat_2"), ("note_id", "nte_2"), ("number", 2), ("kind", "correction"),
        ("author_id", "stf_2"), ("signed_as", "Ben"), ("target_hash", "abd"),
        ("signed_at", datetime(2026, 3, 9, tzinfo=UTC) + timedelta(microseconds=1)), ("response_id", "fre_1"),
    ):  # fmt: skip
        hashes.add(content_hash(row(**{name: other}), TOLD))
    assert len(hashes) == 13
