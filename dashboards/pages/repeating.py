"""What is said of a note that repeats earlier ones: to who signs it, before; to who co-signs it, beside it."""

from typing import Final

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import counted, render
from dashboards.parts.replies import Ask
from workbench.screens.note_aids import WARN_ABOVE, Compared

_ALL: Final = 100


def ask_though_it_repeats(compared: Compared, about: str, version: int) -> Ask:
    """Look again, or sign it as it stands. What has to be meant takes a tick of its own."""
    html = render(
        "pages/note_repeats.html", said=what_repeats(compared), about=about, version=version,
        has_to_be_meant=compared.has_to_be_meant,
    )  # fmt: skip
    return flyout("This note repeats earlier ones", html, "modal")


def what_repeats(compared: Compared) -> tuple[str, ...]:
    """A sentence each: for whoever signs it, and whoever signs with them."""
    said = []
    if compared.others.is_same:
        said.append("Another client's note has exactly the same words.")
    elif compared.others.is_over:
        said.append(f"{_share(compared.others.percent)} stand in a note about another client.")
    if compared.own.is_over:
        said.append(f"{_share(compared.own.percent)} stand in an earlier note about this client.")
    said += [
        f"{part.capitalize()} has a paragraph of the last note. What was seen and judged is written anew each time."
        for part in compared.new_only
    ]
    return tuple(said)


def figures_said(compared: Compared | None) -> tuple[str, ...]:
    """What repeats, and the figures whatever they are, for a supervisor; nothing where it was compared with nothing."""
    if compared is None or not (compared.own.compared or compared.others.compared):
        return ()
    own, others = compared.own, compared.others
    told = [
        f"Alike at most: {own.percent} % with {counted(own.compared, 'earlier note')} of this client, "
        f"{others.percent} % with {counted(others.compared, 'note')} of the author about others.",
        f"The author is asked when it is more than {WARN_ABOVE} %.",
    ]
    if compared.carried:
        told.append(f"{counted(compared.carried, 'paragraph')} as in the last note.")
    return (*what_repeats(compared), " ".join(told))


def _share(percent: int) -> str:
    """Figures are rounded down, so what is told to be over the limit is never told as the limit."""
    return "All words" if percent == _ALL else f"At least {percent} % of the words"
