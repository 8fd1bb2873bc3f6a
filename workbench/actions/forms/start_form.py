"""Begin to fill in a published form about a patient."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from workbench.actions.forms._facts import of_record
from workbench.charting.tables import Note, NoteState
from workbench.forms.documents import read_document
from workbench.forms.filling import Answers, Layout
from workbench.forms.library import Mark, templates
from workbench.forms.prefill import Wanted, begins_with, measure_of, wanted
from workbench.forms.questionnaire import Answer
from workbench.forms.responses import answers_of
from workbench.forms.signing import layout_of, written
from workbench.forms.tables import (
    Answered,
    FormResponse,
    FormRevision,
    FormTemplate,
    FormVersion,
    ResponseState,
    VersionState,
)
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import day_of
from workbench.measures.catalogue import measure_named, measures
from workbench.measures.tables import MeasureResult
from workbench.people.tables import Patient, Staff

Facts = Mapping[str, tuple[Answer, ...]]


class NotPublished(WorkbenchError):
    """The version is a draft, or is used no more."""

    def __init__(self) -> None:
        super().__init__("This form is not in use now. Please choose again.")
        self.fields = {"version_id": str(self)}


class AboutNobody(WorkbenchError):
    """The form belongs to the practice and into nobody's chart."""

    def __init__(self) -> None:
        super().__init__("This form is about no single person and is kept outside of charts.")
        self.fields = {"version_id": str(self)}


@dataclass(frozen=True)
class FormStarted:
    """The draft. filled_in: how many answers came from the record."""

    response_id: str
    filled_in: int


@action(Permission.START_FORM, on=Patient)
def start_form(work: Work, patient: Patient, *, version_id: str) -> FormStarted:
    """A draft of one's own. It begins with what the form says: its own answers, last time's, those of the record.

    Raises:
        NotPublished, AboutNobody, NotFound.
    """
    version = work.get(FormVersion, version_id)
    if version.state != VersionState.PUBLISHED:
        raise NotPublished
    template = templates().get(work.get(FormTemplate, version.template_id).library_key)
    if template is not None and Mark.PRACTICE in template.marks:
        raise AboutNobody
    layout = layout_of(version)
    facts = _facts(work, patient, wanted(layout.items.values()))
    begun = begins_with(layout, facts, _last_time(work, patient, version, layout))
    answered = Answered(written(layout, begun))
    response = FormResponse(
        patient_id=patient.id, version_id=version.id, author_id=work.actor.person_id, hash=version.hash,
        started_at=work.now, saved_at=work.now,
    )  # fmt: skip
    response.answered = answered
    work.add(response)
    work.flush()
    work.add(FormRevision(
        response_id=response.id, patient_id=patient.id, number=response.version, saved_at=work.now,
        saved_by=work.actor.user_id, answered=answered,
    ))  # fmt: skip
    filled_in = sum(bool(layout.items[place[-1].link_id].prefilled_by) for place in begun)
    work.record(AuditEvent.FORM_STARTED, subject=response, patient_id=patient.id, label=version.label,
                hash=version.hash, filled_in=filled_in)  # fmt: skip
    return FormStarted(response.id, filled_in)


def _facts(work: Work, patient: Patient, asked: Wanted) -> Facts:
    """What the record has of what the form asks for, by path. Nothing else is read."""
    people = _of_people(work, patient, asked.paths)
    facts: dict[str, tuple[Answer, ...]] = {path: (said,) for path, said in people.items() if said}
    if asked.measures or "scores" in asked.paths:
        last = _scores(work, patient)
        facts["scores"] = tuple(last.values())
        for path in asked.paths:
            name = measure_of(path)
            if name and (said := last.get(measure_named(name).key)):
                facts[path] = (said,)
    for key, link_id in asked.answers:
        facts[f"last.{key}.{link_id}"] = _answers_to(work, patient, key, link_id)
    return facts


def _of_people(work: Work, patient: Patient, paths: frozenset[str]) -> dict[str, str]:
    """What is said of the patient, the practice and who writes; each opened only where something of it is asked for."""
    told = of_record(work, patient, paths)
    rooms = {path.partition(".")[0] for path in paths}
    if "author" in rooms:
        author = work.get(Staff, work.actor.person_id).details
        told |= {"author.name": author.shown_name, "author.npi": author.npi}
    if "last_note" in rooms:
        told["last_note.diagnoses"] = _diagnoses(work, patient)
    return told


def _diagnoses(work: Work, patient: Patient) -> str:
    note: Note | None = work.scalar(
        select(Note).where(Note.patient_id == patient.id, Note.state == NoteState.LOCKED)
        .order_by(Note.service_on.desc(), Note.signed_at.desc()).limit(1)
    )  # fmt: skip
    return ", ".join(note.text.diagnoses) if note else ""


def _scores(work: Work, patient: Patient) -> dict[str, str]:
    """The last score of each measure in words, by the key of its rule."""
    rows = work.scalars(
        select(MeasureResult).where(MeasureResult.patient_id == patient.id).order_by(MeasureResult.taken_at)
    )
    found = {}
    for row in rows:
        total = "not complete" if row.result.total is None else f"{row.result.total}"
        band = f", {row.result.band}" if row.result.band else ""
        found[row.rule] = f"{measures()[row.rule].measure}: {total}{band} ({day_of(row.taken_at, work.zone):%Y-%m-%d})"
    return found


def _answers_to(work: Work, patient: Patient, key: str, link_id: str) -> tuple[Answer, ...]:
    """What the last signed form of a template says to one question."""
    found = _signed(work, patient, FormTemplate.library_key == key)
    if found is None:
        return ()
    layout = layout_of(work.get(FormVersion, found.version_id))
    answers, _ = answers_of(layout, read_document(found.answered.response.encode()))
    return tuple(answer for place, told in sorted(answers.items()) if place[-1].link_id == link_id for answer in told)


def _last_time(work: Work, patient: Patient, version: FormVersion, layout: Layout) -> Answers:
    """What was signed of the same form last, where something of it is carried forward."""
    if not any(item.is_carried for item in layout.items.values()):
        return {}
    found = _signed(work, patient, FormTemplate.id == version.template_id)
    return answers_of(layout, read_document(found.answered.response.encode()))[0] if found else {}


def _signed(work: Work, patient: Patient, which: ColumnElement[bool]) -> FormResponse | None:
    query = (
        select(FormResponse)
        .join(FormVersion, FormVersion.id == FormResponse.version_id)
        .join(FormTemplate, FormTemplate.id == FormVersion.template_id)
        .where(FormResponse.patient_id == patient.id, FormResponse.state == ResponseState.LOCKED, which)
        .order_by(FormResponse.signed_at.desc())
        .limit(1)
    )
    found: FormResponse | None = work.scalar(query)
    return found
