"""What is said of a note that repeats earlier ones: to who signs it, before; to who co-signs it, beside it."""

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import counted, render
from dashboards.parts.replies import Ask
from workbench.screens.note_aids import WARN_ABOVE, Compared


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
        said.append(f"{compared.others.percent} % of the words stand in a note about another client.")
    if compared.own.is_over:
        said.append(f"{compared.own.percent} % of the words stand in an earlier note about this client.")
    said += [
        f"{part.capitalize()} has a paragraph of the last note. What was seen and judged is written anew each time."
        for part in compared.new_only
    ]
    return tuple(said)


def figures_said(compared: Compared | None) -> tuple[str, ...]:
    """What repeats, and the figures whatever they are, for a supervisor; nothing where it was compared with nothing."""
    if compared is None or not (compared.own.compared or compared.others.compared):
        return ()
    carried = (
        f"{counted(compared.carried, 'paragraph')} of the last note stand as they stood." if compared.carried else ""
    )
    figures = (
        f"Alike at most: {compared.own.percent} % with {counted(compared.own.compared, 'earlier note')} of this client, "
        f"{compared.others.percent} % with {counted(compared.others.compared, 'note')} of the author about others. "
        f"From {WARN_ABOVE + 1} % on the author was asked. {carried}"
    )
    return (*what_repeats(compared), figures.strip())
