"""What the record has of what a form asks for. Named paths only; nothing else is read."""

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, select

from workbench.actions.forms._facts import of_record
from workbench.charting.plan_queries import plan_in_force
from workbench.charting.plan_tables import ObjectiveState, PlanText
from workbench.charting.plans import diagnoses_of, objectives_of
from workbench.charting.tables import Note, NoteState
from workbench.forms.documents import read_document
from workbench.forms.prefill import PLAN_LINES, Wanted, measure_of
from workbench.forms.questionnaire import Answer
from workbench.forms.responses import answers_of
from workbench.forms.signing import layout_of
from workbench.forms.tables import FormResponse, FormTemplate, FormVersion, ResponseState
from workbench.gate.work import Work
from workbench.kernel.time import day_of
from workbench.measures.catalogue import measure_named, measures
from workbench.measures.tables import MeasureResult
from workbench.people.tables import Patient, Staff

Facts = Mapping[str, tuple[Answer, ...]]


def record_facts(work: Work, patient: Patient, asked: Wanted) -> Facts:
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
    return {**facts, **_of_the_plan(work, patient, asked.paths, facts)}


def _of_the_plan(work: Work, patient: Patient, paths: frozenset[str], facts: Facts) -> Facts:
    """What the signed plan in force says, under each name it is asked by; without one, what the plan's form says."""
    if not any(path.startswith("plan.") or path in PLAN_LINES for path in paths):
        return {}
    plan = plan_in_force(work, patient.id)
    if plan is None:
        return {path: facts.get(line, ()) for line, path in PLAN_LINES.items()}
    said = _said_by(plan.text)
    return {**said, **{line: said[path] for line, path in PLAN_LINES.items()}}


def _said_by(plan: PlanText) -> Facts:
    """What is still aimed at: an objective that is met or dropped is none any more, nor is a goal without another."""
    aimed = [(problem, goal, one) for problem, goal, one in objectives_of(plan) if one.state == ObjectiveState.ACTIVE]
    return {
        "plan.objectives": _each(one.words for _, _, one in aimed),
        "plan.goals": _each(goal.words for _, goal, _ in aimed),
        "plan.problems": _each(problem.words for problem in plan.problems),
        "plan.diagnoses": _each([", ".join(diagnoses_of(plan))]),
        "plan.strengths": _each([plan.strengths]),
        "plan.services": _each([plan.services]),
        "plan.discharge": _each([plan.discharge]),
    }


def _each(words: Iterable[str]) -> tuple[Answer, ...]:
    return tuple(dict.fromkeys(one for one in words if one))


def _of_people(work: Work, patient: Patient, paths: frozenset[str]) -> dict[str, str]:
    """What is said of the patient, the practice and who writes; each opened only where something of it is asked for."""
    told, rooms = of_record(work, patient, paths), {path.partition(".")[0] for path in paths}
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
    found = last_signed(work, patient, FormTemplate.library_key == key)
    if found is None:
        return ()
    layout = layout_of(work.get(FormVersion, found.version_id))
    answers, _ = answers_of(layout, read_document(found.answered.response.encode()))
    return tuple(answer for place, told in sorted(answers.items()) if place[-1].link_id == link_id for answer in told)


def last_signed(work: Work, patient: Patient, which: ColumnElement[bool]) -> FormResponse | None:
    """The form of these templates that was signed about somebody last."""
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
