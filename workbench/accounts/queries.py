"""Reads of accounts that happen at the edge, before anybody is known or at every message: no health data, no audit."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select

from workbench.accounts.rules import AccountState, Login, SignedIn, is_over, sign_in_name
from workbench.accounts.tables import RoleGrant, User, UserSession
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role

NAME_FIELD = "sign-in name"


def login_of(gate: Gate, email: str, *, no_password: str) -> Login:
    """The account with this address; if there is none, one that nothing matches, with the hash `no_password`.

    Every path makes the same steps, so that the time taken does not tell whether the account exists.
    """
    token = gate.store.vault.token(NAME_FIELD, sign_in_name(email))
    with gate.store.reading() as session:
        user = session.scalar(select(User).where(User.name_token == token))
        if user is None:
            return Login("", no_password, may_sign_in=False)
        return Login(user.id, user.secrets.password_hash, may_sign_in=user.state == AccountState.ACTIVE)


def live_sessions(gate: Gate, hashes: Collection[str], now: datetime) -> dict[str, SignedIn]:
    """The sessions among `hashes` (token hashes) that are live at `now`, with their people's present roles."""
    query = select(
        UserSession.id, UserSession.token_hash, UserSession.user_id, UserSession.person_id,
        UserSession.opened_at, UserSession.last_input_at,
    ).join(User, User.id == UserSession.user_id)  # fmt: skip
    query = query.where(
        UserSession.token_hash.in_(hashes), UserSession.ended_at.is_(None), User.state == AccountState.ACTIVE
    )
    with gate.store.reading() as session:
        rows = [row for row in session.execute(query) if not is_over(row.opened_at, row.last_input_at, now)]
        held: dict[str, set[Role]] = defaultdict(set)
        grants = select(RoleGrant.user_id, RoleGrant.role).where(
            RoleGrant.user_id.in_({row.user_id for row in rows}),
            or_(RoleGrant.ended_at.is_(None), RoleGrant.ended_at > now),
        )
        for grant in session.execute(grants) if rows else ():
            held[grant.user_id].add(Role(grant.role))
    return {
        row.token_hash: SignedIn(
            row.id,
            row.token_hash,
            Actor(row.user_id, row.person_id, frozenset(held[row.user_id]), row.token_hash),
            row.opened_at,
            row.last_input_at,
        )
        for row in rows
    }
