"""The packet of a release: cover, every record as it was signed, the documents as they came, and the manifest."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Final

from workbench.charting.added import addenda_of_forms, addenda_parts
from workbench.charting.late import late_entry
from workbench.charting.papers import note_leaves, note_sheet, plan_leaves, plan_sheet
from workbench.charting.plan_tables import TreatmentPlan
from workbench.charting.tables import Note
from workbench.documents.filing_tables import PatientDocument
from workbench.documents.kinds_of_file import kind_named
from workbench.documents.leaves import document_leaves
from workbench.forms.papers import form_leaves, response_sheet
from workbench.forms.tables import FormResponse
from workbench.gate.work import Work
from workbench.kernel.time import spoken_day
from workbench.measures.papers import measure_leaves, measure_sheet
from workbench.measures.tables import MeasureResult
from workbench.paper.leaf import KIND_WORDS, Leaf, RecordKind
from workbench.paper.packet import Packet, packet_pdf
from workbench.paper.sheet import Part, Sheet
from workbench.people.letterhead import about, from_whom
from workbench.people.tables import Patient, Staff
from workbench.releases.amendments import amendment_parts
from workbench.releases.choosing import Choice
from workbench.releases.part_2 import CONSENT_WORDS, NOTICE_FULL, NOTICE_PLAIN, NOTICE_SHORT, ConsentStanding
from workbench.releases.part_2_tables import ConsentKind
from workbench.releases.rules import GROUND_WORDS, Ground, kinds_of
from workbench.releases.tables import ReleaseRequest
from workbench.scheduling.tables import Appointment, Attendance

# A ZIP keeps a time of each file: the same packet made twice is the same bytes.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Made:
    """The file that leaves. pdf_sha256: of the paper in it, in hex."""

    content: bytes
    sha256: str
    pdf_sha256: str


def leaves_of(work: Work, patient_id: str) -> tuple[Leaf, ...]:
    """Everything of one record that could leave."""
    return (
        *note_leaves(work, patient_id), *plan_leaves(work, patient_id, work.zone),
        *form_leaves(work, patient_id, work.zone), *measure_leaves(work, patient_id, work.zone),
        *document_leaves(work, patient_id, work.zone),
    )  # fmt: skip


def made_packet(work: Work, request: ReleaseRequest, choice: Choice) -> Made:
    """The packet with what goes.

    Raises:
        CannotBeSet: no font of this machine has its letters.
    """
    patient = work.get(Patient, request.patient_id)
    sheets = tuple(_sheets(work, patient, choice))
    notice = NOTICE_SHORT if choice.part_2 else ""
    pdf = packet_pdf(
        Packet(
            title="Copy of records", about=about(patient), practice=from_whom(work), foot=f"release {request.id[-12:]}",
            cover=_cover(work, request, choice), sheets=sheets, closing=_certified(work), notice=notice,
        )
    )  # fmt: skip
    files = {f"documents/{name}": work.get(PatientDocument, leaf.record_id).content.data
             for leaf, name in _enclosed(work, choice)}  # fmt: skip
    manifest = _manifest(request, choice, sheets, {"packet.pdf": pdf, **files})
    content = _packed({"packet.pdf": pdf, "manifest.json": manifest, **files})
    return Made(content, _sha256(content), _sha256(pdf))


def _sheets(work: Work, patient: Patient, choice: Choice) -> Iterator[Sheet]:
    whom, practice = about(patient), from_whom(work)
    names = {leaf.record_id: name for leaf, name in _enclosed(work, choice)}
    for leaf in choice.goes:
        sheet = _sheet(work, leaf, whom, practice, names.get(leaf.record_id, ""))
        disputed = amendment_parts(work, leaf.kind, leaf.record_id, work.zone)
        notice = NOTICE_SHORT if leaf.record_id in choice.part_2 else ""
        yield replace(sheet, after=(*sheet.after, *disputed), notice=notice)


def _sheet(work: Work, leaf: Leaf, whom: str, practice: str, file_name: str) -> Sheet:
    if leaf.kind is RecordKind.NOTE:
        note = work.get(Note, leaf.record_id)
        session = work.get(Appointment, work.get(Attendance, note.attendance_id).appointment_id)
        late = late_entry(session.ends_at, note.started_at)
        return note_sheet(work, note, work.zone, about=whom, practice=practice, late=late)
    if leaf.kind is RecordKind.PLAN:
        return plan_sheet(work.get(TreatmentPlan, leaf.record_id), work.zone, about=whom, practice=practice)
    if leaf.kind is RecordKind.FORM:
        form = work.get(FormResponse, leaf.record_id)
        added = addenda_parts(addenda_of_forms(work, {form.id: form.content_hash}).get(form.id, ()), work.zone)
        return response_sheet(work, form, work.zone, work.today, about=whom, practice=practice, after=added)
    if leaf.kind is RecordKind.MEASURE:
        return measure_sheet(work.get(MeasureResult, leaf.record_id), work.zone, about=whom, practice=practice)
    told = (Part("answer", "Filed", spoken_day(leaf.on)), Part("answer", "Enclosed as it came", file_name),
            Part("answer", "SHA-256", leaf.digest))  # fmt: skip
    return Sheet(f"Document: {leaf.title}", whom, practice, f"file {leaf.digest[:16]}", told)


def _enclosed(work: Work, choice: Choice) -> Iterator[tuple[Leaf, str]]:
    """The documents that go, by their number in the contents; the name says nothing about whom it is."""
    for number, leaf in enumerate(choice.goes, 1):
        if leaf.kind is RecordKind.DOCUMENT:
            ending = kind_named(work.get(PatientDocument, leaf.record_id).media_type).ending
            yield leaf, f"{number:03}.{ending}"


def _cover(work: Work, request: ReleaseRequest, choice: Choice) -> tuple[Part, ...]:
    told = request.told
    days = " to ".join(spoken_day(day) if day else "any day" for day in (request.from_on, request.to_on))
    kinds = ", ".join(KIND_WORDS[one].lower() for one in sorted(kinds_of(request.kinds)))
    parts = [
        Part("answer", "Released to", f"{told.recipient}\n{told.address}"),
        Part("answer", "By", f"{GROUND_WORDS[Ground(request.ground)]}: {told.authority}"),
        Part("answer", "For", told.purpose), Part("answer", "Asked for", f"{kinds.capitalize()}, {days}"),
        Part("answer", "Made on", spoken_day(work.today)),
    ]  # fmt: skip
    return (*parts, *_part_2(choice)) if choice.part_2 else tuple(parts)


def _part_2(choice: Choice) -> tuple[Part, ...]:
    """The statement of 42 CFR 2.32(a)(1), and what 2.32(b) asks for: what the consent covers."""
    scope = _scope(choice.consent) if choice.consent else ()
    return (Part("heading", text="Protected by 42 CFR part 2"), Part("words", text=NOTICE_FULL),
            Part("words", text=NOTICE_PLAIN), *scope)  # fmt: skip


def _scope(consent: ConsentStanding) -> tuple[Part, ...]:
    told, row = consent.told, consent.row
    until = f"until before {spoken_day(row.until_on)}" if row.until_on else "with no end"
    lines = (
        f"Signed {spoken_day(row.signed_on)}, counts from {spoken_day(row.from_on)} {until}.",
        f"For: {CONSENT_WORDS[ConsentKind(row.kind)].lower()}. {told.purpose}",
        f"What: {told.what}",
        f"To: {', '.join(told.recipients) or 'whoever treats, pays for or administers the care'}",
    )  # fmt: skip
    return (Part("answer", "The consent this goes by", "\n".join(lines)),)


def _certified(work: Work) -> tuple[Part, ...]:
    who = work.get(Staff, work.actor.person_id).details.shown_name
    return (
        Part("heading", text="Certification"),
        Part("words", text=(
            "The records listed here are true copies of records that this practice made or received and keeps in the "
            f"ordinary course of its work. Released by {who}, {spoken_day(work.today)}."
        )),
        Part("line", label="Custodian of records, signature and date"),
    )  # fmt: skip


def _manifest(request: ReleaseRequest, choice: Choice, sheets: tuple[Sheet, ...], files: dict[str, bytes]) -> bytes:
    """printed: SHA-256 of the words as they were set, signed: of what was signed; files: of every file."""
    records = [
        {"number": number, "kind": leaf.kind.value, "title": leaf.title, "day": leaf.on.isoformat(),
         "signed_sha256": leaf.digest, "printed_sha256": _sha256(_canonical(asdict(sheet)))}
        for number, (leaf, sheet) in enumerate(zip(choice.goes, sheets, strict=True), 1)
    ]  # fmt: skip
    told = {"release": request.id, "records": records, "files": {name: _sha256(data) for name, data in files.items()}}
    if choice.part_2:
        told["notice"] = NOTICE_SHORT
    return json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True).encode()


def _canonical(told: dict[str, object]) -> bytes:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in files.items():
            packed.writestr(zipfile.ZipInfo(name, _NO_TIME), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
