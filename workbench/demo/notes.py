"""Draws the notes of what took place: when they were written and signed, and what they say. All of it is invented."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from workbench.charting.rules import Signature, content_hash
from workbench.charting.tables import Note, NoteRevision, NoteState, NoteText
from workbench.demo import words
from workbench.demo.plan import Draw, Making, Visit
from workbench.scheduling.tables import AttendanceStatus
from workbench.store.base import Base

WATERMARK = "Synthetic."


@dataclass(frozen=True)
class DrawnNote:
    """A note of one visit. signed_at: None while it is a draft."""

    id: str
    visit: Visit
    started_at: datetime
    signed_at: datetime | None
    text: NoteText


def draw_notes(visits: Sequence[Visit], making: Making) -> Iterator[DrawnNote]:
    """Notes of the sessions that took place. What would be signed after now is a draft, or not written yet."""
    for visit in visits:
        if visit.status is AttendanceStatus.COMPLETED and visit.id not in making.unwritten:
            note = _draw_note(visit, making)
            if note is not None:
                yield note


def newest_of_each(visits: Sequence[Visit]) -> tuple[frozenset[str], frozenset[str]]:
    """Of each clinician, the newest session that took place and the one before it: not written, and a draft.

    So there is something to write and something to sign whenever the practice is looked at.
    """
    found: dict[str, list[str]] = {}
    for visit in visits:  # in the order of their start
        if visit.status is AttendanceStatus.COMPLETED:
            found[visit.client.clinician.id] = [*found.get(visit.client.clinician.id, [])[-1:], visit.id]
    return frozenset(last[-1] for last in found.values()), frozenset(last[0] for last in found.values() if last[1:])


def _draw_note(visit: Visit, making: Making) -> DrawnNote | None:
    draw, now = making.draw, making.plan.setting.now
    # Half are signed within the clinician's usual time; a few are put off for long, one in 300 is forgotten.
    hours = draw.expovariate(0.69 / visit.client.clinician.signs_within) * (6 if draw.random() < 0.02 else 1)
    forgotten = draw.random() < 1 / 300 and visit.ends_at > now - timedelta(days=45)
    started_at = visit.ends_at + timedelta(hours=hours * 0.8, minutes=draw.randint(2, 20))
    if visit.id in making.drafts:
        return DrawnNote(draw.id("nte"), visit, min(started_at, now), None, _text(visit, draw))
    if forgotten or started_at > now:
        return None
    signed_at = started_at + timedelta(hours=hours * 0.2, minutes=draw.randint(3, 15))
    return DrawnNote(draw.id("nte"), visit, started_at, signed_at if signed_at <= now else None, _text(visit, draw))


def _text(visit: Visit, draw: Draw) -> NoteText:
    return NoteText(
        subjective=f"{WATERMARK} {draw.choice(words.SUBJECTIVE)} {draw.choice(words.SUBJECTIVE)}",
        objective=f"{WATERMARK} {draw.choice(words.OBJECTIVE)}",
        assessment=f"{WATERMARK} {draw.choice(words.ASSESSMENT)}",
        plan=f"{WATERMARK} {draw.choice(words.PLAN)}",
        diagnoses=visit.client.diagnoses,
    )


def note_rows(notes: Sequence[DrawnNote], making: Making) -> dict[type[Base], Any]:
    """Notes, and the text as it was saved."""
    return {
        Note: [_note(note, making) for note in notes],
        NoteRevision: [_revision(note, making) for note in notes],
    }


def _note(note: DrawnNote, making: Making) -> dict[str, Any]:
    client, clinician = note.visit.client, note.visit.client.clinician
    signed = ""
    digest = b""
    if note.signed_at is not None:
        signed = clinician.details.shown_name
        digest = content_hash(
            Signature(
                note.id,
                note.visit.attendance_id,
                client.id,
                clinician.id,
                signed,
                note.signed_at,
                note.visit.service_on,
            ),
            note.text,
        )
    return {
        "id": note.id, "attendance_id": note.visit.attendance_id, "patient_id": client.id, "author_id": clinician.id,
        "state": NoteState.LOCKED if note.signed_at else NoteState.DRAFT, "service_on": note.visit.service_on,
        "started_at": note.started_at, "signed_at": note.signed_at, "signed_as": signed, "content_hash": digest,
        "cosigned_at": None, "cosigner_id": "", "cosigned_as": "", "attested": "",
        "version": 2 if note.signed_at else 1,
        "sealed": Note.text.envelope(
            making.vault, table="notes", row_id=note.id, owner=client.id, document=note.text
        ),
    }  # fmt: skip


def _revision(note: DrawnNote, making: Making) -> dict[str, Any]:
    row_id, client = making.draw.id("nrv"), note.visit.client
    return {
        "id": row_id, "note_id": note.id, "patient_id": client.id, "number": 1, "saved_at": note.started_at,
        "saved_by": making.accounts[client.clinician.id],
        "sealed": NoteRevision.text.envelope(
            making.vault, table="note_revisions", row_id=row_id, owner=client.id, document=note.text
        ),
    }  # fmt: skip
