"""Put a diagnosis on a patient's list, or change what one says."""

from dataclasses import replace
from datetime import date

from workbench.actions.charting._statements import DiagnosisSet, next_version
from workbench.charting.chart_lines import StatementUnclear, diagnosis_lines, holding, ranked
from workbench.charting.chart_tables import Certainty, Diagnosis, DiagnosisVersion
from workbench.charting.codes import not_given
from workbench.charting.rules import MOST_DIAGNOSES, NotADiagnosis, diagnosis
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Patient


@action(Permission.SET_DIAGNOSIS, on=Patient, refuses={"uq_diagnosis_versions": StalePage})
def set_diagnosis(
    work: Work, patient: Patient, *, code: str, rank: int, certainty: Certainty, since: date,
    line_id: str = "", edition: int = 0,
) -> DiagnosisSet:  # fmt: skip
    """rank: where it stands among those that hold; the others move up or down, each with a version of its own.

    Raises:
        StatementUnclear: the code is none that is given today, it is on the list already, it is ruled out, or the
            day is to come.
        StalePage, NotFound, TooManyLines.
    """
    lines = holding(diagnosis_lines(work, patient.id), work.today)
    told = _checked(work, code, certainty, since, {one.told.code for one in lines if one.line_id != line_id})
    if not line_id and len(lines) >= MOST_DIAGNOSES:
        raise StatementUnclear({"code": f"A list has at most {MOST_DIAGNOSES} diagnoses that hold. End one first."})
    row = next_version(work, DiagnosisVersion, patient, line_id, edition)
    ranks = ranked(lines, row.line_id, rank)
    row.told = replace(told, rank=ranks[row.line_id])
    work.add(row)
    for one in lines:
        if one.line_id != row.line_id and one.told.rank != ranks[one.line_id]:
            moved = next_version(work, DiagnosisVersion, patient, one.line_id, one.edition)
            moved.told = replace(one.told, rank=ranks[one.line_id])
            work.add(moved)
    work.record(AuditEvent.DIAGNOSIS_SET, line=row.line_id, edition=row.edition)
    return DiagnosisSet(row.line_id, row.edition, ranks[row.line_id])


def _checked(work: Work, typed: str, certainty: Certainty, since: date, others: set[str]) -> Diagnosis:
    said: dict[str, str] = {}
    code = typed.strip()
    try:
        code = diagnosis(typed)
        if wrong := not_given(code, work.today):
            said["code"] = wrong
    except NotADiagnosis:
        said["code"] = "Choose a diagnosis from the list, or type a code such as F41.1."
    if code in others:
        said["code"] = f"{code} is on the list already."
    if certainty == Certainty.RULED_OUT:
        said["certainty"] = "A diagnosis that is ruled out is ended, with the day and the reason."
    if since > work.today:
        said["since"] = "This day is still to come."
    if said:
        raise StatementUnclear(said)
    return Diagnosis(code, 0, Certainty(certainty), since)
