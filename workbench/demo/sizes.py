"""How large a synthetic practice is made."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Size:
    """What is made. Weeks are counted from the week of today.

    sessions: the fewest and the most a week that a clinician's regular clients fill.
    clients: how many people in all; None for as many as the sessions hold.
    """

    name: str
    clinicians: int
    weeks_back: int
    weeks_ahead: int
    sessions: tuple[int, int]
    clients: int | None = None


SIZES: Final = {
    size.name: size
    for size in (
        Size("small", clinicians=3, weeks_back=26, weeks_ahead=4, sessions=(12, 16), clients=60),
        Size("group", clinicians=12, weeks_back=104, weeks_ahead=4, sessions=(20, 34)),
        Size("large", clinicians=50, weeks_back=260, weeks_ahead=4, sessions=(40, 45)),
    )
}
