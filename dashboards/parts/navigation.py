"""Where a person can go and what the shell says about it: plain records that `dashboards/app.py` fills in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Waits:
    """What waits at a place; `late`: how many of them longer than they may."""

    count: int
    late: int = 0


SET_UP: Final = "Set-up"
"""The group of what a practice settles now and then, below what is worked in every day."""


@dataclass(frozen=True)
class NavItem:
    """A place in the rail. `count` is shown beside it when it is not zero; `first` puts it in the bottom bar too."""

    label: str
    path: str
    icon: str
    group: str = ""
    count: Callable[[], int] | None = None
    first: bool = False
    late: Callable[[], int] | None = None

    def waits(self) -> Waits:
        """What waits there now. Asks the store."""
        return Waits(self.count() if self.count else 0, self.late() if self.late else 0)


@dataclass(frozen=True)
class MenuItem:
    """A thing to begin, in the “+” menu."""

    label: str
    path: str
    icon: str = "plus"


@dataclass(frozen=True)
class Found:
    """One search result: `kind` groups it (“Patients”, “Claims”)."""

    kind: str
    label: str
    path: str
    detail: str = ""
    icon: str = "user-round"


@dataclass(frozen=True)
class Notice:
    """Something the person should know: `at` is already in words (“5 minutes ago”)."""

    label: str
    path: str
    at: str = ""
    icon: str = "bell"
    is_new: bool = True


@dataclass(frozen=True)
class Strip:
    """A line above every page that must not be overlooked, with a way out of it or to what it is about."""

    text: str
    link: str
    href: str
    icon: str = "eye"


@dataclass(frozen=True)
class Words:
    """What the shell says about where it is. `ribbon` marks a practice that is not real.

    strip: what stands above every page, or None.
    client, clients: what the practice calls the people it cares for, in lower case: client, patient, member.
    """

    practice: str
    product: str = "Therapy Practice Workbench"
    role: str = ""
    ribbon: str = ""
    sign_in_path: str = "/sign-in"
    sign_out_path: str = "/sign-out"
    account: tuple[MenuItem, ...] = ()
    strip: Strip | None = None
    client: str = "client"
    clients: str = "clients"


def is_under(path: str, place: str) -> bool:
    """Whether a path is that of a place in the navigation, or of something below it."""
    clean = path.partition("?")[0].rstrip("/") or "/"
    return clean == place or (place != "/" and clean.startswith(place.rstrip("/") + "/"))
