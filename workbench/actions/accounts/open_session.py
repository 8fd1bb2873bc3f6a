"""Let a person in: their second factor is checked and spent, and their session begins, all at once."""

import secrets

from sqlalchemy import or_, select

from workbench.accounts.notices import NoticeKind, tell
from workbench.accounts.proofs import MOST_SESSIONS, Device, Factor, Owed, PasskeyShown, Proof, owed_by
from workbench.accounts.proving import end_sessions, forgive, has_passkey, prove
from workbench.accounts.rules import AccountState, Opened, SignInRefused
from workbench.accounts.tables import KnownDevice, RoleGrant, SessionProof, User, UserSecrets, UserSession
from workbench.gate.action import action
from workbench.gate.actor import Actor, Role
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.digests import hash_of_token
from workbench.people.tables import Practice


@action(Permission.SIGN_IN, on=User)
def open_session(
    work: Work,
    user: User,
    *,
    code: str = "",
    recovery: str = "",
    passkey: PasskeyShown | None = None,
    device: Device | None = None,
    rehashed: str = "",
) -> Opened:
    """A new session for `user`, whose password was right or who shows a passkey. One of `code`, `recovery`, `passkey`.

    A fourth session ends the oldest one. Where the role or a used recovery code asks for a factor to be set up first,
    the session opens nothing else until it is (`Opened.owes`). rehashed: the password's hash with today's parameters.

    Raises:
        SignInRefused: the account is disabled, the code is wrong, too old, or was used before.
        FactorWaits, FactorOff, PasskeyRefused, PasskeyExpected: see `proofs`.
    """
    if user.state != AccountState.ACTIVE or (user.ends_at is not None and user.ends_at <= work.now):
        raise SignInRefused
    shown = prove(work, user, Proof(code, recovery, passkey))
    synthetic = bool(work.scalar(select(Practice.is_synthetic)))
    owes = owed_by(_roles(work, user), shown, has_passkey=has_passkey(work, user.id), is_synthetic=synthetic)
    ended = end_sessions(work, user.id, most=MOST_SESSIONS - 1)
    token = secrets.token_urlsafe(32)
    opened = UserSession(token_hash=hash_of_token(token), user_id=user.id, person_id=user.person_id,
                         opened_at=work.now, last_input_at=work.now)  # fmt: skip
    work.add(opened)
    work.flush()
    at = device or Device()
    work.add(SessionProof(session_id=opened.id, factor=shown, proven_at=work.now, owes=owes,
                          device=at.name, network=at.network))  # fmt: skip
    _know(work, user, at)
    forgive(work, user.name_token.hex())
    if rehashed:
        user.secrets = UserSecrets(user.secrets.email, rehashed)
    _record(work, user, opened, shown, owes)
    return Opened(token, opened.token_hash, ended, owes)


def _roles(work: Work, user: User) -> list[Role]:
    query = select(RoleGrant.role).where(
        RoleGrant.user_id == user.id, or_(RoleGrant.ended_at.is_(None), RoleGrant.ended_at > work.now)
    )
    return [Role(role) for role in work.scalars(query)]


def _know(work: Work, user: User, device: Device) -> None:
    """Remember the browser; tell the person if another one was known before and this one was not."""
    if not device.token_hash:
        return
    known = {row.token_hash: row for row in work.scalars(select(KnownDevice).where(KnownDevice.user_id == user.id))}
    if device.token_hash in known:
        known[device.token_hash].last_at = work.now
        return
    work.add(KnownDevice(user_id=user.id, token_hash=device.token_hash, first_at=work.now, last_at=work.now))
    if known:
        tell(work, user.id, NoticeKind.NEW_DEVICE)


def _record(work: Work, user: User, opened: UserSession, shown: Factor, owes: Owed) -> None:
    person = Actor(user.id, user.person_id, frozenset(), opened.token_hash)
    if shown is Factor.RECOVERY:
        work.record(AuditEvent.RECOVERY_CODE_USED, by=person)
    work.record(AuditEvent.SESSION_OPENED, by=person, session_id=opened.id, factor=shown, owes=owes)
