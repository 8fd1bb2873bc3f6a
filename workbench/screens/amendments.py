"""Requests to amend records, by the days left to answer them, and the letters about one."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.relations import not_own_record
from workbench.gate.view import Look, view
from workbench.paper.leaf import Leaf
from workbench.people.names import patients_named, staff_named
from workbench.people.tables import Patient
from workbench.releases.amendment_tables import AmendmentRequest, StepKind
from workbench.releases.amendments import (
    GROUND_WORDS,
    OTHER,
    STEP_WORDS,
    Case,
    DenialGround,
    StepNotNow,
    cases,
    check_step,
)
from workbench.screens.leaves import leaves_of
from workbench.screens.part_2 import part_2_of

__all__ = [
    "GROUND_WORDS", "OTHER", "STEP_WORDS", "AmendmentShown", "AmendmentsOfPatient", "StepKind",
    "amendments", "amendments_of",
]  # fmt: skip


@dataclass(frozen=True)
class StepShown:
    """One step in words. kind: stored."""

    kind: str
    words: str
    said: str
    ground: str
    told_to: str
    said_as: str
    at: datetime


@dataclass(frozen=True)
class AmendmentShown:
    """A request. days_left: to its answer, below 0 once late, None once answered. may: the steps open to the reader."""

    request_id: str
    patient_id: str
    patient_name: str
    patient_number: int
    about: str
    author: str
    wrong: str
    why: str
    tell: str
    received_on: date
    due_on: date
    days_left: int | None
    answer: str
    steps: tuple[StepShown, ...]
    may: frozenset[str]


@dataclass(frozen=True)
class AmendmentsOfPatient:
    """records: `kind:id` and title of what a request may be about, for who reads the chart."""

    shown: tuple[AmendmentShown, ...] = ()
    records: tuple[tuple[str, str], ...] = ()
    may_take: bool = False


@view(Permission.SEE_AMENDMENTS, shows=AuditEvent.AMENDMENTS_SEEN)
def amendments(look: Look) -> tuple[AmendmentShown, ...]:
    """Those within reach: what has no answer first, by the days left."""
    reach = look.reach()
    within = () if reach is None else (AmendmentRequest.patient_id.in_(reach),)
    found = _shown(look, *within, not_own_record(look.actor, AmendmentRequest.patient_id))
    return tuple(sorted(found, key=lambda one: (one.days_left is None, one.days_left or 0)))


@view(Permission.SEE_AMENDMENTS, shows=AuditEvent.AMENDMENTS_SEEN, on=Patient)
def amendments_of(look: Look, patient: Patient) -> AmendmentsOfPatient:
    """Those of one person, the oldest first."""
    look.shown(patient.id)
    part_2 = part_2_of(look, patient.id)
    leaves = leaves_of(look, patient.id) if look.allowed(Permission.READ_CHART, patient) else ()
    offered = sorted(
        (leaf for leaf in leaves if leaf.is_final and not part_2.hides(leaf.kind, leaf.record_id, leaf.on)),
        key=lambda leaf: (leaf.on, leaf.record_id), reverse=True,
    )  # fmt: skip
    records = tuple(
        (f"{leaf.kind.value}:{leaf.record_id}", f"{leaf.title} ({leaf.on.isoformat()})") for leaf in offered
    )
    shown = _shown(look, AmendmentRequest.patient_id == patient.id)
    return AmendmentsOfPatient(shown, records, look.allowed(Permission.TAKE_AMENDMENT, patient))


def is_there(look: Look, case: Case, leaves: tuple[Leaf, ...]) -> bool:
    """Not for who must not learn of the record it is about."""
    part_2 = part_2_of(look, case.row.patient_id)
    patient = look.get(Patient, case.row.patient_id)
    leaf = next((one for one in leaves if one.record_id == case.row.record_id), None)
    if leaf is None or look.allowed(Permission.DECIDE_PART_2, patient):
        return True
    return not part_2.hides(leaf.kind, leaf.record_id, leaf.on)


def _shown(look: Look, *which: ColumnElement[bool]) -> tuple[AmendmentShown, ...]:
    found = cases(look, *which)
    leaves = {one: leaves_of(look, one) for one in {case.row.patient_id for case in found}}
    there = [case for case in found if is_there(look, case, leaves[case.row.patient_id])]
    patients = patients_named(look, {case.row.patient_id for case in there})
    numbers = {one.id: one.number for one in look.scalars(select(Patient).where(Patient.id.in_(patients)))}
    staff = staff_named(look, {case.row.author_id for case in there if case.row.author_id})
    look.shown(patients)
    return tuple(
        _one(look, case, leaves[case.row.patient_id], (patients[case.row.patient_id].shown_name,
             numbers[case.row.patient_id]), staff[case.row.author_id].shown_name if case.row.author_id in staff else "")
        for case in there
    )  # fmt: skip


def _one(look: Look, case: Case, leaves: tuple[Leaf, ...], patient: tuple[str, int], author: str) -> AmendmentShown:
    row, answer = case.row, case.answer
    leaf = next((one for one in leaves if one.record_id == row.record_id), None)
    return AmendmentShown(
        request_id=row.id,
        patient_id=row.patient_id,
        patient_name=patient[0],
        patient_number=patient[1],
        about=leaf.title if leaf else "The record in general",
        author=author,
        wrong=row.told.wrong,
        why=row.told.why,
        tell=row.told.tell,
        received_on=row.received_on,
        due_on=case.due_on,
        days_left=None if answer else (case.due_on - look.today).days,
        answer=answer.kind if answer else "",
        steps=tuple(
            StepShown(one.kind, STEP_WORDS[StepKind(one.kind)], one.told.words,
                      _ground(one.ground), one.told.told_to, one.said_as, one.at)
            for one in case.steps
        ),
        may=_may(look, case),
    )  # fmt: skip


def _ground(stored: str) -> str:
    return GROUND_WORDS[DenialGround(stored)] if stored else ""


def _may(look: Look, case: Case) -> frozenset[str]:
    """The steps that the request needs now and the reader may take."""
    needs = {
        StepKind.EXTENDED: Permission.EXTEND_AMENDMENT, StepKind.ACCEPTED: Permission.ANSWER_AMENDMENT,
        StepKind.DENIED: Permission.ANSWER_AMENDMENT, StepKind.DISAGREED: Permission.TAKE_AMENDMENT,
        StepKind.REBUTTED: Permission.ANSWER_AMENDMENT,
    }  # fmt: skip
    found = set()
    for kind, permission in needs.items():
        try:
            check_step(case, kind, look.today)
        except StepNotNow:
            continue
        if look.allowed(permission, case.row):
            found.add(kind.value)
    return frozenset(found)
