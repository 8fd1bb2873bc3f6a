"""What was added to notes and forms after they were locked, in order."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from workbench.charting.addenda import AddendumKind, content_hash
from workbench.charting.addendum_tables import Addendum
from workbench.kernel.time import spoken_instant
from workbench.paper.sheet import Part
from workbench.store.newest import Rows

__all__ = ["AddendumKind", "AddendumShown", "addenda_of_forms", "addenda_of_notes", "addenda_parts"]


@dataclass(frozen=True)
class AddendumShown:
    """One entry. is_unchanged: whether it is, byte by byte, what was signed, and beside what it was signed for."""

    addendum_id: str
    number: int
    kind: str
    reason: str
    text: str
    signed_as: str
    signed_at: datetime
    content_hash: str
    is_unchanged: bool


def addenda_of_notes(rows: Rows, hashes: Mapping[str, str]) -> Mapping[str, tuple[AddendumShown, ...]]:
    """By note. hashes: of what was signed, by the note's id; the caller has judged that they may be read."""
    found = rows.scalars(select(Addendum).where(Addendum.note_id.in_(hashes)).order_by(Addendum.number))
    return _grouped(found, lambda row: row.note_id or "", hashes)


def addenda_of_forms(rows: Rows, hashes: Mapping[str, str]) -> Mapping[str, tuple[AddendumShown, ...]]:
    """By form. hashes: of what was signed, by the form's id; the caller has judged that they may be read."""
    found = rows.scalars(select(Addendum).where(Addendum.response_id.in_(hashes)).order_by(Addendum.number))
    return _grouped(found, lambda row: row.response_id or "", hashes)


def addenda_parts(entries: Iterable[AddendumShown], zone: ZoneInfo) -> tuple[Part, ...]:
    """The entries as they are printed behind the original."""
    parts: list[Part] = []
    for one in entries:
        signed = f"Signed {one.signed_as}, {spoken_instant(one.signed_at, zone)} · {one.content_hash[:16]}"
        parts += [
            Part("heading", text=f"{one.kind.capitalize()} {one.number}"), Part("answer", "Why", one.reason),
            Part("answer", "Entry", one.text), Part("words", text=signed),
        ]  # fmt: skip
    return tuple(parts)


def _grouped(
    rows: Iterable[Addendum], key: Callable[[Addendum], str], hashes: Mapping[str, str]
) -> Mapping[str, tuple[AddendumShown, ...]]:
    found: dict[str, tuple[AddendumShown, ...]] = {}
    for row in rows:
        told = row.told
        is_unchanged = content_hash(row, told) == row.content_hash and row.target_hash == hashes[key(row)]
        shown = AddendumShown(row.id, row.number, row.kind, told.reason, told.text, row.signed_as, row.signed_at,
                              row.content_hash, is_unchanged)  # fmt: skip
        found[key(row)] = (*found.get(key(row), ()), shown)
    return found
