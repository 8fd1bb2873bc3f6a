"""Ask whoever may set codes to let a held charge through one rule."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.actions.billing._holds import held_charges
from workbench.billing.claim_rule_tables import OverrideAnswer, OverrideRequest, OverrideWords
from workbench.billing.claim_rules import AlreadyAsked, NeverOverridden, NotHeld, checked_reason
from workbench.billing.tables import Charge
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class OverrideAsked:
    """It waits for the clinician, or for whoever supervises."""

    request_id: str


@action(Permission.ASK_OVERRIDE, on=Charge)
def ask_override(work: Work, charge: Charge, *, rule: str, reason: str) -> OverrideAsked:
    """rule: the key of what holds it. reason: why it is right as it stands, in a sentence.

    Raises:
        NotHeld, NeverOverridden: the rule does not hold it, or lets nothing through. AlreadyAsked. ReasonTooShort.
    """
    words = OverrideWords(checked_reason(reason))
    hold = next((one for one in held_charges(work, [charge.id]).get(charge.id, ()) if one.rule == rule), None)
    if hold is None:
        raise NotHeld
    if not hold.may_override:
        raise NeverOverridden
    waits = select(OverrideRequest.id).where(
        OverrideRequest.charge_id == charge.id, OverrideRequest.rule == rule, OverrideRequest.says == hold.says,
        ~select(OverrideAnswer.id).where(OverrideAnswer.request_id == OverrideRequest.id).exists(),
    )  # fmt: skip
    if work.scalar(waits.limit(1)):
        raise AlreadyAsked
    asked = OverrideRequest(
        charge_id=charge.id, patient_id=charge.patient_id, rule=rule, says=hold.says, asked_at=work.now,
        asked_by=work.actor.user_id, words=words,
    )  # fmt: skip
    work.add(asked)
    work.flush()
    work.record(AuditEvent.OVERRIDE_ASKED, subject=asked, charge_id=charge.id, rule=rule)
    return OverrideAsked(asked.id)
