"""The brake: stop an account at once, before anybody asks why. Taking it off again is another matter."""

from dataclasses import dataclass, field

from workbench.accounts.access_rules import GUARDED_ROLES, LastHolder
from workbench.accounts.holding import live_grants, stays_held
from workbench.accounts.proving import end_sessions
from workbench.accounts.rules import AccountState
from workbench.accounts.tables import User
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class AccountBraked:
    """The account opens nothing any more. ended: hashes of the sessions whose pages the server closes."""

    user_id: str
    ended: tuple[str, ...] = field(default=(), repr=False)


@action(Permission.DISABLE_ACCOUNT, on=User)
def disable_account(work: Work, user: User) -> AccountBraked:
    """Disable it and end its sessions; one that is disabled stays so. Its roles stay written down, and hold nothing.

    45 CFR 164.308(a)(3)(ii)(C), termination procedures.

    Raises:
        LastHolder: nobody else could run or guard the practice any more.
    """
    for role in sorted(GUARDED_ROLES & {grant.role for grant in live_grants(work, user.id, work.now)}):
        if not stays_held(work, role, user.id, work.now):
            raise LastHolder(role)
    before, user.state = user.state, AccountState.DISABLED
    ended = end_sessions(work, user.id)
    work.record(AuditEvent.USER_DISABLED, before=before, sessions=len(ended))
    return AccountBraked(user.id, ended)
