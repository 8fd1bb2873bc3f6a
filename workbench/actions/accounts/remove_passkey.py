"""Take a passkey away from one's own account, for good."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.accounts.notices import NoticeKind, tell
from workbench.accounts.proofs import PASSKEY_ROLES
from workbench.accounts.proving import authenticators_of
from workbench.accounts.tables import Passkey
from workbench.gate.action import action
from workbench.gate.actor import Actor
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.people.tables import Practice


class LastFactor(WorkbenchError):
    """Without this passkey the person could not sign in any more."""

    def __init__(self) -> None:
        super().__init__("This is the only way you can sign in. Add another passkey first, then remove this one.")


@dataclass(frozen=True)
class PasskeyRemoved:
    """The passkey opens nothing any more."""

    passkey_id: str


@action(Permission.CHANGE_OWN_SIGN_IN, on=Passkey)
def remove_passkey(work: Work, passkey: Passkey) -> PasskeyRemoved:
    """End it. One that has ended stays as it is.

    Raises:
        LastFactor: nothing else that the person's role accepts is left.
    """
    if passkey.ended_at is None and not _something_left(work, passkey):
        raise LastFactor
    passkey.ended_at = passkey.ended_at or work.now
    tell(work, passkey.user_id, NoticeKind.PASSKEY_REMOVED)
    work.record(AuditEvent.PASSKEY_REMOVED)
    return PasskeyRemoved(passkey.id)


def _something_left(work: Work, passkey: Passkey) -> bool:
    others = select(Passkey.id).where(
        Passkey.user_id == passkey.user_id, Passkey.ended_at.is_(None), Passkey.id != passkey.id
    )
    if work.scalar(others.limit(1)) is not None:
        return True
    needs_passkey = isinstance(work.actor, Actor) and work.actor.has(*PASSKEY_ROLES)
    if needs_passkey and not work.scalar(select(Practice.is_synthetic)):
        return False
    return work.scalar(authenticators_of(passkey.user_id)) is not None
