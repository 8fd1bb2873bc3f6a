"""Put down an allergy, change or withdraw it, or state that none is known."""

from dataclasses import dataclass

from workbench.actions.charting._statements import next_version
from workbench.charting.chart_lines import NoneKnownButSome, StatementUnclear, allergy_lines, standing, words
from workbench.charting.chart_tables import Allergy, AllergyVersion, Severity
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Patient


@dataclass(frozen=True)
class AllergyRecorded:
    """The line as it stands."""

    line_id: str
    edition: int


@action(Permission.STATE_IN_CHART, on=Patient, refuses={"uq_allergy_versions": StalePage})
def record_allergy(
    work: Work, patient: Patient, *, substance: str = "", reaction: str = "", severity: Severity = Severity.UNKNOWN,
    is_none_known: bool = False, withdrawn: str = "", line_id: str = "", edition: int = 0,
) -> AllergyRecorded:  # fmt: skip
    """is_none_known: asked today, they know of none; a statement of its own, without a substance.

    withdrawn: why a line is said no more.

    Raises:
        NoneKnownButSome: an allergy is on the list. StatementUnclear: no substance.
        StalePage, NotFound, TooManyLines.
    """
    said: dict[str, str] = {}
    told = Allergy(
        substance="" if is_none_known else words(substance, "substance", said, needed="Say what they react to."),
        reaction="" if is_none_known else words(reaction, "reaction", said),
        severity=Severity.UNKNOWN if is_none_known else Severity(severity),
        said_on=work.today,
        is_none_known=is_none_known,
        withdrawn=words(withdrawn, "withdrawn", said),
    )
    if said:
        raise StatementUnclear(said)
    lines = allergy_lines(work, patient.id)
    if is_none_known and not withdrawn and any(not one.told.is_none_known for one in standing(lines)):
        raise NoneKnownButSome
    if is_none_known and not line_id:  # asked again: one more version of the same statement
        line_id, edition = next(((one.line_id, one.edition) for one in lines if one.told.is_none_known), ("", 0))
    row = next_version(work, AllergyVersion, patient, line_id, edition)
    row.told = told
    work.add(row)
    work.record(AuditEvent.ALLERGY_RECORDED, line=row.line_id, edition=row.edition)
    return AllergyRecorded(row.line_id, row.edition)
