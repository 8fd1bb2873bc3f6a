"""Write a disclosure into the accounting that went by no packet: a report to an authority, a word on the phone."""

from dataclasses import dataclass
from datetime import date

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Patient
from workbench.releases.rules import EXEMPT, Ground, ReleaseUnclear, checked_disclosure
from workbench.releases.tables import Disclosure


@dataclass(frozen=True)
class DisclosureRecorded:
    """The line of the accounting."""

    disclosure_id: str


@action(Permission.RECORD_DISCLOSURE, on=Patient)
def record_disclosure(
    work: Work, patient: Patient, *, ground: str, disclosed_on: date, recipient: str, address: str, what: str,
    purpose: str,
) -> DisclosureRecorded:  # fmt: skip
    """What 45 CFR 164.528(b)(2) asks for.

    Raises:
        ReleaseUnclear: by field.
    """
    if ground not in set(Ground):
        raise ReleaseUnclear({"ground": "Please choose by which right it was disclosed."})
    if disclosed_on > work.today:
        raise ReleaseUnclear({"disclosed_on": "This day has not come yet."})
    row = Disclosure(
        patient_id=patient.id, request_id=None, ground=ground, is_exempt=Ground(ground) in EXEMPT,
        disclosed_on=disclosed_on, recorded_at=work.now, recorded_by=work.actor.user_id,
        told=checked_disclosure(recipient, address, what, purpose),
    )  # fmt: skip
    work.add(row)
    work.flush()
    work.record(AuditEvent.DISCLOSURE_RECORDED, subject=row, ground=ground)
    return DisclosureRecorded(row.id)
