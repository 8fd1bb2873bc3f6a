"""Notes and treatment plans as they are set on paper, and as leaves of a packet."""

from zoneinfo import ZoneInfo

from sqlalchemy import select

from workbench.charting.added import addenda_of_notes, addenda_parts
from workbench.charting.late import LateEntry
from workbench.charting.plan_tables import Objective, TreatmentPlan
from workbench.charting.plans import objectives_of
from workbench.charting.tables import Note, NoteState
from workbench.kernel.time import day_of, spoken_day, spoken_instant
from workbench.paper.leaf import Leaf, RecordKind
from workbench.paper.sheet import Part, Sheet, Signature
from workbench.store.newest import Rows

_PARTS = ("subjective", "objective", "assessment", "plan")


def note_leaves(rows: Rows, patient_id: str) -> list[Leaf]:
    """All notes of one chart."""
    return [
        Leaf(RecordKind.NOTE, one.id, one.service_on, f"Progress note, {spoken_day(one.service_on)}",
             one.state == NoteState.LOCKED, bytes(one.content_hash).hex())
        for one in rows.scalars(select(Note).where(Note.patient_id == patient_id))
    ]  # fmt: skip


def plan_leaves(rows: Rows, patient_id: str, zone: ZoneInfo) -> list[Leaf]:
    """Every version of the treatment plan."""
    return [
        Leaf(RecordKind.PLAN, one.id, day_of(one.begun_at, zone), f"Treatment plan, version {one.number}",
             one.state == NoteState.LOCKED, one.content_hash)
        for one in rows.scalars(select(TreatmentPlan).where(TreatmentPlan.patient_id == patient_id))
    ]  # fmt: skip


def note_sheet(rows: Rows, note: Note, zone: ZoneInfo, *, about: str, practice: str, late: LateEntry | None) -> Sheet:
    """A signed note as it was signed, with both signatures and what was added to it."""
    signed = bytes(note.content_hash).hex()
    told = [Part("answer", name.capitalize(), words) for name in _PARTS if (words := getattr(note.text, name))]
    return Sheet(
        title=f"Progress note, {spoken_day(note.service_on)}",
        about=about,
        practice=practice,
        foot=f"signed text {signed[:16]}",
        parts=(
            *_late(late, zone),
            *told,
            Part("answer", "Diagnoses", ", ".join(note.text.diagnoses)),
            *_served(rows, note),
        ),
        signatures=_signatures(note, zone),
        after=addenda_parts(addenda_of_notes(rows, {note.id: signed}).get(note.id, ()), zone),
        watermark="" if note.state == NoteState.LOCKED else "PENDING",
    )


def plan_sheet(plan: TreatmentPlan, zone: ZoneInfo, *, about: str, practice: str) -> Sheet:
    """A signed version of the treatment plan."""
    parts = [Part("answer", label, words) for label, words in (
        ("Strengths", plan.text.strengths), ("Services", plan.text.services), ("Discharge", plan.text.discharge),
        ("How the person took part", plan.text.took_part),
    ) if words]  # fmt: skip
    for problem in plan.text.problems:
        parts.append(Part("heading", text=f"Problem: {problem.words}"))
        if problem.diagnoses:
            parts.append(Part("answer", "Diagnoses", ", ".join(problem.diagnoses)))
        for goal in problem.goals:
            parts.append(Part("answer", "Goal", goal.words))
            parts += [Part("answer", "Objective", _objective(one)) for one in goal.objectives]
    return Sheet(
        title=f"Treatment plan, version {plan.number}", about=about, practice=practice,
        foot=f"signed text {plan.content_hash[:16]}", parts=tuple(parts), signatures=_signatures(plan, zone),
    )  # fmt: skip


def _objective(one: Objective) -> str:
    aim = f"{one.measure} {one.score}" if one.measure and one.score is not None else ""
    told = (
        one.words, f"Baseline: {one.baseline}" if one.baseline else "", f"Measure: {aim}" if aim else "",
        f"Target: {one.target}" if one.target else "", f"By {spoken_day(one.by)}" if one.by else "",
        f"State: {one.state.value}", *one.interventions,
    )  # fmt: skip
    return "\n".join(line for line in told if line)


def _signatures(row: Note | TreatmentPlan, zone: ZoneInfo) -> tuple[Signature, ...]:
    if row.signed_at is None:
        return ()
    signed = Signature("Signed", f"{row.signed_as}, {spoken_instant(row.signed_at, zone)}")
    if row.cosigned_at:
        return (signed, Signature("Co-signed", f"{row.cosigned_as}, {spoken_instant(row.cosigned_at, zone)}"))
    return (signed, Signature("Supervisor")) if row.state == NoteState.REVIEW else (signed,)


def _served(rows: Rows, note: Note) -> tuple[Part, ...]:
    """The objectives it named, in the words of the plan as it stood."""
    if not note.text.objectives:
        return ()
    plan = rows.scalars(select(TreatmentPlan).where(TreatmentPlan.id == note.text.plan_id)).one()
    heading = Part("answer", "Treatment plan", f"Version {plan.number}")
    named = (one.words for _, _, one in objectives_of(plan.text) if one.id in note.text.objectives)
    return (heading, *(Part("answer", "Objective served", words) for words in named))


def _late(late: LateEntry | None, zone: ZoneInfo) -> tuple[Part, ...]:
    if late is None:
        return ()
    ended, begun = spoken_instant(late.ended_at, zone), spoken_instant(late.begun_at, zone)
    return (Part("answer", "Late entry", f"Session ended {ended}. First written {begun}."),)
