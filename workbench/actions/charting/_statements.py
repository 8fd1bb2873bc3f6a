"""One more version of a line of the chart. Shared by the verbs that state something of a patient."""

from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import func, select

from workbench.charting.chart_lines import MOST_LINES, TooManyLines
from workbench.charting.chart_tables import AllergyVersion, DiagnosisVersion, MedicationVersion, RiskVersion
from workbench.gate.errors import NotFound, StalePage
from workbench.gate.work import Work
from workbench.kernel.ids import new_id
from workbench.people.tables import Patient

V = TypeVar("V", DiagnosisVersion, MedicationVersion, AllergyVersion, RiskVersion)


@dataclass(frozen=True)
class DiagnosisSet:
    """The line as it stands. rank: 1 is the principal one."""

    line_id: str
    edition: int
    rank: int


def next_version(work: Work, row_class: type[V], patient: Patient, line_id: str, edition: int) -> V:
    """The row of the next version, without what it says. line_id: empty begins a line.

    edition: the one the page showed, 0 for a new line.

    Raises:
        NotFound: the line is none of this patient's. StalePage: somebody changed it meanwhile. TooManyLines.
    """
    table = row_class.__table__.c
    of_patient = select(func.count(table.line_id.distinct())).where(table.patient_id == patient.id)
    if not line_id:
        if work.scalar(of_patient) >= MOST_LINES:
            raise TooManyLines
        line_id, last = new_id("lin"), 0
    else:
        last = int(work.scalar(select(func.max(table.edition)).where(
            table.line_id == line_id, table.patient_id == patient.id
        )) or 0)  # fmt: skip
        if not last:
            raise NotFound
    if edition != last:
        raise StalePage
    return row_class(
        line_id=line_id, patient_id=patient.id, edition=last + 1, said_at=work.now, said_by=work.actor.person_id
    )
