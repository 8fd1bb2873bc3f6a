"""What is marked as data under 42 CFR Part 2, and the consents to it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.relations import not_own_record
from workbench.gate.view import Look, view
from workbench.paper.leaf import KIND_WORDS, RecordKind
from workbench.people.names import staff_named
from workbench.people.tables import Patient
from workbench.releases.part_2 import (
    CONSENT_WORDS,
    NOTICE_FULL,
    NOTICE_PLAIN,
    NOTICE_SHORT,
    MarkStanding,
    consents_of,
    mark_standings,
)
from workbench.releases.part_2_tables import EPISODE, ConsentKind, Part2Mark
from workbench.screens.leaves import leaves_of, titled

__all__ = [
    "CONSENT_WORDS", "EPISODE", "NOTICE_FULL", "NOTICE_PLAIN", "NOTICE_SHORT", "ConsentShown", "MarkShown",
    "Part2OfPatient", "part_two_marks", "part_two_of_patient",
]  # fmt: skip

MARK_WORDS = {EPISODE: "Time in a programme", **{kind.value: words for kind, words in KIND_WORDS.items()}}


@dataclass(frozen=True)
class MarkShown:
    """One mark. title: of the record, for who reads it. until_on: the first day an episode covers no longer."""

    mark_id: str
    patient_id: str
    patient_number: int
    kind: str
    words: str
    title: str
    from_on: date | None
    until_on: date | None
    why: str
    marked_at: datetime
    marked_by: str
    is_lifted: bool
    is_mine: bool


@dataclass(frozen=True)
class ConsentShown:
    """One consent. counts: whether something may rest on it today."""

    consent_id: str
    kind: str
    recipients: tuple[str, ...]
    what: str
    purpose: str
    signed_on: date
    from_on: date
    until_on: date | None
    withdrawn_at: datetime | None
    counts: bool


@dataclass(frozen=True)
class Part2OfPatient:
    """records: kind and id, and title, of what could be marked by itself."""

    marks: tuple[MarkShown, ...] = ()
    consents: tuple[ConsentShown, ...] = ()
    records: tuple[tuple[str, str], ...] = ()
    may_mark: bool = False
    may_lift: bool = False


@view(Permission.KEEP_PART_2_CONSENT, shows=AuditEvent.PART_2_SEEN, on=Patient)
def part_two_of_patient(look: Look, patient: Patient) -> Part2OfPatient:
    """Of one person. Titles of records are for who reads them; compliance sees kinds and days."""
    may_read = look.allowed(Permission.READ_PART_2, patient) and look.allowed(Permission.READ_CHART, patient)
    look.shown(patient.id)
    leaves = leaves_of(look, patient.id) if may_read else ()
    titles = {leaf.record_id: leaf.title for leaf in leaves}
    consents = tuple(
        ConsentShown(
            one.row.id, CONSENT_WORDS[ConsentKind(one.row.kind)], one.told.recipients, one.told.what, one.told.purpose,
            one.row.signed_on, one.row.from_on, one.row.until_on,
            one.withdrawal.withdrawn_at if one.withdrawal else None, one.counts(look.today),
        )
        for one in consents_of(look, patient.id)
    )  # fmt: skip
    newest = sorted(leaves, key=lambda leaf: (leaf.on, leaf.record_id), reverse=True)
    return Part2OfPatient(
        _shown(look, mark_standings(look, patient.id), titles), consents,
        tuple(titled(leaf) for leaf in newest),
        look.allowed(Permission.MARK_PART_2, patient) and may_read, look.allowed(Permission.DECIDE_PART_2, patient),
    )  # fmt: skip


@view(Permission.DECIDE_PART_2, shows=AuditEvent.PART_2_SEEN)
def part_two_marks(look: Look) -> tuple[MarkShown, ...]:
    """All marks in force of everybody but oneself, the newest first: kinds and days, no titles."""
    others = set(look.scalars(select(Part2Mark.id).where(not_own_record(look.actor, Part2Mark.patient_id))))
    held = tuple(one for one in mark_standings(look) if one.lifted is None and one.row.id in others)
    look.shown({one.row.patient_id for one in held})
    return _shown(look, held, {})


def _shown(look: Look, held: tuple[MarkStanding, ...], titles: dict[str, str]) -> tuple[MarkShown, ...]:
    patients = {one.row.patient_id for one in held}
    numbers = {one.id: one.number for one in look.scalars(select(Patient).where(Patient.id.in_(patients)))}
    names = {key: one.shown_name for key, one in staff_named(look, {one.row.marker_id for one in held}).items()}
    return tuple(
        MarkShown(
            one.row.id, one.row.patient_id, numbers[one.row.patient_id], one.row.kind,
            MARK_WORDS[one.row.kind if one.row.kind == EPISODE else RecordKind(one.row.kind)],
            titles.get(one.row.target_id, ""), one.row.from_on, one.closed.until_on if one.closed else None,
            one.row.told.why, one.row.marked_at, names.get(one.row.marker_id, ""), one.lifted is not None,
            one.row.marker_id == look.actor.person_id,
        )
        for one in held
    )  # fmt: skip
