"""What a calendar feed may be called and show, and how its password is kept."""

from workbench.kernel.errors import WorkbenchError
from workbench.scheduling.feed_tables import FeedShows

MOST = 10
"""Devices of one person at a time."""
PASSWORD_BYTES = 32
LONGEST_LABEL = 60


class FeedUnclear(WorkbenchError):
    """A feed that cannot be made. `fields`: a sentence at the place where it is wrong."""

    def __init__(self, sentence: str, name: str = "") -> None:
        super().__init__(sentence)
        self.fields = {name: sentence} if name else {}


def checked_feed(label: str, shows: str) -> tuple[str, FeedShows]:
    """The name and the choice, as they are kept.

    Raises:
        FeedUnclear: the name is empty or long, or there is no such choice.
    """
    tidy = " ".join(label.split())
    if not 0 < len(tidy) <= LONGEST_LABEL:
        raise FeedUnclear("Say which device it is, in at most 60 letters.", "label")
    if shows not in set(FeedShows):
        raise FeedUnclear("Choose what the device may show.", "shows")
    return tidy, FeedShows(shows)
