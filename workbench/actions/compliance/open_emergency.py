"""Open one chart in an emergency, for one hour, in front of everybody who must know."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select

from workbench.accounts.holding import holding
from workbench.accounts.notices import NoticeKind, tell
from workbench.accounts.rules import AccountState
from workbench.accounts.tables import User
from workbench.gate.action import action
from workbench.gate.actor import Role
from workbench.gate.audit_events import AuditEvent
from workbench.gate.emergency import LASTS, REMIND_AFTER, EmergencyKind, EmergencyOpening, EmergencyReason
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.relations import staff_in_care_as
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.people.queries import team_of
from workbench.people.tables import Patient

SHORTEST_REASON = 20
LONGEST_REASON = 1000
REMIND: Final = "remind_emergency_review"
"""The job that follows, unless it was reviewed by then."""


class ReasonUnclear(WorkbenchError):
    """The reason says too little to review, or too much to read."""

    def __init__(self) -> None:
        super().__init__(
            f"Please say in {SHORTEST_REASON} to {LONGEST_REASON} characters why the chart must be opened now."
        )


class KindUnknown(WorkbenchError):
    """No kind of emergency from the list was chosen."""

    def __init__(self) -> None:
        super().__init__("Please choose what kind of emergency this is.")


class AlreadyOpen(WorkbenchError):
    """The person has a chart open in an emergency."""

    def __init__(self) -> None:
        super().__init__("You have a chart open in an emergency already. Close it first: one chart at a time.")


@dataclass(frozen=True)
class Opened:
    """The opening, and the instant at which the chart closes by itself."""

    opening_id: str
    until_at: datetime


@action(Permission.OPEN_EMERGENCY, on=Patient, refuses={"emergency_one_at_a_time": AlreadyOpen})
def open_emergency(work: Work, patient: Patient, *, kind: str, reason: str) -> Opened:
    """Let the actor read this one chart for 60 minutes; compliance and the care team are told at once.

    Raises:
        ReasonUnclear, KindUnknown, AlreadyOpen. NotFound: it is their own record.
    """
    why = " ".join(reason.split())
    if not SHORTEST_REASON <= len(why) <= LONGEST_REASON:
        raise ReasonUnclear
    if kind not in set(EmergencyKind):
        raise KindUnknown
    if patient.id == work.actor.person_id:
        raise NotFound
    opening = EmergencyOpening(
        patient_id=patient.id,
        opened_by=work.actor.person_id,
        account_id=work.actor.user_id,
        kind=kind,
        opened_at=work.now,
        until_at=work.now + LASTS,
        reason=EmergencyReason(why),
    )
    work.add(opening)
    work.flush()
    told = _tell(work, patient.id)
    work.later(kind=REMIND, key=f"{REMIND}:{opening.id}", payload={"id": opening.id}, run_at=work.now + REMIND_AFTER)
    work.record(AuditEvent.EMERGENCY_OPENED, subject=opening, patient_id=patient.id, kind=kind, told=told)
    return Opened(opening.id, opening.until_at)


def _tell(work: Work, patient_id: str) -> int:
    """Notices for compliance and the patient's care team; how many. Neither the opener nor the patient is among them.

    Where nobody else is in compliance, the owners hear of it: they may review it as well.
    """
    left_out = {work.actor.person_id, *work.scalars(staff_in_care_as(patient_id))}
    held = holding(work, work.now)
    watch = held.anyone_of(Role.COMPLIANCE) - left_out or held.anyone_of(Role.OWNER)
    persons = {*watch, *team_of(work, patient_id)} - left_out
    accounts = select(User.id).where(User.person_id.in_(sorted(persons)), User.state == AccountState.ACTIVE)
    told = work.scalars(accounts.order_by(User.id)).all()
    for user_id in told:
        tell(work, user_id, NoticeKind.EMERGENCY_OPENED)
    return len(told)
