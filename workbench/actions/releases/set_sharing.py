"""Say when signed records of one kind appear on the site of the person they are about."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.releases.sharing import checked_rule
from workbench.releases.sharing_tables import SharingRule
from workbench.store.newest import next_nth


@dataclass(frozen=True)
class SharingSet:
    """The kind, and how many times something was said of it."""

    kind: str
    number: int


@action(
    Permission.SET_SHARING,
    refuses={"sharing_rules.kind, sharing_rules.number": StalePage, "uq_sharing_rules_number": StalePage},
)
def set_sharing(work: Work, *, kind: str, mode: str, days: int = 0, why: str = "") -> SharingSet:
    """Holds at once, also for what was signed before. days: from the signature, of `after_days`.

    Raises:
        SharingUnclear: by field.
    """
    rule = checked_rule(kind, mode, days, why)
    number = next_nth(work, SharingRule.number, SharingRule.kind == kind)
    work.add(
        SharingRule(kind=kind, number=number, mode=rule.mode, days=rule.days, why=rule.why, set_at=work.now,
                    set_by=work.actor.user_id)
    )  # fmt: skip
    work.flush()
    work.record(AuditEvent.SHARING_SET, kind=kind, mode=rule.mode.value, days=rule.days)
    return SharingSet(kind, number)
