"""Judge how great the risk of harm is, and say why. Every judgement stays."""

from dataclasses import dataclass

from workbench.charting.chart_lines import LONGEST_WORDS, StatementUnclear, risk_versions, words
from workbench.charting.chart_tables import Risk, RiskLevel, RiskVersion
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Patient


@dataclass(frozen=True)
class RiskStated:
    """Which judgement it is, counted from 1."""

    edition: int


@action(Permission.STATE_IN_CHART, on=Patient, refuses={"uq_risk_versions": StalePage})
def state_risk(work: Work, patient: Patient, *, level: RiskLevel, rationale: str, edition: int) -> RiskStated:
    """edition: that of the judgement the page showed, 0 where there was none.

    Raises:
        StatementUnclear: no rationale. StalePage: somebody judged it meanwhile.
    """
    said: dict[str, str] = {}
    why = words(rationale, "rationale", said, needed="Say what the judgement stands on.", most=LONGEST_WORDS)
    if said:
        raise StatementUnclear(said)
    before = risk_versions(work, patient.id)
    if edition != (before[0].edition if before else 0):
        raise StalePage
    row = RiskVersion(
        line_id=patient.id, patient_id=patient.id, edition=edition + 1, said_at=work.now, said_by=work.actor.person_id
    )
    row.told = Risk(RiskLevel(level), why)
    work.add(row)
    work.record(AuditEvent.RISK_STATED, edition=row.edition)
    return RiskStated(row.edition)
