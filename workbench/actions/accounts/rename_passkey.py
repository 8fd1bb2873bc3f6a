"""Call a passkey of one's own something else."""

from dataclasses import dataclass, replace

from workbench.accounts.tables import Passkey
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class PasskeyRenamed:
    """The passkey has its new name."""

    passkey_id: str


@action(Permission.CHANGE_OWN_SIGN_IN, on=Passkey)
def rename_passkey(work: Work, passkey: Passkey, *, label: str) -> PasskeyRenamed:
    """The new name, at most 60 characters of it; an empty one changes nothing."""
    if label.strip():
        passkey.secret = replace(passkey.secret, label=label.strip()[:60])
    work.record(AuditEvent.PASSKEY_RENAMED)
    return PasskeyRenamed(passkey.id)
