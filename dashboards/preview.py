"""The workbench as another role would see it: the same shell and pages over an empty practice, and no verb runs.

Nothing of the real practice is behind it: every read goes to a store in memory with one clinician who is nobody.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from dashboards.access_desk import add_access
from dashboards.desks import Desk, desk_of
from dashboards.parts.access_words import ROLE_TITLES
from dashboards.parts.navigation import Strip, Words
from dashboards.person import Person
from dashboards.places import add_places
from dashboards.shell import Shell
from workbench.gate.actor import Actor, Role
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.policy import may_hold
from workbench.gate.view import View
from workbench.kernel.errors import WorkbenchError
from workbench.marts.reader import Asker, Health, Rows, State
from workbench.screens.empty_practice import NOBODY, empty_practice

BASE: Final = "/preview"


class PreviewOnly(WorkbenchError):
    """Something was to be done in a preview."""

    def __init__(self) -> None:
        super().__init__("This is a preview: nothing is done here.")


class NoNumbers(WorkbenchError):
    """Numbers were asked for in a preview."""

    def __init__(self) -> None:
        super().__init__(
            "A preview has no data, so it has no numbers. This role would see the practice's numbers here."
        )


class NothingToRead:
    """The mirror of a practice without data."""

    def reading(self) -> AbstractContextManager[Asker]:
        """Nothing.

        Raises:
            NoNumbers: always.
        """
        raise NoNumbers

    def query(self, sql: str, params: Any = (), *, seconds: float = 15.0) -> Rows:  # noqa: ARG002 - the protocol's
        """Nothing.

        Raises:
            NoNumbers: always.
        """
        raise NoNumbers

    def state(self) -> State:
        """As if it were being made for the first time."""
        return State(None, None, "building")

    def version(self) -> int:
        """Nothing ever changes."""
        return 0

    def health(self) -> Health:
        """As if it were being made for the first time."""
        return Health(self.state(), {}, 0, 0.0, None, None, (), ())


class NothingLogged:
    """The index of a log without lines."""

    @contextmanager
    def reading(self) -> Iterator[Asker]:
        """Itself: every question has an empty answer."""
        yield self

    def query(self, sql: str, params: Any = (), *, seconds: float = 15.0) -> Rows:  # noqa: ARG002 - the protocol's
        """No rows."""
        return Rows((), ())

    def state(self) -> State:
        """As if it were being made for the first time."""
        return State(None, None, "building")

    def version(self) -> int:
        """Nothing ever changes."""
        return 0


@dataclass(frozen=True)
class PreviewPerson(Person):
    """Somebody of one role in an empty practice. `gate` is the empty practice's, never the real one's."""

    one_call: threading.RLock = field(default_factory=threading.RLock)

    def call(self, verb: Callable[..., Any], *ids: str, **inputs: Any) -> Any:
        """A read of the empty practice.

        Raises:
            PreviewOnly: it is no read.
        """
        if not _reads(verb):
            raise PreviewOnly
        with self.one_call:
            return verb(self.gate, self.actor(), *ids, now=self.clock(), **inputs)


def _reads(verb: Callable[..., Any]) -> bool:
    """Whether it only reads: a view, or a screen's question that pages ask all the time (a count, no names)."""
    return isinstance(verb, View) or getattr(verb, "__module__", "").startswith("workbench.screens.")


def preview_person(
    role: Role, looker: Callable[[], Actor], zone: ZoneInfo, clock: Callable[[], datetime]
) -> PreviewPerson:
    """Whose eyes are borrowed. looker: who looks, asked again at every call, for they must still be allowed to."""
    gate = empty_practice(zone)

    def actor() -> Actor:
        if not may_hold(Permission.PREVIEW_ROLE, looker()):
            raise NotFound
        return Actor("usr_preview", NOBODY, frozenset({role}))

    return PreviewPerson(gate, actor, clock)


def preview_shell(person: PreviewPerson, role: Role, practice: str, patient_word: str) -> Shell:
    """The frame with the role's own places, pages and buttons."""
    base = f"{BASE}/{role.value}"
    words = Words(
        practice=practice,
        role=ROLE_TITLES[role],
        ribbon="Preview",
        strip=Strip(
            f"{ROLE_TITLES[role]}: a preview of this role, without anybody's data. Nothing is done here.",
            "Leave the preview",
            "/app/access/view-as",
        ),
        client=patient_word,
        clients=f"{patient_word}s",
    )
    desk: Desk = desk_of(person, NothingToRead(), NothingLogged(), words, base)
    add_access(desk, lambda session_hash: None, "")  # noqa: ARG005 - no session ends in a preview
    add_places(desk)
    return Shell(
        desk.routes,
        desk.nav,
        ROLE_TITLES[role],
        words,
        base=base,
        who=f"preview {role.value}",
        create=desk.create,
        search=desk.search,
        enter=person.enter,
    )
