"""What a route or a page asks of whoever opens it: a permission, or a word on why none is asked. Never nothing."""

from enum import Enum

from workbench.gate.actor import Actor
from workbench.gate.permissions import Permission
from workbench.gate.policy import may_hold


class Open(Enum):
    """Why something asks for no permission."""

    TO_ALL = "also to who is not signed in: signing in, files without health data, error pages"
    IN_SESSION = "to the person of a live session, about that session or account alone, also while they owe a factor"
    SIGNED_IN = "to everybody who is signed in: the frame of the site, which shows nothing of its own"


Needs = Permission | Open


class Undeclared(TypeError):
    """A route or a page says of no permission whether it needs it. A bug, found before the server starts."""


def declared(thing: type) -> Needs:
    """What a class of routes or pages needs.

    Raises:
        Undeclared: it does not say.
    """
    needs: Needs | None = getattr(thing, "needs", None)
    if needs is None:
        raise Undeclared(f"{thing.__module__}.{thing.__name__} must say `needs = Permission.…` (or why none: `Open.…`)")
    return needs


def meets(needs: Needs, actor: Actor) -> bool:
    """Whether a person who is signed in may open it. What they may do there, the gate decides with the row."""
    return isinstance(needs, Open) or may_hold(needs, actor)
