"""What a change in a measure is called on a page, and by which thresholds."""

from typing import Any

from markupsafe import Markup

from dashboards.parts.html import ENVIRONMENT
from workbench.screens.measures_over_time import Changed, Course

UI: Any = ENVIRONMENT.globals["ui"]


def change_words(change: Changed | None) -> str:
    """`7 lower`, `no change`, or a dash with one total only."""
    if change is None:
        return "–"
    if change.change == 0:
        return "no change"
    return f"{abs(change.change)} {'lower' if change.change < 0 else 'higher'}"


def change_badges(change: Changed | None, is_better: bool | None) -> Markup:
    """What the change amounts to, the most that can be said of it."""
    told = _told(change, is_better)
    badge: Markup = UI.badge(*told) if told else Markup("")
    return badge


def _told(change: Changed | None, is_better: bool | None) -> tuple[str, str, str] | None:
    if change is None:
        return None
    if change.remission:
        return ("Remission", "good", "circle-check")
    if change.reliable and is_better is False:
        return ("Reliably worse", "bad", "triangle-alert")
    if change.reliable and is_better:
        return ("Reliably better", "good", "trending-up")
    return ("Noticeably better", "good", "trending-up") if change.clinically_meaningful and is_better else None


def thresholds(course: Course) -> str:
    """By which numbers a change is called one; empty where nobody published any."""
    rule = course.rule.change
    said = [
        f"from {rule.reliable} points on a change is more than the measure's own error" if rule.reliable else "",
        f"from {rule.meaningful} points on people notice it" if rule.meaningful else "",
        f"from {rule.meaningful_pct} % of the first total on people notice it" if rule.meaningful_pct else "",
        f"whoever improves by {rule.response_pct} % responded" if rule.response_pct else "",
    ]
    words = "; ".join(part for part in said if part)
    return f"{words[:1].upper()}{words[1:]}. Source: {rule.source}." if words else ""
