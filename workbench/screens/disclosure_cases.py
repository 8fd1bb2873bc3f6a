"""Disclosures that were reported, and the one thread of each, for the privacy officer until they have settled it."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.messaging.inbox_tables import DisclosureCase, DisclosureFinding
from workbench.messaging.thread_tables import MessageThread
from workbench.people.names import staff_named
from workbench.people.tables import Patient
from workbench.screens.message_lines import MessageShown, messages_of, shown_messages

__all__ = ["DisclosureLine", "DisclosureShown", "disclosure_cases", "disclosure_shown"]
MOST = 200


@dataclass(frozen=True)
class DisclosureLine:
    """One case; no name of a patient. is_breach: as it was found, None while it waits."""

    case_id: str
    number: int
    reported_at: datetime
    reported_by: str
    is_mine: bool
    is_breach: bool | None
    settled_by: str


@dataclass(frozen=True)
class DisclosureShown:
    """reason: as it was reported. finding: as it was settled, "" before; then the messages are here no more."""

    case_id: str
    patient_name: str
    topic: str
    reason: str = field(repr=False)
    finding: str = field(repr=False)
    is_mine: bool
    messages: tuple[MessageShown, ...]


@view(Permission.REVIEW_DISCLOSURE, shows=AuditEvent.DISCLOSURE_CASE_READ)
def disclosure_cases(look: Look) -> tuple[DisclosureLine, ...]:
    """What waits, then the newest; 200 at most."""
    query = (
        select(DisclosureCase, DisclosureFinding, Patient.number)
        .join(Patient, Patient.id == DisclosureCase.patient_id)
        .outerjoin(DisclosureFinding, DisclosureFinding.case_id == DisclosureCase.id)
        .order_by(DisclosureFinding.id.is_not(None), DisclosureCase.reported_at.desc())
        .limit(MOST)
    )
    rows = look.execute(query).all()
    people = {one for case, finding, _ in rows for one in (case.reporter_id, finding.finder_id if finding else "")}
    names = {one: details.shown_name for one, details in staff_named(look, people).items()}
    return tuple(
        DisclosureLine(
            case.id, number, case.reported_at, names.get(case.reporter_id, ""),
            case.reporter_id == look.actor.person_id, finding.is_breach if finding else None,
            names.get(finding.finder_id, "") if finding else "",
        )
        for case, finding, number in rows
    )  # fmt: skip


@view(Permission.REVIEW_DISCLOSURE, shows=AuditEvent.DISCLOSURE_CASE_READ, on=DisclosureCase)
def disclosure_shown(look: Look, case: DisclosureCase) -> DisclosureShown:
    """This thread and no other of the patient, whatever its topic, remarks too: as long as the case waits."""
    look.shown(case.patient_id)
    thread, patient = look.get(MessageThread, case.thread_id), look.get(Patient, case.patient_id)
    found: DisclosureFinding | None = look.scalar(select(DisclosureFinding).where(DisclosureFinding.case_id == case.id))
    is_mine = case.reporter_id == look.actor.person_id
    messages = shown_messages(look, messages_of(look, thread)) if found is None and not is_mine else ()
    return DisclosureShown(
        case.id, patient.details.shown_name, thread.topic, case.reason.words, found.finding.words if found else "",
        is_mine, messages,
    )  # fmt: skip
