"""Put down what a patient takes, change it, or say that they take it no more."""

from dataclasses import dataclass
from datetime import date

from workbench.actions.charting._statements import next_version
from workbench.charting.chart_lines import StatementUnclear, words
from workbench.charting.chart_tables import Medication, MedicationVersion, Source
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Patient


@dataclass(frozen=True)
class MedicationRecorded:
    """The line as it stands."""

    line_id: str
    edition: int


@action(Permission.STATE_IN_CHART, on=Patient, refuses={"uq_medication_versions": StalePage})
def record_medication(
    work: Work, patient: Patient, *, name: str, reviewed_on: date, dose: str = "", prescriber: str = "",
    source: Source = Source.TOLD, since: date | None = None, until: date | None = None,
    line_id: str = "", edition: int = 0,
) -> MedicationRecorded:  # fmt: skip
    """The dose is kept as it was said. until: the first day they take it no more, None while they do.

    Raises:
        StatementUnclear: no name, a day that is to come, or one before it began. StalePage, NotFound, TooManyLines.
    """
    said: dict[str, str] = {}
    told = Medication(
        name=words(name, "name", said, needed="Say what they take."),
        dose=words(dose, "dose", said),
        prescriber=words(prescriber, "prescriber", said),
        source=Source(source),
        reviewed_on=reviewed_on,
        since=since,
        until=until,
    )
    for field, day in (("reviewed_on", reviewed_on), ("since", since), ("until", until)):
        if day is not None and day > work.today:
            said[field] = "This day is still to come."
    if since is not None and until is not None and until < since:
        said["until"] = "This lies before the day it began."
    if said:
        raise StatementUnclear(said)
    row = next_version(work, MedicationVersion, patient, line_id, edition)
    row.told = told
    work.add(row)
    work.record(AuditEvent.MEDICATION_RECORDED, line=row.line_id, edition=row.edition)
    return MedicationRecorded(row.line_id, row.edition)
