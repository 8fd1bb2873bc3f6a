"""The record something is said about: whose, by whom, of which day, and whether it is there for the actor at all."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from workbench.charting.plan_tables import TreatmentPlan
from workbench.charting.tables import Note
from workbench.documents.filing_tables import PatientDocument
from workbench.forms.papers import form_day
from workbench.forms.tables import FormResponse
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.time import day_of
from workbench.measures.tables import MeasureResult
from workbench.paper.leaf import RecordKind
from workbench.releases.part_2 import marks_of

_Record = Note | TreatmentPlan | FormResponse | MeasureResult | PatientDocument
_TABLES: Final[dict[RecordKind, type[_Record]]] = {
    RecordKind.NOTE: Note,
    RecordKind.PLAN: TreatmentPlan,
    RecordKind.FORM: FormResponse,
    RecordKind.MEASURE: MeasureResult,
    RecordKind.DOCUMENT: PatientDocument,
}


@dataclass(frozen=True)
class Record:
    """author_id: empty where nobody here wrote it."""

    patient_id: str
    author_id: str
    on: date


def record_of(work: Work, kind: RecordKind, record_id: str) -> Record:
    """The record with this id.

    Raises:
        NotFound: there is none, or it is under 42 CFR Part 2 and the actor neither reads nor decides about such data.
    """
    row: _Record = work.get(_TABLES[kind], record_id)
    found = Record(row.patient_id, getattr(row, "author_id", ""), _day(work, row))
    may_know = work.allowed(Permission.READ_PART_2, row) or work.allowed(Permission.DECIDE_PART_2, row)
    if not may_know and marks_of(work, row.patient_id).cover(kind, record_id, found.on):
        raise NotFound
    return found


def _day(work: Work, row: _Record) -> date:
    match row:
        case Note():
            return row.service_on
        case TreatmentPlan():
            return day_of(row.begun_at, work.zone)
        case FormResponse():
            return form_day(row, work.zone)
        case MeasureResult():
            return day_of(row.taken_at, work.zone)
        case PatientDocument():
            return day_of(row.stored_at, work.zone)
