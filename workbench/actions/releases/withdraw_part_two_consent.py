"""Record that a consent under 42 CFR Part 2 was taken back: from now on nothing leaves by it."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.releases.part_2 import ConsentWithdrawn, checked_why
from workbench.releases.part_2_tables import Part2Consent, Part2Why, Part2Withdrawal


@dataclass(frozen=True)
class Part2ConsentWithdrawn:
    """The consent."""

    consent_id: str


@action(
    Permission.KEEP_PART_2_CONSENT, on=Part2Consent,
    refuses={"part_2_withdrawals.consent_id": ConsentWithdrawn, "uq_part_2_withdrawals_consent_id": ConsentWithdrawn},
)  # fmt: skip
def withdraw_part_two_consent(work: Work, consent: Part2Consent, *, how: str) -> Part2ConsentWithdrawn:
    """how: in person, by letter, on the phone. Packets that wait for their approval go without what rested on it.

    Raises:
        Part2Unclear. ConsentWithdrawn.
    """
    work.add(
        Part2Withdrawal(
            consent_id=consent.id, patient_id=consent.patient_id, withdrawn_at=work.now,
            withdrawn_by=work.actor.user_id, told=Part2Why(checked_why(how, "how")),
        )
    )  # fmt: skip
    work.flush()
    work.record(AuditEvent.PART_2_CONSENT_WITHDRAWN)
    return Part2ConsentWithdrawn(consent.id)
