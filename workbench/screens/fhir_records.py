"""Signed records as FHIR R4 resources: each kind by its own function. Who asks has judged that they may be handed out.

Nothing is told twice in other words: a note and a document are their own words and bytes, a form is the answers as they
were kept, beside the questionnaire they answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from workbench.charting.plan_tables import Goal, Objective, ObjectiveState, TreatmentPlan
from workbench.charting.tables import Note
from workbench.documents.filing_tables import PatientDocument
from workbench.forms.documents import read_document
from workbench.forms.tables import FormResponse, FormVersion
from workbench.gate.view import Look
from workbench.measures.catalogue import measures
from workbench.measures.observations import Result, observation_of
from workbench.measures.tables import MeasureResult
from workbench.paper.sheet import Part, Sheet
from workbench.people.tables import Location
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance
from workbench.screens.fhir_parts import (
    OURS,
    Resource,
    address_of,
    attachment,
    concept,
    day,
    entry,
    instant,
    reference,
    resource,
    term,
)
from workbench.screens.shared_records import SharedLeaf

_LOINC = "http://loinc.org"
_PROGRESS_NOTE = (_LOINC, "11506-3")
_CATEGORY = "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category"
_PLAN_CATEGORY = "http://hl7.org/fhir/us/core/CodeSystem/careplan-category"
_LIFECYCLE = {ObjectiveState.ACTIVE: "active", ObjectiveState.MET: "completed", ObjectiveState.DROPPED: "cancelled"}


@dataclass(frozen=True)
class Whom:
    """Whose record it is, and which practice's, as others refer to them."""

    patient: Resource
    practice: Resource


def note_entries(look: Look, one: SharedLeaf, whom: Whom, sheet: Sheet) -> Iterator[Resource]:
    """The session and the note about it, in the words that are printed."""
    note = look.get(Note, one.leaf.record_id)
    attendance = look.get(Attendance, note.attendance_id)
    session = look.get(Appointment, attendance.appointment_id)
    place, kind = look.get(Location, session.location_id), look.get(AppointmentType, session.type_id)
    by = {"individual": reference("Practitioner", session.clinician_id)}
    yield entry(attendance.id, resource(
        "Encounter", attendance.id, profile="encounter", is_part_2=one.is_part_2, status="finished",
        **{"class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
                     "code": "VR" if place.is_telehealth else "AMB"}},
        type=[concept(kind.name)], subject=whom.patient, participant=[by], serviceProvider=whom.practice,
        period={"start": instant(session.starts_at, look.zone), "end": instant(session.ends_at, look.zone)},
    ))  # fmt: skip
    yield entry(note.id, _document(
        one, whom, concept("Progress note", _PROGRESS_NOTE), instant(_final(note), look.zone),
        attachment(words_of(sheet).encode(), "text/plain; charset=utf-8", one.leaf.title),
        author=[reference("Practitioner", note.author_id, note.signed_as)],
        context={"encounter": [reference("Encounter", attendance.id)]},
    ))  # fmt: skip


def document_entries(look: Look, one: SharedLeaf, whom: Whom) -> Iterator[Resource]:
    """The file as it came."""
    row = look.get(PatientDocument, one.leaf.record_id)
    held = attachment(row.content.data, row.media_type, one.leaf.title)
    yield entry(row.id, _document(one, whom, concept(one.leaf.title), instant(row.stored_at, look.zone), held))


def measure_entries(look: Look, one: SharedLeaf, whom: Whom) -> Iterator[Resource]:
    """The score, and every answer as a component."""
    row = look.get(MeasureResult, one.leaf.record_id)
    measure, told = measures()[row.rule], row.result
    score = observation_of(
        Result(row.id, measure, row.taken_at, told.answers, told.total, told.band, told.flags),
        whom.patient["reference"],
    )
    items = measure.items if len(told.answers) == len(measure.items) else measure.scored
    parts = [
        {"code": concept(item.key, (f"{OURS}measure-item", f"{measure.key}/{item.key}")), **_value(answer)}
        for item, answer in zip(items, told.answers, strict=False)
    ]
    labelled = resource("Observation", row.id, is_part_2=one.is_part_2)
    yield entry(row.id, {**score, **labelled, **({"component": parts} if parts else {})})


def form_entries(look: Look, one: SharedLeaf, whom: Whom) -> Iterator[Resource]:
    """The answers as they were signed, and the questionnaire they answer."""
    row = look.get(FormResponse, one.leaf.record_id)
    version = look.scalars(select(FormVersion).where(FormVersion.id == row.version_id)).one()
    questionnaire = read_document(version.questionnaire.encode())
    url = questionnaire.get("url") or address_of("Questionnaire", version.id)
    named = {**questionnaire, "id": version.id.replace("_", "-"), "url": url, "status": "active"}
    yield entry(version.id, named)
    answers = read_document(row.answered.response.encode())
    labelled = resource("QuestionnaireResponse", row.id, is_part_2=one.is_part_2)
    yield entry(row.id, {
        **answers, **labelled, "status": "completed", "questionnaire": url, "subject": whom.patient,
        "authored": instant(_final(row), look.zone), "author": reference("Practitioner", row.author_id, row.signed_as),
    })  # fmt: skip


def plan_entries(look: Look, one: SharedLeaf, whom: Whom, sheet: Sheet) -> Iterator[Resource]:
    """The plan, and each objective as a goal."""
    row = look.get(TreatmentPlan, one.leaf.record_id)
    goals = [(goal, aim) for problem in row.text.problems for goal in problem.goals for aim in goal.objectives]
    ids = [f"{row.id}.{number}" for number in range(1, len(goals) + 1)]
    at = instant(_final(row), look.zone)
    for row_id, (goal, aim) in zip(ids, goals, strict=True):
        yield entry(row_id, _goal(row_id, goal, aim, one, whom, at))
    newest = look.scalars(
        select(TreatmentPlan.number).where(
            TreatmentPlan.patient_id == row.patient_id, TreatmentPlan.state == row.state
        ).order_by(TreatmentPlan.number.desc()).limit(1)
    ).one()  # fmt: skip
    yield entry(row.id, resource(
        "CarePlan", row.id, profile="careplan", is_part_2=one.is_part_2,
        status="active" if row.number == newest else "revoked", intent="plan",
        category=[concept("Treatment plan", (_PLAN_CATEGORY, "assess-plan"))], title=one.leaf.title,
        description=words_of(sheet), subject=whom.patient, created=at,
        author=reference("Practitioner", row.author_id, row.signed_as), goal=[reference("Goal", one) for one in ids],
    ))  # fmt: skip


def words_of(sheet: Sheet) -> str:
    """What is printed, as plain text: title, parts, who signed, what was added."""
    signed = [f"{one.role}: {one.text}" for one in sheet.signatures if one.text]
    lines = [sheet.title, *map(_line, sheet.parts), *signed, *map(_line, sheet.after), sheet.notice]
    return "\n\n".join(line for line in lines if line)


def _line(part: Part) -> str:
    ticked = ", ".join(words for words, is_ticked in part.choices if is_ticked)
    told = "\n".join(one for one in (part.text, ticked) if one)
    return f"{part.label}\n{told}" if part.label and told else part.label or told


def _document(one: SharedLeaf, whom: Whom, kind: Resource, at: str, held: Resource, **more: Any) -> Resource:
    return resource(
        "DocumentReference", one.leaf.record_id, profile="documentreference", is_part_2=one.is_part_2,
        identifier=[{"system": f"{OURS}signed-sha256", "value": one.leaf.digest}], status="current", type=kind,
        category=[concept("Clinical note", (_CATEGORY, "clinical-note"))], subject=whom.patient, date=at,
        custodian=whom.practice, content=[{"attachment": held}], **more,
    )  # fmt: skip


def _goal(row_id: str, goal: Goal, aim: Objective, one: SharedLeaf, whom: Whom, at: str) -> Resource:
    told = [aim.words, goal.words and f"Goal: {goal.words}", aim.baseline and f"Baseline: {aim.baseline}",
            aim.target and f"Target: {aim.target}", *aim.interventions]  # fmt: skip
    return resource(
        "Goal", row_id, profile="goal", is_part_2=one.is_part_2, lifecycleStatus=_LIFECYCLE[aim.state],
        description=concept("\n".join(line for line in told if line)), subject=whom.patient, startDate=at[:10],
        target=[_target(aim)] if aim.by else [], statusDate=day(aim.settled_on),
    )  # fmt: skip


def _target(aim: Objective) -> Resource:
    if aim.measure and aim.score is not None:
        return {"measure": concept(aim.measure), "detailInteger": aim.score, "dueDate": day(aim.by)}
    return {"dueDate": day(aim.by)}


def _value(answer: object) -> Resource:
    if answer is None:
        return {"dataAbsentReason": term("data-absent-reason", "unknown")}
    if isinstance(answer, int):
        return {"valueInteger": answer}
    if isinstance(answer, Decimal):
        return {"valueQuantity": {"value": answer}}
    return {"valueString": str(answer)}


def _final(row: Note | FormResponse | TreatmentPlan) -> datetime:
    """The last signature; what is not signed is not handed out."""
    at = row.cosigned_at or row.signed_at
    assert at is not None
    return at
