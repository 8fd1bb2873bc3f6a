"""The dialog one line of a form is edited in: words, answers, limits, what it is worked out by, when it is asked."""

import re
from collections.abc import Sequence
from typing import Final

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.replies import Ask
from workbench.screens.form_design import (
    FROM_THE_RECORD,
    MADE_BY_HAND,
    MOST_CONDITIONS,
    OPERATORS,
    OWN_PATTERN,
    PATTERNS,
    WITH_LENGTH,
    WITH_SIZE,
    WORKED_OUT,
    DesignedLine,
    FormulaTrial,
    Hangs,
    ItemType,
    Limits,
    Line,
    record_paths,
)

_SPARE: Final = 2
"""Empty rows for one more condition each."""
_MOST_ROWS: Final = 100
_NO_QUESTION: Final = (ItemType.GROUP, ItemType.DISPLAY)
_DAY, _TIME = r"\d{4}-\d\d-\d\d", r"\d\d:\d\d(:\d\d)?"
_FIELDS: Final = {
    ItemType.DATE: ("date", re.compile(_DAY)), ItemType.TIME: ("time", re.compile(_TIME)),
    ItemType.DATE_TIME: ("datetime-local", re.compile(f"{_DAY}T{_TIME}")),
}  # fmt: skip
KINDS: Final = {
    ItemType.TEXT: "Long text", ItemType.STRING: "Short text", ItemType.CHOICE: "Choice",
    ItemType.OPEN_CHOICE: "Choice or own answer", ItemType.BOOLEAN: "Yes or no", ItemType.INTEGER: "Whole number",
    ItemType.DECIMAL: "Number", ItemType.DATE: "Day", ItemType.DATE_TIME: "Day and time", ItemType.TIME: "Time",
    ItemType.GROUP: "Section", ItemType.DISPLAY: "Words to read", ItemType.QUANTITY: "Amount with unit",
    ItemType.URL: "Address", ItemType.ATTACHMENT: "File", ItemType.REFERENCE: "Link",
}  # fmt: skip


def new_line(lines: Sequence[DesignedLine], after: DesignedLine | None) -> Ask:
    """A line that is not there yet; its limits and sources are said once it is."""
    kinds = [(kind.value, KINDS[kind]) for kind in MADE_BY_HAND]
    where = f"After “{after.text[:60]}”" if after else "At the end"
    html = render(
        "pages/form_design_line.html", line=None, after=after.link_id if after else "", kinds=kinds, where=where,
        **_conditions(lines, (), ""),
    )  # fmt: skip
    return flyout("Another line", html)


def changed_line(lines: Sequence[DesignedLine], link_id: str, line: Line, told: FormulaTrial | None = None) -> Ask:
    """A line that is there. told: what its formula comes to, where that was asked."""
    kind = line.kind
    patterns = [(name, pattern.words) for name, pattern in PATTERNS.items()]
    if line.limits.pattern == OWN_PATTERN:
        patterns.append((OWN_PATTERN, "The pattern it came with"))
    html = render(
        "pages/form_design_line.html", line=line, link_id=link_id, kind=KINDS[kind], told=told, patterns=patterns,
        is_choice=kind in (ItemType.CHOICE, ItemType.OPEN_CHOICE), is_question=kind not in _NO_QUESTION,
        may_repeat=kind in (ItemType.GROUP, ItemType.CHOICE, ItemType.OPEN_CHOICE),
        has_size=kind in WITH_SIZE, has_length=kind in WITH_LENGTH, has_decimals=kind is ItemType.DECIMAL,
        may_be_worked_out=kind in WORKED_OUT, size_field=_size_field(line),
        paths=record_paths(line.prefilled_by) if kind in FROM_THE_RECORD else (),
        names=[one for one in lines if one.kind not in _NO_QUESTION and one.link_id != link_id],
        **_conditions(lines, line.conditions, link_id),
    )  # fmt: skip
    return flyout("Change the line", html)


def _size_field(line: Line) -> str:
    """A browser's field for a day or a time, unless a limit is one that it could not show, such as a month."""
    shown = _FIELDS.get(line.kind)
    if shown is None or any(one and not shown[1].fullmatch(one) for one in (line.limits.least, line.limits.most)):
        return "text"
    return shown[0]


def _conditions(lines: Sequence[DesignedLine], said: Sequence[Hangs], link_id: str) -> dict[str, object]:
    """What the rows of conditions are made of: those there are, and some that are empty."""
    rows = [*said, *[Hangs("")] * _SPARE][: max(MOST_CONDITIONS, len(said))]
    questions = [
        (one.link_id, one.text[:80] or one.link_id)
        for one in lines
        if one.kind not in _NO_QUESTION and one.link_id != link_id
    ]
    known = {link_id for link_id, _ in questions}
    # A form may have come with a condition on what is not in it: it stays until somebody takes it away.
    gone = dict.fromkeys(row.question for row in said if row.question not in known)
    questions += [(one, f"{one[:60]}, which is not in the form") for one in gone]
    return {"conditions": rows, "questions": questions, "operators": tuple(OPERATORS.items())}


def typed_line(message: Message) -> Line:
    """What the dialog sent."""
    kind = message.text("kind")
    return Line(
        text=message.text("text"),
        kind=ItemType(kind) if kind in ItemType._value2member_map_ else ItemType.TEXT,
        hint=message.text("hint"),
        is_required=message.ticked("required"),
        repeats=message.ticked("repeats"),
        answers=tuple(message.text("answers").splitlines()),
        conditions=_typed_conditions(message),
        needs_all=message.text("needs", "all") != "any",
        limits=Limits(
            *(message.text(name) for name in ("least", "most", "decimals", "shortest", "longest", "pattern"))
        ),
        formula=message.text("formula"),
        prefilled_by=message.text("prefilled_by"),
        is_carried=message.ticked("carried"),
    )


def _typed_conditions(message: Message) -> tuple[Hangs, ...]:
    """Every row in its place, the empty ones too, so that what is said of one stands beside it."""
    rows: list[Hangs] = []
    while (question := message.text(f"when_{len(rows) + 1}_question", "none")) != "none" and len(rows) < _MOST_ROWS:
        row = f"when_{len(rows) + 1}_"
        rows.append(Hangs(question, message.text(f"{row}operator", "="), message.text(f"{row}answer")))
    return tuple(rows)
