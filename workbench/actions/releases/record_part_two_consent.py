"""Record a written consent under 42 CFR 2.31: for care, for named recipients, or for legal proceedings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Patient
from workbench.releases.part_2 import checked_consent
from workbench.releases.part_2_tables import Part2Consent


@dataclass(frozen=True)
class Part2ConsentRecorded:
    """It counts from its first day on."""

    consent_id: str


@action(Permission.KEEP_PART_2_CONSENT, on=Patient)
def record_part_two_consent(
    work: Work, patient: Patient, *, kind: str, recipients: Sequence[str], what: str, purpose: str, signed_on: date,
    from_on: date, until_on: date | None = None,
) -> Part2ConsentRecorded:  # fmt: skip
    """recipients: the names as they are signed for; empty for care means whoever treats, pays or runs the practice.

    Raises:
        Part2Unclear: by field. NotFound: the actor neither reads nor decides about data under Part 2.
    """
    may_read = work.allowed(Permission.READ_PART_2, patient)
    if not may_read and not work.allowed(Permission.DECIDE_PART_2, patient):
        raise NotFound
    checked, told = checked_consent(
        kind, recipients, what, purpose, signed_on=signed_on, from_on=from_on, until_on=until_on, today=work.today
    )
    consent = Part2Consent(
        patient_id=patient.id, kind=checked, signed_on=signed_on, from_on=from_on, until_on=until_on,
        recorded_at=work.now, recorded_by=work.actor.user_id, told=told,
    )  # fmt: skip
    work.add(consent)
    work.flush()
    work.record(AuditEvent.PART_2_CONSENT_RECORDED, subject=consent, kind=checked.value)
    return Part2ConsentRecorded(consent.id)
