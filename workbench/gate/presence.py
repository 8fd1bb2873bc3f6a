"""The one write that is no verb and leaves no audit line: that the person of a session is still at the keyboard."""

from datetime import datetime

from sqlalchemy import bindparam, text

from workbench.store.engine import Store
from workbench.store.types import UtcDateTime

_STILL_THERE = text(
    "UPDATE sessions SET last_input_at = :at WHERE token_hash = :session AND ended_at IS NULL AND last_input_at < :at"
).bindparams(bindparam("at", type_=UtcDateTime()))


def note_input(store: Store, session_hash: str, at: datetime) -> None:
    """Keep that a person clicked or typed in this session at this instant. Never moves backwards."""
    with store.writing() as session:
        session.execute(_STILL_THERE, {"at": at, "session": session_hash})
        session.commit()
