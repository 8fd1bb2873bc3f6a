"""All that happened in one chart, newest first, a page at a time: what a reader may not see is not in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import day_of
from workbench.people.names import staff_named
from workbench.people.tables import Patient
from workbench.screens.part_2 import part_2_of
from workbench.screens.timeline_of_care import alert_heads, measure_heads, statement_heads, visit_heads
from workbench.screens.timeline_of_papers import contact_heads, document_heads, form_heads, note_heads, plan_heads
from workbench.screens.timeline_parts import Head, Kind, Said

__all__ = ["Kind", "Timeline", "TimelineLine", "chart_timeline"]

AT_ONCE: Final = 60
MOST: Final = 3_000
_READ_BY: Final[tuple[tuple[Kind, Permission, Callable[[Look, Patient], list[Head]]], ...]] = (
    (Kind.VISIT, Permission.SEE_SCHEDULE, visit_heads),
    (Kind.NOTE, Permission.READ_CHART, note_heads),
    (Kind.FORM, Permission.READ_CHART, form_heads),
    (Kind.MEASURE, Permission.READ_CHART, measure_heads),
    (Kind.ALERT, Permission.READ_CHART, alert_heads),
    (Kind.PLAN, Permission.READ_CHART, plan_heads),
    (Kind.STATEMENT, Permission.READ_CHART, statement_heads),
    (Kind.DOCUMENT, Permission.FILE_DOCUMENT, document_heads),
    (Kind.CONTACT, Permission.SEE_REMINDERS, contact_heads),
)


@dataclass(frozen=True)
class TimelineLine:
    """One thing that happened. path: where its record opens. state: how it stands, as its kind stores it.

    is_part_2: it is under 42 CFR Part 2; who may not read such data has no such line.
    """

    key: str
    kind: Kind
    at: datetime
    title: str
    detail: str
    who: str
    state: str
    path: str
    is_part_2: bool = False


@dataclass(frozen=True)
class Timeline:
    """has_more: there are older lines that fit. kinds: those this reader has, whatever is shown now."""

    lines: tuple[TimelineLine, ...] = ()
    has_more: bool = False
    kinds: tuple[Kind, ...] = ()


@view(Permission.SEE_CONTACT, shows=AuditEvent.TIMELINE_READ, on=Patient)
def chart_timeline(look: Look, patient: Patient, *, kind: str = "", words: str = "", most: int = AT_ONCE) -> Timeline:
    """kind: only these, "" is all. words: each must stand somewhere in the line or in its text; never logged.

    Only the lines that are shown are opened, or, with words, those that are searched.
    """
    look.shown(patient.id)
    may = {one: heads for one, permission, heads in _READ_BY if look.allowed(permission, patient)}
    wanted = [one for one in may if kind in ("", one)]
    look.facts["parts"] = " ".join(wanted)
    part_2 = part_2_of(look, patient.id)
    told = [
        head for one in wanted for head in may[one](look, patient)
        if not (_tells_of_care(head) and part_2.hides(head.kind, head.key, day_of(head.at, look.zone)))
    ]  # fmt: skip
    heads = sorted(_each_session_once(told), key=_newest_first)
    found: list[tuple[Head, Said]] = []
    for pair in _fitting(heads, words):
        found.append(pair)
        if len(found) > min(most, MOST):
            break
    names = staff_named(look, {head.staff_id for head, _ in found if head.staff_id})
    lines = tuple(
        TimelineLine(
            head.key, head.kind, head.at, said.title, said.detail,
            names[head.staff_id].shown_name if head.staff_id in names else "", head.state, head.path,
            _tells_of_care(head) and part_2.is_marked(head.kind, head.key, day_of(head.at, look.zone)),
        )
        for head, said in found[:most]
    )  # fmt: skip
    return Timeline(lines, len(found) > most, tuple(may))


def _tells_of_care(head: Head) -> bool:
    """That somebody has a time or was written to stays in the practice's calendar and outbox, marked or not."""
    return head.kind not in (Kind.VISIT, Kind.CONTACT)


def _each_session_once(heads: list[Head]) -> Iterator[Head]:
    """Without the appointments that a note in the list tells of."""
    noted = {head.session for head in heads if head.kind is Kind.NOTE}
    return (head for head in heads if head.kind is not Kind.VISIT or head.session not in noted)


def _newest_first(head: Head) -> tuple[float, str]:
    return (-head.at.timestamp(), head.key)


def _fitting(heads: list[Head], words: str) -> Iterator[tuple[Head, Said]]:
    wanted = words.casefold().split()
    for head in heads:
        said = head.say()
        if wanted:
            text = f"{said.title} {said.detail} {said.text}".casefold()
            if not all(word in text for word in wanted):
                continue
        yield head, said
