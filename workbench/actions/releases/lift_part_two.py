"""Take away a mark that should not be there; another person than set it."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.releases.part_2 import AnotherLifts, MarkEnded, checked_why
from workbench.releases.part_2_tables import EndKind, Part2End, Part2Mark, Part2Why


@dataclass(frozen=True)
class Part2Lifted:
    """It covers nothing any more."""

    mark_id: str


@action(
    Permission.DECIDE_PART_2, on=Part2Mark,
    refuses={
        "lifted_by_another": AnotherLifts, "part_2_ends.mark_id": MarkEnded, "uq_part_2_ends_mark_id": MarkEnded,
    },
)  # fmt: skip
def lift_part_two(work: Work, mark: Part2Mark, *, why: str) -> Part2Lifted:
    """With the reason; the mark and who set it stay readable.

    Raises:
        Part2Unclear. AnotherLifts. MarkEnded.
    """
    work.add(
        Part2End(
            mark_id=mark.id, patient_id=mark.patient_id, kind=EndKind.LIFTED, until_on=None, marker_id=mark.marker_id,
            ender_id=work.actor.person_id, ended_at=work.now, ended_by=work.actor.user_id,
            told=Part2Why(checked_why(why)),
        )
    )  # fmt: skip
    work.flush()
    work.record(AuditEvent.PART_2_LIFTED)
    return Part2Lifted(mark.id)
