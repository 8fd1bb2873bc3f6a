"""Accept a request to amend, with an entry linked to the record, or deny it on one of four grounds."""

from dataclasses import dataclass

from workbench.actions.releases._stepping import TWICE, check_now, take_step
from workbench.charting.addenda import AddendumKind, add
from workbench.charting.addendum_tables import Addendum
from workbench.charting.tables import Note, NoteState
from workbench.forms.tables import FormResponse, ResponseState
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.paper.leaf import RecordKind
from workbench.people.tables import Staff
from workbench.releases.amendment_tables import AmendmentRequest, StepKind, StepText
from workbench.releases.amendments import AmendmentUnclear, DenialGround, StepNotNow, checked_words


class AuthorAmends(StepNotNow):
    """What was signed is added to by who signed it, or who supervises them."""

    def __init__(self) -> None:
        super().__init__("Only who signed this record, or their supervisor, adds to it. Ask them to answer.")


@dataclass(frozen=True)
class AmendmentAnswered:
    """addendum_id: of the entry that was added to the record; empty where it was denied or is about no note or form."""

    request_id: str
    is_accepted: bool
    addendum_id: str


@action(
    Permission.ANSWER_AMENDMENT, on=AmendmentRequest,
    refuses={**TWICE, "uq_addenda_note": StalePage, "uq_addenda_response": StalePage, "addenda.note_id": StalePage,
             "addenda.response_id": StalePage},
)  # fmt: skip
def answer_amendment(
    work: Work, request: AmendmentRequest, *, is_accepted: bool, words: str, ground: str = "", told_to: str = ""
) -> AmendmentAnswered:
    """words: the entry that amends the record, or the basis of the denial in plain words.

    ground: of a denial, one of 45 CFR 164.526(a)(2). told_to: who was, or will be, told of an amendment (c)(3).
    Raises:
        AmendmentUnclear: by field. StepNotNow: it is answered. AuthorAmends. NotFound: it is about a record that is not
        there for the actor.
    """
    said = StepText(checked_words(words), told_to.strip())
    kind = StepKind.ACCEPTED if is_accepted else StepKind.DENIED
    check_now(work, request, kind)
    if not is_accepted and ground not in set(DenialGround):
        raise AmendmentUnclear({"ground": "Please choose one of the four grounds a request may be denied on."})
    addendum_id = _added(work, request, said.words) if is_accepted else ""
    take_step(work, request, kind, said, ground="" if is_accepted else ground, addendum_id=addendum_id)
    work.record(AuditEvent.AMENDMENT_ACCEPTED if is_accepted else AuditEvent.AMENDMENT_DENIED)
    return AmendmentAnswered(request.id, is_accepted, addendum_id)


def _added(work: Work, request: AmendmentRequest, words: str) -> str:
    """The linked entry; what was signed never changes. A plan is amended by its next version."""
    signer = work.get(Staff, work.actor.person_id).details.shown_name
    entry = Addendum(patient_id=request.patient_id, kind=AddendumKind.CORRECTION, signed_as=signer)
    if request.kind == RecordKind.NOTE:
        note = work.get(Note, request.record_id)
        is_locked = note.state == NoteState.LOCKED
        entry.note_id, entry.target_hash, target = note.id, bytes(note.content_hash).hex(), note
    elif request.kind == RecordKind.FORM:
        form = work.get(FormResponse, request.record_id)
        is_locked = form.state == ResponseState.LOCKED
        entry.response_id, entry.target_hash, target = form.id, form.content_hash, form  # type: ignore[assignment]
    else:
        return ""
    if not is_locked:
        return ""
    if not work.allowed(Permission.ADD_ADDENDUM, target):
        raise AuthorAmends
    reason = f"Requested by the person, received {request.received_on.isoformat()} (45 CFR 164.526)"
    return add(work, entry, reason, words).id
