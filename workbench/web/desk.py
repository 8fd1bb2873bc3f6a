"""The desk where people sign in: what the edge asks of accounts. It decides nothing; actions and queries do."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workbench.accounts import passwords, queries
from workbench.accounts.rules import Login, Opened, SignedIn
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY
from workbench.gate.presence import note_input


@dataclass(frozen=True)
class SignInDesk:
    """Callables, so that this room needs to know no verb.

    login_of: the account of an address, or one that nothing matches. password_matches: slow; runs in the pool.
    open_session: second factor and session in one transaction (user id, code, now), or a refusal.
    refuse: write down a try that went no further (user id or "", why, now).
    end_session: end a live session. live: the live ones among these hashes. note_input: a person did something.
    """

    login_of: Callable[[str], Login]
    password_matches: Callable[[str, str], bool]
    open_session: Callable[[str, str, datetime], Opened]
    refuse: Callable[[str, str, datetime], None]
    end_session: Callable[[SignedIn, datetime], None]
    live: Callable[[Collection[str], datetime], Mapping[str, SignedIn]]
    note_input: Callable[[str, datetime], None]


def desk_at(
    gate: Gate,
    *,
    open_session: Callable[..., Opened],
    refuse_sign_in: Callable[..., Any],
    end_session: Callable[..., Any],
) -> SignInDesk:
    """The desk of one practice. The three verbs are `workbench.actions.accounts`', given by whoever composes."""
    pepper = gate.store.vault.service_key("pepper")
    no_password = passwords.unmatchable_hash()

    def end(signed_in: SignedIn, now: datetime) -> None:
        end_session(gate, signed_in.actor, signed_in.session_id, now=now)

    return SignInDesk(
        login_of=lambda email: queries.login_of(gate, email, no_password=no_password),
        password_matches=lambda kept, password: passwords.matches(pepper, kept, password),
        open_session=lambda user_id, code, now: open_session(gate, NOBODY, user_id, now=now, code=code),
        refuse=lambda user_id, why, now: refuse_sign_in(gate, NOBODY, now=now, user_id=user_id, why=why),
        end_session=end,
        live=lambda hashes, now: queries.live_sessions(gate, hashes, now),
        note_input=lambda session_hash, at: note_input(gate.store, session_hash, at),
    )
