"""Make new recovery codes for one's own account. The old ones stop working."""

from dataclasses import dataclass, field

from sqlalchemy import select

from workbench.accounts.notices import NoticeKind, tell
from workbench.accounts.proofs import RECOVERY_CODES, new_recovery_code, plain_recovery_code
from workbench.accounts.proving import recovery_token
from workbench.accounts.tables import RecoveryCode, User
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work


@dataclass(frozen=True)
class RecoveryCodesIssued:
    """The codes as they are shown, once. Only their keyed hashes are kept: never call this with a form's key, which
    would keep the answer."""

    codes: tuple[str, ...] = field(repr=False)


@action(Permission.CHANGE_OWN_SIGN_IN, on=User)
def issue_recovery_codes(work: Work, user: User) -> RecoveryCodesIssued:
    """Ten codes of 120 bits, each good for one sign-in."""
    for old in work.scalars(
        select(RecoveryCode).where(RecoveryCode.user_id == user.id, RecoveryCode.ended_at.is_(None))
    ):
        old.ended_at = work.now
    codes = tuple(new_recovery_code() for _ in range(RECOVERY_CODES))
    for code in codes:
        token = recovery_token(work, user.id, plain_recovery_code(code))
        work.add(RecoveryCode(user_id=user.id, code_token=token, issued_at=work.now))
    tell(work, user.id, NoticeKind.RECOVERY_CODES_ISSUED)
    work.record(AuditEvent.RECOVERY_CODES_ISSUED, count=len(codes))
    return RecoveryCodesIssued(codes)
