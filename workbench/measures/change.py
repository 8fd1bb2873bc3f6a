"""What a change from one score to another means, by the thresholds that were published for the measure. Pure.

Reliable: more than the measure's error explains (Jacobson and Truax 1991). Meaningful: enough for people to notice it.
Both count in either direction; the sign says which. Responded and remission are improvements only.
"""

from dataclasses import dataclass
from decimal import Decimal

from workbench.formula.evaluating import Known
from workbench.formula.functions import Number
from workbench.measures.definition import Measure


@dataclass(frozen=True)
class Changed:
    """The latest score less the first, and what that is. None where nobody published a threshold."""

    change: Number
    reliable: bool | None
    clinically_meaningful: bool | None
    responded: bool | None
    remission: bool | None


def changed(measure: Measure, first: Number, last: Number) -> Changed:
    """What became of `first`."""
    rule, change = measure.change, last - first
    size = max(change, -change)
    better = -change if rule.is_lower_better else change
    parts = [size >= rule.meaningful] if rule.meaningful is not None else []
    if rule.meaningful_pct is not None:
        parts.append(size >= _share(first, rule.meaningful_pct) and change != 0)
    remission = rule.remission(Known(names={"first": first, "last": last})) if rule.remission else None
    return Changed(
        change=change,
        reliable=None if rule.reliable is None else size >= rule.reliable,
        clinically_meaningful=all(parts) if parts else None,
        responded=None if rule.response_pct is None else better > 0 and better >= _share(first, rule.response_pct),
        remission=remission if isinstance(remission, bool) else None,
    )


def between(rule: Measure, first: Number | None, last: Number | None) -> Changed | None:
    """What became of the first total; None where one of the two is not known."""
    return None if first is None or last is None else changed(rule, first, last)


def is_better(rule: Measure, change: Changed | None) -> bool | None:
    """Whether they are better off; None where nothing changed or is known."""
    if change is None or change.change == 0:
        return None
    return (change.change < 0) is rule.change.is_lower_better


def _share(first: Number, pct: Decimal) -> Decimal:
    return Decimal(first) * pct / 100
