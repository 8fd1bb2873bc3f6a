"""How a person signs in, where they are signed in now, and what they should hear of: their own account only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from workbench.accounts.notices import ABOUT, NOTICE_WORDS, About, NoticeKind
from workbench.accounts.proving import authenticators_of
from workbench.accounts.rules import is_over
from workbench.accounts.tables import (
    AccountNotice,
    Passkey,
    RecoveryCode,
    SessionProof,
    Tries,
    User,
    UserSession,
)
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view

NOTICES_SHOWN: Final = 20
NEW_FOR: Final = timedelta(days=7)

__all__ = ["About", "OwnNotice", "OwnPasskey", "OwnSession", "OwnSignIn", "own_notices", "own_sign_in"]


@dataclass(frozen=True)
class OwnPasskey:
    """A passkey in use."""

    passkey_id: str
    label: str
    added_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class OwnSession:
    """A session that is open now. `network` is coarse: a /24 or /48."""

    session_id: str
    device: str
    network: str
    opened_at: datetime
    last_input_at: datetime
    is_this: bool


@dataclass(frozen=True)
class OwnSignIn:
    """Everything on the page “Sign-in and security”. authenticator_since: None without an authenticator app."""

    email: str
    passkeys: tuple[OwnPasskey, ...]
    authenticator_since: datetime | None
    authenticator_is_off: bool
    recovery_codes_left: int
    sessions: tuple[OwnSession, ...]


@dataclass(frozen=True)
class OwnNotice:
    """Something that happened to the account, or to a chart in an emergency; newest first."""

    text: str
    at: datetime
    is_new: bool
    about: About


@view(Permission.SEE_OWN_SIGN_IN, shows=AuditEvent.SIGN_IN_SEEN, on=User)
def own_sign_in(look: Look, user: User) -> OwnSignIn:
    """The person's passkeys, authenticator, recovery codes left and open sessions."""
    authenticator = look.scalar(authenticators_of(user.id))
    tries = look.scalar(select(Tries).where(Tries.key == authenticator.id)) if authenticator else None
    left = select(func.count()).select_from(RecoveryCode)
    left = left.where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None), RecoveryCode.ended_at.is_(None))
    return OwnSignIn(
        user.secrets.email,
        _passkeys(look, user),
        authenticator.added_at if authenticator else None,
        tries is not None and tries.off_at is not None,
        int(look.scalar(left)),
        _sessions(look, user),
    )


@view(Permission.SEE_OWN_SIGN_IN, shows=AuditEvent.NOTICES_SEEN, on=User)
def own_notices(look: Look, user: User) -> tuple[OwnNotice, ...]:
    """What the person should hear of, newest first."""
    query = select(AccountNotice).where(AccountNotice.user_id == user.id)
    rows = look.scalars(query.order_by(AccountNotice.at.desc(), AccountNotice.id).limit(NOTICES_SHOWN))
    return tuple(
        OwnNotice(NOTICE_WORDS[kind], row.at, look.now - row.at < NEW_FOR, ABOUT.get(kind, About.ACCOUNT))
        for row in rows
        for kind in [NoticeKind(row.kind)]
    )


def _passkeys(look: Look, user: User) -> tuple[OwnPasskey, ...]:
    query = select(Passkey).where(Passkey.user_id == user.id, Passkey.ended_at.is_(None)).order_by(Passkey.added_at)
    return tuple(OwnPasskey(row.id, row.secret.label, row.added_at, row.last_used_at) for row in look.scalars(query))


def _sessions(look: Look, user: User) -> tuple[OwnSession, ...]:
    query = select(UserSession, SessionProof.device, SessionProof.network)
    query = query.outerjoin(SessionProof, SessionProof.session_id == UserSession.id)
    query = query.where(UserSession.user_id == user.id, UserSession.ended_at.is_(None))
    return tuple(
        OwnSession(
            row.id, device or "", network or "", row.opened_at, row.last_input_at,
            is_this=row.token_hash == look.actor.session_hash,
        )
        for row, device, network in look.execute(query.order_by(UserSession.last_input_at.desc()))
        if not is_over(row.opened_at, row.last_input_at, look.now)
    )  # fmt: skip
