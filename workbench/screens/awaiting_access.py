"""What waits for one person's word, for the rail and the bell: asked at every page, so it is not written down."""

from datetime import datetime

from workbench.accounts.awaiting import Awaiting, awaiting, solo_mode_of
from workbench.gate.action import Gate
from workbench.gate.actor import Actor

__all__ = ["Awaiting", "awaiting_access", "works_alone_from"]


def awaiting_access(gate: Gate, actor: Actor, *, now: datetime) -> tuple[Awaiting, ...]:
    """The requests for access that this person may decide on, the oldest first. Ids and instants, no names."""
    return awaiting(gate, actor, now)


def works_alone_from(gate: Gate, actor: Actor, *, now: datetime) -> datetime | None:
    """From when this person's own approvals are accepted, if they have turned that on and nobody else could approve."""
    return solo_mode_of(gate, actor, now)
