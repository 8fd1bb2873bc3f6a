"""Dialogs every page asks with: sure?, sure and why?, and one form."""

from collections.abc import Mapping, Sequence
from typing import Literal

from markupsafe import Markup

from dashboards.parts.html import render
from dashboards.parts.replies import Ask


def confirm(
    do: str,
    title: str,
    text: str,
    *,
    label: str = "Confirm",
    args: Mapping[str, str] | None = None,
    reason: bool = False,
    reasons: Sequence[tuple[str, str]] = (),
    danger: bool = False,
    listed: Sequence[str] = (),
) -> Ask:
    """Ask before `do` is sent with `args`; with `reason` or `reasons`, `message.text("reason")` holds what was given.

    reasons: stored value and word of each reason to choose from, instead of free text. listed: what it concerns, each.
    """
    html = render(
        "parts/confirm.html", do=do, text=text, label=label, args=args or {}, reason=reason, reasons=reasons,
        danger=danger, listed=listed,
    )  # fmt: skip
    return Ask(html, title)


def flyout(title: str, html: Markup, kind: Literal["modal", "drawer"] = "drawer") -> Ask:
    """Content at the side of the page: an appointment, a number's rows, a new patient."""
    return Ask(html, title, kind)
