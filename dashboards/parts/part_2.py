"""How a title says that the record is under 42 CFR Part 2."""

from typing import Any

from markupsafe import Markup

from dashboards.parts.html import ENVIRONMENT

UI: Any = ENVIRONMENT.globals["ui"]


def part_2_title(title: str, *, is_part_2: bool) -> str | Markup:
    """The title, with its badge where it is."""
    return Markup("{} {}").format(title, UI.badge("42 CFR part 2", "warn", "shield-check")) if is_part_2 else title
