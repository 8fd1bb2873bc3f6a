"""All of one's own record at once, to keep or to hand on: as a FHIR R4 bundle, or as one PDF (45 CFR 164.524(c)(2)).

It is the person's own access, so the accounting of disclosures does not have it (164.528(a)(1)(ii)); the log does.
"""

from collections.abc import Iterator

from workbench.forms.documents import write_document
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import spoken_day
from workbench.paper.leaf import RecordKind
from workbench.paper.packet import Packet, packet_pdf
from workbench.paper.sheet import Part
from workbench.people.letterhead import about, from_whom
from workbench.people.tables import Patient
from workbench.releases.part_2 import NOTICE_SHORT
from workbench.releases.rules import MOST_RECORDS
from workbench.screens.fhir_parts import Resource, bundle, instant
from workbench.screens.fhir_people import people_entries, statement_entries, whom_of
from workbench.screens.fhir_records import (
    Whom,
    document_entries,
    form_entries,
    measure_entries,
    note_entries,
    plan_entries,
)
from workbench.screens.own_record import OwnFile, shown_records
from workbench.screens.own_sheets import own_sheet
from workbench.screens.part_2 import part_2_of
from workbench.screens.shared_records import SharedLeaf

__all__ = ["TooManyForPaper", "own_bundle", "own_packet"]


class TooManyForPaper(WorkbenchError):
    """More than is set in one piece."""

    def __init__(self) -> None:
        super().__init__("There are too many records for one paper. Download the FHIR copy, or ask the practice.")


@view(Permission.TAKE_OWN_RECORD, shows=AuditEvent.OWN_CHART_TAKEN, on=Patient)
def own_bundle(look: Look, patient: Patient) -> OwnFile:
    """Everything that is shown to them, and what is stated of them, as JSON.

    Raises:
        NotFound: their link does not open the chart.
    """
    records, whom = _records(look, patient), whom_of(look, patient)
    entries = [told for one in records for told in _entries(look, patient, one, whom)]
    part_2 = part_2_of(look, patient.id)
    # A diagnosis alone may tell of treatment under Part 2: none goes to a link that does not open what is there.
    if part_2.may_read or not (part_2.marks.records or part_2.marks.episodes):
        entries += statement_entries(look, patient, whom)
    people = people_entries(look, patient, [one["resource"] for one in entries])
    once = {one["fullUrl"]: one for one in (*people, *entries)}
    made = bundle(f"record-{patient.number}", instant(look.now, look.zone), once.values())
    look.facts.update(records=len(records), form="fhir")
    return OwnFile("record.fhir.json", "application/fhir+json", write_document(made).encode())


@view(Permission.TAKE_OWN_RECORD, shows=AuditEvent.OWN_CHART_TAKEN, on=Patient)
def own_packet(look: Look, patient: Patient) -> OwnFile:
    """Everything that is shown to them on paper, in order of day, with its contents.

    Raises:
        NotFound: their link does not open the chart. TooManyForPaper. CannotBeSet.
    """
    records = _records(look, patient)
    if len(records) > MOST_RECORDS:
        raise TooManyForPaper
    has_part_2 = any(one.is_part_2 for one in records)
    cover = (Part("answer", "Made on", spoken_day(look.today)),
             Part("words", text="A copy of what this practice shows to the person it is about."))  # fmt: skip
    pdf = packet_pdf(
        Packet(
            title="My record", about=about(patient), practice=from_whom(look), foot=f"file {patient.number}",
            cover=cover, sheets=tuple(own_sheet(look, patient, one) for one in records),
            notice=NOTICE_SHORT if has_part_2 else "",
        )
    )  # fmt: skip
    look.facts.update(records=len(records), form="pdf")
    return OwnFile("record.pdf", "application/pdf", pdf)


def _records(look: Look, patient: Patient) -> tuple[SharedLeaf, ...]:
    """What is shown to them, the oldest first."""
    if not look.allowed(Permission.SEE_OWN_RECORD, patient):
        raise NotFound
    look.shown(patient.id)
    return tuple(reversed(shown_records(look, patient)))


def _entries(look: Look, patient: Patient, one: SharedLeaf, whom: Whom) -> Iterator[Resource]:
    match one.leaf.kind:
        case RecordKind.NOTE:
            return note_entries(look, one, whom, own_sheet(look, patient, one))
        case RecordKind.PLAN:
            return plan_entries(look, one, whom, own_sheet(look, patient, one))
        case RecordKind.FORM:
            return form_entries(look, one, whom)
        case RecordKind.MEASURE:
            return measure_entries(look, one, whom)
        case RecordKind.DOCUMENT:
            return document_entries(look, one, whom)
