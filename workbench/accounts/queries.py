"""Reads of accounts that happen at the edge, before anybody is known or at every message: no health data, no audit."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from workbench.accounts.proofs import FRESH, hash_of_credential
from workbench.accounts.rules import AccountState, Enrolment, Login, SignedIn, is_over, sign_in_name
from workbench.accounts.tables import KnownDevice, Passkey, RoleGrant, SessionProof, Tries, User, UserSession
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.relations import OwnRecord

NAME_FIELD = "sign-in name"


def login_of(gate: Gate, email: str, device_hash: str = "", *, no_password: str) -> Login:
    """The account with this address; if there is none, one that nothing matches, with the hash `no_password`.

    Every path makes the same steps, so that the time taken does not tell whether the account exists.
    """
    token = gate.store.vault.token(NAME_FIELD, sign_in_name(email))
    with gate.store.reading() as session:
        user = session.scalar(select(User).where(User.name_token == token))
        tries = session.get(Tries, token.hex())
        known = select(KnownDevice.id).where(
            KnownDevice.token_hash == device_hash, KnownDevice.user_id == (user.id if user else "")
        )
        return Login(
            user.id if user else "",
            (user.secrets.password_hash if user else "") or no_password,  # who is only invited has none yet
            may_sign_in=user is not None and user.state == AccountState.ACTIVE,
            address=token.hex(),
            wrong=tries.wrong if tries else 0,
            wrong_at=tries.last_at if tries else None,
            knows_device=session.scalar(known) is not None,
        )


def owner_of_passkey(gate: Gate, credential_id: bytes) -> str:
    """The account that a passkey belongs to, or ""."""
    query = select(Passkey.user_id).where(
        Passkey.credential_hash == hash_of_credential(credential_id), Passkey.ended_at.is_(None)
    )
    with gate.store.reading() as session:
        return session.scalar(query) or ""


def enrolment_of(gate: Gate, user_id: str) -> Enrolment:
    """What the pages that set up a factor need to know of the person's own account."""
    with gate.store.reading() as session:
        user = session.get_one(User, user_id)
        passkeys = session.scalars(select(Passkey).where(Passkey.user_id == user_id, Passkey.ended_at.is_(None)))
        return Enrolment(
            user.id, user.secrets.email, user.secrets.password_hash, tuple(key.secret.credential_id for key in passkeys)
        )


def live_sessions(gate: Gate, hashes: Collection[str], now: datetime) -> dict[str, SignedIn]:
    """The sessions among `hashes` (token hashes) that are live at `now`, with their people's present roles."""
    query = select(
        UserSession.id, UserSession.token_hash, UserSession.user_id, UserSession.person_id,
        UserSession.opened_at, UserSession.last_input_at, SessionProof.proven_at, SessionProof.owes,
        OwnRecord.patient_id.label("own_patient_id"),
    ).join(User, User.id == UserSession.user_id)  # fmt: skip
    query = query.outerjoin(SessionProof, SessionProof.session_id == UserSession.id)
    query = query.outerjoin(OwnRecord, OwnRecord.staff_id == UserSession.person_id).where(
        UserSession.token_hash.in_(hashes),
        UserSession.ended_at.is_(None),
        User.state == AccountState.ACTIVE,
        runs_at(now),
    )
    with gate.store.reading() as session:
        rows = [row for row in session.execute(query) if not is_over(row.opened_at, row.last_input_at, now)]
        held = roles_at(session, {row.user_id for row in rows}, now)
    return {row.token_hash: _signed_in(row, held.get(row.user_id, frozenset())) for row in rows}


def roles_at(session: Session, user_ids: Collection[str], now: datetime) -> dict[str, frozenset[Role]]:
    """The roles that these accounts hold at `now`; one without any is not among them."""
    held: dict[str, set[Role]] = defaultdict(set)
    grants = select(RoleGrant.user_id, RoleGrant.role).where(
        RoleGrant.user_id.in_(user_ids), or_(RoleGrant.ended_at.is_(None), RoleGrant.ended_at > now)
    )
    for user_id, role in session.execute(grants) if user_ids else ():
        held[user_id].add(Role(role))
    return {user_id: frozenset(roles) for user_id, roles in held.items()}


def runs_at(now: datetime) -> ColumnElement[bool]:
    """The condition on `users` that no end has come yet; at exactly its end an account is over."""
    return or_(User.ends_at.is_(None), User.ends_at > now)


def _signed_in(row: Any, roles: frozenset[Role]) -> SignedIn:
    fresh_until = row.proven_at + FRESH if row.proven_at else None
    actor = Actor(row.user_id, row.person_id, roles, row.token_hash, fresh_until, row.own_patient_id or "")
    return SignedIn(row.id, row.token_hash, actor, row.opened_at, row.last_input_at, row.owes or "")
