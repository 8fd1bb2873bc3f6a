"""Begin to fill in one thing of a packet, as the person in care or as who stands in for them."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.actions.forms._facts import of_record
from workbench.forms.documents import digest
from workbench.forms.library import Mark, templates
from workbench.forms.prefill import begins_with, wanted
from workbench.forms.signing import laid_out, layout_of, written
from workbench.forms.tables import FormTemplate
from workbench.forms.versions import published_version
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound, StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.intake.rules import ItemKind, PacketItem, read_items
from workbench.intake.signing import PacketWithdrawn
from workbench.intake.tables import OwnAnswers, OwnResponse, OwnRevision, PacketAssignment, PacketVersion
from workbench.kernel.errors import WorkbenchError
from workbench.measures.catalogue import measures
from workbench.measures.wording import questionnaire_of
from workbench.people.queries import team_of
from workbench.people.tables import Patient, Staff


class FormNotInUse(WorkbenchError):
    """The practice does not use the form any more."""

    def __init__(self) -> None:
        super().__init__("The practice does not use this form any more. You need not fill it in.")


@dataclass(frozen=True)
class OwnFormBegun:
    """The draft: a new one, or the one that was begun before."""

    response_id: str


@action(
    Permission.FILL_OWN_FORM,
    on=PacketAssignment,
    refuses={"uq_own_responses_place": StalePage, "own_responses.assignment_id": StalePage},
)
def begin_own_form(work: Work, assignment: PacketAssignment, *, place: int) -> OwnFormBegun:
    """place: of the thing in the packet, from 0. However often it is begun, there is one record.

    Of the record it begins with who they are and how they are reached; nothing that a clinician wrote goes into it.

    Raises:
        NotFound: there is no such thing, or it is another person's. PacketWithdrawn. FormNotInUse.
    """
    items = read_items(work.get(PacketVersion, assignment.version_id).holds)
    if not 0 <= place < len(items):
        raise NotFound
    there: OwnResponse | None = work.scalar(select(OwnResponse).where(
        OwnResponse.assignment_id == assignment.id, OwnResponse.place == place
    ))  # fmt: skip
    if there is not None:
        if there.person_id != work.actor.person_id:
            raise NotFound
        work.record(AuditEvent.OWN_FORM_BEGUN, subject=there, is_new=False)
        return OwnFormBegun(there.id)
    if assignment.withdrawn_at is not None:
        raise PacketWithdrawn
    row = _row(work, assignment, place, items[place])
    work.add(row)
    work.flush()
    work.add(OwnRevision(
        response_id=row.id, patient_id=row.patient_id, number=row.version, saved_at=work.now,
        saved_by=work.actor.user_id, answered=row.answered,
    ))  # fmt: skip
    work.record(AuditEvent.OWN_FORM_BEGUN, subject=row, is_new=True, hash=row.hash)
    return OwnFormBegun(row.id)


def _row(work: Work, assignment: PacketAssignment, place: int, item: PacketItem) -> OwnResponse:
    shared = {
        "patient_id": assignment.patient_id, "assignment_id": assignment.id, "place": place,
        "person_id": work.actor.person_id, "started_at": work.now, "saved_at": work.now,
    }  # fmt: skip
    if item.kind is ItemKind.MEASURE:
        document = questionnaire_of(measures()[item.key])
        empty = OwnAnswers(written(laid_out(document), {}))
        return OwnResponse(rule=item.key, version_id=None, hash=digest(document), answered=empty, **shared)
    version = published_version(work, item.key)
    if version is None:
        raise FormNotInUse
    known = templates().get(work.get(FormTemplate, version.template_id).library_key)
    patient = work.get(Patient, assignment.patient_id)
    if known is not None and Mark.PART_TWO in known.marks and patient.id != work.actor.person_id:
        raise NotFound  # what 42 CFR Part 2 protects is the person's own, whoever stands in for them
    layout = layout_of(version)
    asked = wanted(layout.items.values()).paths
    said = {**of_record(work, patient, asked), **(_clinician(work, patient.id) if "author.name" in asked else {})}
    begun = begins_with(layout, {path: (value,) for path, value in said.items() if value}, {})
    return OwnResponse(version_id=version.id, hash=version.hash, answered=OwnAnswers(written(layout, begun)), **shared)


def _clinician(work: Work, patient_id: str) -> dict[str, str]:
    """Where a form names who writes it, that is who cares for them."""
    team = team_of(work, patient_id)
    return {"author.name": work.get(Staff, team[0]).details.shown_name} if team else {}
