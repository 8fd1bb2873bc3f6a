"""One request of the portal as its pages see it: the door, who asks, about whose record, and when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.screens.own_people import OwnPerson

R = TypeVar("R")


@dataclass(frozen=True)
class Asking:
    """Handed to whatever runs beside the event loop. whom: the record that is looked at; the gate decides each act."""

    gate: Gate
    actor: Actor
    now: datetime
    whom: OwnPerson

    def call(self, verb: Callable[..., R], *arguments: Any, **named: Any) -> R:
        """A verb or a read, as this person, now."""
        return verb(self.gate, self.actor, *arguments, now=self.now, **named)
