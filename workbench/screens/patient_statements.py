"""What is stated of one patient: diagnoses, medications, allergies, risk, and the safety plan they signed last."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.charting.chart_lines import (
    Line,
    allergy_lines,
    diagnosis_lines,
    holding,
    medication_lines,
    risk_versions,
    standing,
    taken_now,
)
from workbench.charting.chart_tables import (
    Allergy,
    Certainty,
    Diagnosis,
    Medication,
    Risk,
    RiskLevel,
    Severity,
    Source,
)
from workbench.charting.codes import title_of
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.people.names import staff_named
from workbench.people.tables import Patient
from workbench.screens.safety_plan import SafetyPlan, newest_safety_plan

__all__ = [
    "Allergy",
    "Certainty",
    "Diagnosis",
    "Line",
    "Medication",
    "Risk",
    "RiskLevel",
    "SafetyPlan",
    "Severity",
    "Source",
    "Statements",
    "listed_diagnoses",
    "patient_statements",
    "statements_of",
    "title_of",
]  # fmt: skip


@dataclass(frozen=True)
class Statements:
    """Diagnoses by rank, medications and allergies by name, risk the newest first; the safety plan signed last.

    said_by: the names of whoever said any of it, by id.
    """

    diagnoses: tuple[Line[Diagnosis], ...] = ()
    ended_diagnoses: tuple[Line[Diagnosis], ...] = ()
    medications: tuple[Line[Medication], ...] = ()
    ended_medications: tuple[Line[Medication], ...] = ()
    allergies: tuple[Line[Allergy], ...] = ()
    risk: tuple[Line[Risk], ...] = ()
    safety_plan: SafetyPlan | None = None
    said_by: Mapping[str, str] = field(default_factory=dict)

    def who(self, line: "Line[Diagnosis] | Line[Medication] | Line[Allergy] | Line[Risk]") -> str:
        """The name of who said so last."""
        return self.said_by.get(line.said_by, "")


@view(Permission.READ_CHART, shows=AuditEvent.CHART_READ, on=Patient, in_emergency=True)
def patient_statements(look: Look, patient: Patient) -> Statements:
    """All of it, as it stands today."""
    look.shown(patient.id)
    look.facts["parts"] = "diagnoses medications allergies risk safety_plan"
    return statements_of(look, patient.id)


@view(Permission.READ_CHART, shows=AuditEvent.CHART_READ, on=Patient)
def listed_diagnoses(look: Look, patient: Patient) -> tuple[Line[Diagnosis], ...]:
    """Only the diagnoses that hold, the principal one first: to pick a code from."""
    look.shown(patient.id)
    look.facts["parts"] = "diagnoses"
    return holding(diagnosis_lines(look, patient.id), look.today)


def statements_of(look: Look, patient_id: str) -> Statements:
    """The same, for a view that has judged that the chart may be read."""
    diagnoses, medications = diagnosis_lines(look, patient_id), medication_lines(look, patient_id)
    allergies, risk = standing(allergy_lines(look, patient_id)), risk_versions(look, patient_id)
    hold, taken = holding(diagnoses, look.today), taken_now(medications, look.today)
    who = {one.said_by for some in (diagnoses, medications, allergies, risk) for one in some}
    return Statements(
        diagnoses=hold,
        ended_diagnoses=tuple(one for one in diagnoses if one not in hold),
        medications=taken,
        ended_medications=tuple(one for one in medications if one not in taken),
        allergies=allergies,
        risk=risk,
        safety_plan=newest_safety_plan(look, patient_id),
        said_by={staff: details.shown_name for staff, details in staff_named(look, who).items()},
    )
