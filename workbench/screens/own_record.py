"""One's own signed records, as the person in care or who stands in for them reads them (45 CFR 164.524)."""

from dataclasses import dataclass
from datetime import date

from workbench.documents.filing_tables import PatientDocument
from workbench.documents.kinds_of_file import PDF, kind_named
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.paper.leaf import RecordKind
from workbench.paper.sheet import pdf_of
from workbench.people.tables import Patient
from workbench.releases.sharing import REVIEWED, Standing
from workbench.screens.own_sheets import own_sheet
from workbench.screens.shared_records import SharedLeaf, shared_records

__all__ = ["OwnFile", "OwnLine", "OwnRecord", "RecordKind", "Withheld", "own_paper", "own_record", "shown_records"]


@dataclass(frozen=True)
class OwnLine:
    """A record that may be read. kind: stored."""

    kind: str
    record_id: str
    title: str
    on: date


@dataclass(frozen=True)
class Withheld:
    """That something of this day is kept from them, why, and whether another professional may review it.

    ground: stored. Of what, that much: its kind; never its title.
    """

    kind: str
    on: date
    ground: str
    is_reviewed: bool


@dataclass(frozen=True)
class OwnRecord:
    """lines: the newest first. later: what is signed and appears on a day, by kind. on_request: how many are handed
    out when asked for. may_take: whether all of it may be downloaded.
    """

    lines: tuple[OwnLine, ...]
    later: tuple[tuple[str, date], ...]
    on_request: int
    withheld: tuple[Withheld, ...]
    may_take: bool


@dataclass(frozen=True)
class OwnFile:
    """A file named by what it is, never by about whom."""

    name: str
    media_type: str
    content: bytes


@view(Permission.SEE_OWN_RECORD, shows=AuditEvent.OWN_CHART_SEEN, on=Patient)
def own_record(look: Look, patient: Patient) -> OwnRecord:
    """What may be read now, and plainly that there is more where there is."""
    look.shown(patient.id)
    found = _all(look, patient)
    by = {standing: [one for one in found if one.shared.standing is standing] for standing in Standing}
    return OwnRecord(
        tuple(OwnLine(one.leaf.kind.value, one.leaf.record_id, one.leaf.title, one.leaf.on)
              for one in by[Standing.SHOWN]),
        tuple((one.leaf.kind.value, one.shared.from_on) for one in by[Standing.LATER] if one.shared.from_on),
        len(by[Standing.ON_REQUEST]),
        tuple(Withheld(one.leaf.kind.value, one.leaf.on, one.shared.ground.value, one.shared.ground in REVIEWED)
              for one in by[Standing.WITHHELD] if one.shared.ground),
        look.allowed(Permission.TAKE_OWN_RECORD, patient),
    )  # fmt: skip


@view(Permission.SEE_OWN_RECORD, shows=AuditEvent.OWN_CHART_READ, on=Patient)
def own_paper(look: Look, patient: Patient, *, record_id: str) -> OwnFile:
    """One record as PDF; a document as it came.

    Raises:
        NotFound: there is none, or it is not shown to them.
    """
    one = next((one for one in shown_records(look, patient) if one.leaf.record_id == record_id), None)
    if one is None:
        raise NotFound
    look.shown(patient.id)
    look.facts.update(kind=one.leaf.kind.value)
    name = f"{one.leaf.kind.value}-{one.leaf.digest[:12]}"
    if one.leaf.kind is RecordKind.DOCUMENT:
        document = look.get(PatientDocument, record_id)
        kind = kind_named(document.media_type)
        return OwnFile(f"{name}.{kind.ending}", kind.media_type, document.content.data)
    return OwnFile(f"{name}.{PDF.ending}", PDF.media_type, pdf_of(own_sheet(look, patient, one)))


def shown_records(look: Look, patient: Patient) -> tuple[SharedLeaf, ...]:
    """Those that may be read by who looks."""
    return tuple(one for one in _all(look, patient) if one.shared.standing is Standing.SHOWN)


def _all(look: Look, patient: Patient) -> tuple[SharedLeaf, ...]:
    return shared_records(look, patient.id, is_self=look.actor.person_id == patient.id)
