"""The session of who has just chosen a password and has no second factor yet: it opens nothing but setting one up."""

import secrets
from collections.abc import Callable

from workbench.accounts.proofs import Device, Factor, Owed
from workbench.accounts.rules import Opened
from workbench.accounts.tables import SessionProof, User, UserSession
from workbench.gate.actor import Actor
from workbench.gate.audit_events import AuditEvent
from workbench.gate.work import Work
from workbench.kernel.digests import hash_of_token


def open_first_session(
    work: Work, user: User, device: Device | None, owes: Owed, *, came: Callable[[Actor], None]
) -> Opened:
    """The session, written down after what they came by. came: records that, by the person as the log names them."""
    session_token = secrets.token_urlsafe(32)
    opened = UserSession(token_hash=hash_of_token(session_token), user_id=user.id, person_id=user.person_id,
                         opened_at=work.now, last_input_at=work.now)  # fmt: skip
    work.add(opened)
    work.flush()
    at = device or Device()
    work.add(SessionProof(session_id=opened.id, factor=Factor.LINK, proven_at=work.now, owes=owes,
                          device=at.name, network=at.network))  # fmt: skip
    person = person_of(user, opened.token_hash)
    came(person)
    work.record(AuditEvent.SESSION_OPENED, subject=user, by=person, session_id=opened.id, factor=Factor.LINK, owes=owes)
    return Opened(session_token, opened.token_hash, (), owes)


def person_of(user: User, session_hash: str) -> Actor:
    """The person of an account as the log names them, before their roles are looked at."""
    return Actor(user.id, user.person_id, frozenset(), session_hash)
