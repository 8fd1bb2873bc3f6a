"""The icons, from lucide (ISC, static/licences), one sprite inside the page so that nothing is fetched for them."""

import json
from functools import cache
from pathlib import Path

from markupsafe import Markup

_SHAPES: dict[str, str] = json.loads((Path(__file__).parent.parent / "static/icons.json").read_text(encoding="utf-8"))


class NoSuchIcon(LookupError):
    """A template names an icon that is not in `static/icons.json`."""


def icon(name: str, *, label: str = "", extra: str = "") -> Markup:
    """An icon of the sprite. Without a label it is decoration and hidden from screen readers."""
    if name not in _SHAPES:
        raise NoSuchIcon(name)
    named = Markup(' role="img" aria-label="{}"').format(label) if label else Markup(' aria-hidden="true"')
    return Markup('<svg class="icon {}"{} focusable="false"><use href="#i-{}"></use></svg>').format(extra, named, name)


@cache
def sprite() -> Markup:
    """Every icon once, invisible, to be put at the start of the body."""
    symbols = "".join(f'<symbol id="i-{name}" viewBox="0 0 24 24">{shape}</symbol>' for name, shape in _SHAPES.items())
    return Markup(f'<svg class="sprite" aria-hidden="true" width="0" height="0">{symbols}</svg>')  # noqa: S704 - ours
