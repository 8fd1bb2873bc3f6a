"""People signed in, for the tests of this folder."""

from datetime import datetime

from sqlalchemy import select

from tests.web.edge import Person, provision
from tests.web.soft_passkey import SoftPasskey, ceremony
from workbench.accounts.notices import NoticeKind
from workbench.accounts.queries import live_sessions
from workbench.accounts.rules import SignedIn
from workbench.accounts.tables import AccountNotice
from workbench.actions.accounts.add_passkey import PasskeyAdded, add_passkey
from workbench.actions.accounts.open_session import open_session
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY, Role


def person(gate: Gate, now: datetime, *roles: Role, name: str = "fern") -> Person:
    """An account."""
    return provision(gate, now, name, *(roles or (Role.BILLER,)))


def sign_in(gate: Gate, who: Person, now: datetime) -> SignedIn:
    """A session by code."""
    opened = open_session(gate, NOBODY, who.account.user_id, now=now, code=who.code(now))
    return live_sessions(gate, [opened.session_hash], now)[opened.session_hash]


def enrol(gate: Gate, signed_in: SignedIn, key: SoftPasskey, now: datetime, label: str = "Desk") -> PasskeyAdded:
    """A passkey for the person of this session."""
    shown = key.make(ceremony())
    return add_passkey(gate, signed_in.actor, signed_in.actor.user_id, now=now, shown=shown, label=label)


def told(gate: Gate) -> list[str]:
    """The notices there are, oldest first."""
    with gate.store.reading() as read:
        return [NoticeKind(kind) for kind in read.scalars(select(AccountNotice.kind).order_by(AccountNotice.at))]
