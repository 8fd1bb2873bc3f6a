"""Say that a diagnosis holds no more. The line stays, with its versions."""

from dataclasses import replace
from datetime import date

from workbench.actions.charting._statements import DiagnosisSet, next_version
from workbench.charting.chart_lines import StatementUnclear, diagnosis_lines, holding, words
from workbench.charting.chart_tables import Certainty, DiagnosisVersion
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound, StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Patient


@action(Permission.SET_DIAGNOSIS, on=Patient, refuses={"uq_diagnosis_versions": StalePage})
def end_diagnosis(
    work: Work, patient: Patient, *, line_id: str, edition: int, until: date, why: str, is_ruled_out: bool = False
) -> DiagnosisSet:
    """until: the first day it holds no more, not after today. is_ruled_out: it turned out never to have held.

    Raises:
        StatementUnclear: the day lies before it began or is to come, or no reason is given.
        StalePage, NotFound: of another patient, or ended before.
    """
    lines = holding(diagnosis_lines(work, patient.id), work.today)
    line = next((one for one in lines if one.line_id == line_id), None)
    if line is None:
        raise NotFound
    said: dict[str, str] = {}
    reason = words(why, "why", said, needed="Say why it holds no more.", most=400)
    if until > work.today:
        said["until"] = "This day is still to come."
    if until < line.told.since:
        said["until"] = "This lies before the day it began."
    if said:
        raise StatementUnclear(said)
    row = next_version(work, DiagnosisVersion, patient, line_id, edition)
    certainty = Certainty.RULED_OUT if is_ruled_out else line.told.certainty
    row.told = replace(line.told, until=until, why=reason, certainty=certainty)
    work.add(row)
    left = (one for one in lines if one.line_id != line_id)
    for rank, one in enumerate(left, start=1):
        if one.told.rank != rank:
            moved = next_version(work, DiagnosisVersion, patient, one.line_id, one.edition)
            moved.told = replace(one.told, rank=rank)
            work.add(moved)
    work.record(AuditEvent.DIAGNOSIS_ENDED, line=line_id, edition=row.edition)
    return DiagnosisSet(line_id, row.edition, line.told.rank)
