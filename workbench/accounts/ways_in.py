"""Everything by which somebody could come into an account, ended at once."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from workbench.accounts.proving import authenticators_of, end_sessions
from workbench.accounts.rules import AccountState
from workbench.accounts.tables import Passkey, RecoveryCode, SignInLink, User, UserSecrets
from workbench.gate.work import Work


@dataclass(frozen=True)
class EndedWays:
    """How many of each ended. sessions: hashes of their tokens, by which the server closes their pages."""

    passkeys: int
    authenticators: int
    recovery_codes: int
    links: int
    sessions: tuple[str, ...] = field(repr=False)


def end_ways_in(work: Work, user: User) -> EndedWays:
    """End every factor, link and session of the account. The password stays, and opens nothing by itself."""
    unused = (RecoveryCode.used_at.is_(None), RecoveryCode.ended_at.is_(None))
    open_links = (SignInLink.used_at.is_(None), SignInLink.ended_at.is_(None))
    return EndedWays(
        _end(work, select(Passkey).where(Passkey.user_id == user.id, Passkey.ended_at.is_(None))),
        _end(work, authenticators_of(user.id)),
        _end(work, select(RecoveryCode).where(RecoveryCode.user_id == user.id, *unused)),
        _end(work, select(SignInLink).where(SignInLink.user_id == user.id, *open_links)),
        end_sessions(work, user.id),
    )


def let_in_anew(work: Work, user: User) -> tuple[str, ...]:
    """Only a new link opens the account, by which password and factor are set up afresh. Returns as `end_sessions`."""
    ended = end_ways_in(work, user)
    user.secrets, user.state = UserSecrets(user.secrets.email, ""), AccountState.INVITED
    return ended.sessions


def _end(work: Work, query: Any) -> int:
    rows = list(work.scalars(query))
    for row in rows:
        row.ended_at = work.now
    return len(rows)
