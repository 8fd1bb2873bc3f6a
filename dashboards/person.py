"""One signed-in person's calls: every verb and every read with the door, who they are at this moment, and the time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from dashboards.parts.access_words import ROLE_TITLES
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.errors import NotFound
from workbench.gate.needs import declared, meets
from workbench.gate.permissions import Permission
from workbench.gate.policy import may_hold
from workbench.kernel.time import day_of


@dataclass(frozen=True)
class Person:
    """Who is in front of the browser. `actor` is asked at every call: roles and session may end between two clicks."""

    gate: Gate
    actor: Callable[[], Actor]
    clock: Callable[[], datetime]

    @property
    def zone(self) -> ZoneInfo:
        """The practice's zone."""
        return self.gate.zone

    def practice_day(self) -> date:
        """The practice's day."""
        return day_of(self.clock(), self.gate.zone)

    def may(self, permission: Permission, *, everywhere: bool = False) -> bool:
        """Whether to offer something: the roles hold the permission for some row, or for every row."""
        return may_hold(permission, self.actor(), everywhere=everywhere)

    def enter(self, page: object) -> None:
        """Open a page, or go on in it.

        Raises:
            NotFound: their roles do not, or no more, include what it needs.
        """
        if not meets(declared(type(page)), self.actor()):
            raise NotFound

    def title(self) -> str:
        """What the person is here, in words."""
        held = self.actor().roles
        return " and ".join(words for role, words in ROLE_TITLES.items() if role in held)

    def call(self, verb: Callable[..., Any], *ids: str, **inputs: Any) -> Any:
        """One verb or read through the door."""
        return verb(self.gate, self.actor(), *ids, now=self.clock(), **inputs)

    def bound(self, verb: Callable[..., Any]) -> Callable[..., Any]:
        """The verb as a page gets it: without door, actor and time."""
        return partial(self.call, verb)
