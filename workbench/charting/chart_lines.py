"""What is stated of a patient now, of everything that was: the newest edition of each line, in its order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Generic, TypeVar

from sqlalchemy import select

from workbench.charting.chart_tables import (
    Allergy,
    AllergyVersion,
    Diagnosis,
    DiagnosisVersion,
    Medication,
    MedicationVersion,
    Risk,
    RiskVersion,
)
from workbench.gate.view import Look
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError

LONGEST_NAME: Final = 120
LONGEST_WORDS: Final = 2_000
MOST_LINES: Final = 60
"""Lines of one kind a patient can have, ended ones too."""

T = TypeVar("T", Diagnosis, Medication, Allergy, Risk)


class StatementUnclear(WorkbenchError):
    """What was stated cannot be kept; `fields` says what of it and why."""

    def __init__(self, said: dict[str, str]) -> None:
        super().__init__("Please look at the marked fields.")
        self.fields = said


class TooManyLines(WorkbenchError):
    """There are as many of one kind as can be shown."""

    def __init__(self) -> None:
        super().__init__(f"There are {MOST_LINES} of these already. Please change one that is there.")


class NoneKnownButSome(WorkbenchError):
    """It cannot be said that no allergy is known while one is on the list."""

    def __init__(self) -> None:
        super().__init__("There are allergies on the list. Withdraw them first, or leave this as it is.")


@dataclass(frozen=True)
class Line(Generic[T]):
    """What one line says now. said_by: the id of the member of staff who said so last."""

    line_id: str
    edition: int
    told: T
    said_at: datetime
    said_by: str


def diagnosis_lines(rows: Work | Look, patient_id: str) -> tuple[Line[Diagnosis], ...]:
    """Every line as it stands, ended ones too, in the order of rank."""
    query = select(DiagnosisVersion).where(DiagnosisVersion.patient_id == patient_id)
    found: tuple[Line[Diagnosis], ...] = _newest(rows.scalars(query.order_by(DiagnosisVersion.edition)))
    return tuple(sorted(found, key=lambda one: (one.told.rank, one.told.since, one.line_id)))


def medication_lines(rows: Work | Look, patient_id: str) -> tuple[Line[Medication], ...]:
    """Every line as it stands, by name."""
    query = select(MedicationVersion).where(MedicationVersion.patient_id == patient_id)
    found: tuple[Line[Medication], ...] = _newest(rows.scalars(query.order_by(MedicationVersion.edition)))
    return tuple(sorted(found, key=lambda one: (one.told.name.casefold(), one.line_id)))


def allergy_lines(rows: Work | Look, patient_id: str) -> tuple[Line[Allergy], ...]:
    """Every line as it stands, withdrawn ones too, by substance."""
    query = select(AllergyVersion).where(AllergyVersion.patient_id == patient_id)
    found: tuple[Line[Allergy], ...] = _newest(rows.scalars(query.order_by(AllergyVersion.edition)))
    return tuple(sorted(found, key=lambda one: (one.told.substance.casefold(), one.line_id)))


def risk_versions(rows: Work | Look, patient_id: str) -> tuple[Line[Risk], ...]:
    """Every judgement, the newest first."""
    query = select(RiskVersion).where(RiskVersion.patient_id == patient_id).order_by(RiskVersion.edition.desc())
    return tuple(Line(one.line_id, one.edition, one.told, one.said_at, one.said_by) for one in rows.scalars(query))


def holding(lines: Iterable[Line[Diagnosis]], on: date) -> tuple[Line[Diagnosis], ...]:
    """The diagnoses that hold on a day, the principal one first. One that is ruled out holds no more."""
    return tuple(one for one in lines if one.told.until is None or on < one.told.until)


def taken_now(lines: Iterable[Line[Medication]], on: date) -> tuple[Line[Medication], ...]:
    """What somebody takes on a day."""
    return tuple(one for one in lines if one.told.until is None or on < one.told.until)


def standing(lines: Iterable[Line[Allergy]]) -> tuple[Line[Allergy], ...]:
    """The allergies that stand; only where there are none, the newest statement that none is known."""
    said = [one for one in lines if not one.told.withdrawn]
    known = tuple(one for one in said if not one.told.is_none_known)
    none_known = sorted((one for one in said if one.told.is_none_known), key=lambda one: (one.said_at, one.line_id))
    return known or tuple(none_known[-1:])


def ranked(lines: Iterable[Line[Diagnosis]], line_id: str, rank: int) -> dict[str, int]:
    """The rank of each of these lines once `line_id` stands at `rank`, counted from 1 without a gap."""
    others = [one.line_id for one in lines if one.line_id != line_id]
    at = min(max(rank, 1), len(others) + 1) - 1
    return {one: nth for nth, one in enumerate([*others[:at], line_id, *others[at:]], start=1)}


def words(typed: str, field: str, said: dict[str, str], *, needed: str = "", most: int = LONGEST_NAME) -> str:
    """What was typed without space around it; what is wrong with it goes into `said`."""
    kept = typed.strip()
    if needed and not kept:
        said[field] = needed
    if len(kept) > most:
        said[field] = f"This is longer than {most:,} characters. Please shorten it."
    return kept


def _newest(versions: Iterable[DiagnosisVersion | MedicationVersion | AllergyVersion]) -> tuple[Line[T], ...]:
    """versions: in the order of their editions. Only the last of each line is opened."""
    last = {one.line_id: one for one in versions}
    return tuple(Line(one.line_id, one.edition, one.told, one.said_at, one.said_by) for one in last.values())  # type: ignore[arg-type]
