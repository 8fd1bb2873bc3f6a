"""Make the link by which somebody comes in first, or chooses a new password. Nobody else ever sees or sets it."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from workbench.accounts.access_rules import IdentityCheck
from workbench.accounts.joining import LINK_LASTS, TOKEN_BYTES, IdentityNotChecked, NoLinkForDisabled, OwnLink
from workbench.accounts.notices import NoticeKind, tell
from workbench.accounts.proving import end_sessions
from workbench.accounts.rules import AccountState
from workbench.accounts.tables import SignInLink, User, UserSecrets
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.digests import hash_of_token


@dataclass(frozen=True)
class LinkIssued:
    """The link's token, shown once. ended: hashes of the sessions that ended, whose pages the server closes."""

    token: str = field(repr=False)
    expires_at: datetime
    ended: tuple[str, ...]


@action(Permission.ISSUE_SIGN_IN_LINK, on=User, refuses={"by_another": OwnLink})
def issue_sign_in_link(work: Work, user: User, *, identity_checked: str = "") -> LinkIssued:
    """A link for 72 hours that ends every earlier one. Of an account in use the old password and every session end too.

    identity_checked: how the person was seen (`IdentityCheck`); asked for where an account is in use.

    Raises:
        OwnLink, NoLinkForDisabled, IdentityNotChecked: see there.
    """
    if user.person_id == work.actor.person_id:
        raise OwnLink
    if user.state == AccountState.DISABLED:
        raise NoLinkForDisabled
    is_reset = user.state == AccountState.ACTIVE
    if is_reset and identity_checked not in set(IdentityCheck):
        raise IdentityNotChecked
    for link in work.scalars(
        select(SignInLink).where(
            SignInLink.user_id == user.id, SignInLink.used_at.is_(None), SignInLink.ended_at.is_(None)
        )
    ):
        link.ended_at = work.now
    ended: tuple[str, ...] = ()
    if is_reset:
        user.secrets = UserSecrets(user.secrets.email, "")
        ended = end_sessions(work, user.id)
        tell(work, user.id, NoticeKind.PASSWORD_RESET)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = SignInLink(
        user_id=user.id, person_id=user.person_id, token_hash=hash_of_token(token), issued_at=work.now,
        issued_by=work.actor.person_id, identity_checked=identity_checked if is_reset else "",
        expires_at=work.now + LINK_LASTS,
    )  # fmt: skip
    work.add(link)
    work.record(AuditEvent.SIGN_IN_LINK_ISSUED, link_id=link.id, is_reset=is_reset, sessions_ended=len(ended))
    return LinkIssued(token, link.expires_at, ended)
