"""What carries a letter, and the three ways in which it fails. An adapter knows nothing of appointments."""

from dataclasses import dataclass, field
from typing import Protocol

from workbench.kernel.errors import WorkbenchError


@dataclass(frozen=True)
class Letter:
    """One message. reference: an id of ours that says nothing, for the `Message-ID`."""

    reference: str
    to: str = field(repr=False)
    sender: str
    subject: str
    body: str = field(repr=False)


class NobodyThere(WorkbenchError):
    """It was certainly not taken, and may be tried again."""


class Returned(WorkbenchError):
    """It was certainly not taken, and never will be: the address is refused."""


class CutOff(WorkbenchError):
    """The line broke when it may have been taken. It is never sent again by itself."""


class Post(Protocol):
    """Carries letters. service: what an agreement must be for; "" for what leaves nothing."""

    service: str

    def send(self, letter: Letter) -> None:
        """Hand it over.

        Raises:
            NobodyThere, Returned, CutOff: see there. Without one of these it was taken.
        """
        ...
