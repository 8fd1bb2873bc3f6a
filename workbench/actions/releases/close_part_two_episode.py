"""Say that a time in a Part 2 programme ended: what it covered stays covered, what is dated later is not."""

from dataclasses import dataclass
from datetime import date

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.releases.part_2 import MarkEnded, Part2Unclear, checked_why
from workbench.releases.part_2_tables import EndKind, Part2End, Part2Mark, Part2Why


@dataclass(frozen=True)
class Part2Closed:
    """The mark, and the first day it covers no longer."""

    mark_id: str
    until_on: date


@action(
    Permission.MARK_PART_2, on=Part2Mark,
    refuses={"part_2_ends.mark_id": MarkEnded, "uq_part_2_ends_mark_id": MarkEnded},
)  # fmt: skip
def close_part_two_episode(work: Work, mark: Part2Mark, *, until_on: date, why: str) -> Part2Closed:
    """until_on: the first day after the programme.

    Raises:
        Part2Unclear: by field; a mark of one record has no days and is lifted. MarkEnded.
    """
    if mark.from_on is None:
        raise Part2Unclear({"until_on": "Only a time in a programme ends on a day. Ask compliance to lift this mark."})
    if until_on <= mark.from_on:
        raise Part2Unclear({"until_on": "The end comes after the beginning."})
    work.add(
        Part2End(
            mark_id=mark.id, patient_id=mark.patient_id, kind=EndKind.CLOSED, until_on=until_on,
            marker_id=mark.marker_id, ender_id=work.actor.person_id, ended_at=work.now, ended_by=work.actor.user_id,
            told=Part2Why(checked_why(why)),
        )
    )  # fmt: skip
    work.flush()
    work.record(AuditEvent.PART_2_CLOSED)
    return Part2Closed(mark.id, until_on)
