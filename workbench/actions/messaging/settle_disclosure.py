"""Say what was found about a disclosure. From then on the thread is closed to the privacy officer."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.messaging.inbox_tables import DisclosureCase, DisclosureFinding, DisclosureWords
from workbench.messaging.thread_rules import LONGEST_REASON, MessageUnclear


class AlreadySettled(WorkbenchError):
    """A case is settled once."""

    def __init__(self) -> None:
        super().__init__("What was found is written down already, and it stays as it is.")


class AnotherSettles(WorkbenchError):
    """Who reported it does not settle it."""

    def __init__(self) -> None:
        super().__init__("Somebody else has to look at this: not who reported it.")


@dataclass(frozen=True)
class DisclosureSettled:
    """What was found."""

    is_breach: bool


@action(
    Permission.REVIEW_DISCLOSURE,
    on=DisclosureCase,
    refuses={
        "uq_disclosure_findings_case_id": AlreadySettled, "disclosure_findings.case_id": AlreadySettled,
        "ck_disclosure_findings_by_another": AnotherSettles,
    },
)  # fmt: skip
def settle_disclosure(work: Work, case: DisclosureCase, *, is_breach: bool, finding: str) -> DisclosureSettled:
    """is_breach: it is to be assessed as a breach (45 CFR 164.402), which goes on apart from messages.

    Raises:
        MessageUnclear: no words. AlreadySettled. AnotherSettles.
    """
    if not 0 < len(finding.strip()) <= LONGEST_REASON:
        raise MessageUnclear({"finding": f"Please say what you found, in at most {LONGEST_REASON:,} letters."})
    work.add(DisclosureFinding(
        case_id=case.id, reporter_id=case.reporter_id, patient_id=case.patient_id, is_breach=is_breach,
        found_at=work.now, found_by=work.actor.user_id, finder_id=work.actor.person_id,
        finding=DisclosureWords(finding.strip()),
    ))  # fmt: skip
    work.flush()
    work.record(AuditEvent.DISCLOSURE_CASE_SETTLED, breach=is_breach)
    return DisclosureSettled(is_breach)
