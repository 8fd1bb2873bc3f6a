"""What a draft is after a page of it was sent. Pure."""

from collections.abc import Collection, Mapping

from workbench.forms.filling import Answers
from workbench.forms.reading_fields import FieldsRead
from workbench.forms.signing import Filled


def together(
    before: Filled, read: FieldsRead, values: Mapping[str, tuple[str, ...]], shown: Collection[str] | None = None
) -> Answers:
    """What the page showed as it is there now; what it did not show as it was.

    shown: the linkIds that the page has, where it shows a part of the form; None is all.
    """
    kept = dict(before.answers)
    for place in before.found.places:
        item, name = before.layout.items[place[-1].link_id], before.layout.field(place)
        if shown is not None and item.link_id not in shown:
            continue
        if name in read.problems or not item.is_question or item.is_hidden or item.is_read_only or item.calculated:
            continue
        # Of boxes none of which is ticked a browser sends nothing at all.
        was_shown = name in values or (item.repeats and bool(item.options))
        if was_shown:
            kept.pop(place, None)
    return {**kept, **read.answers}
