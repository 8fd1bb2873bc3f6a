"""Rows of treatment plans: every version of each, and which notes served which objective.

The database keeps a signed version as it was signed, and what a signed note named as it named it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.charting.review_tables import ReturnedFor
from workbench.charting.tables import NoteState
from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only, guard
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime


class ObjectiveState(StrEnum):
    """Where an objective stands. Stored values."""

    ACTIVE = "active"
    MET = "met"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Objective:
    """What can be measured on the way to a goal. The id stays through every version, so that notes keep their aim.

    measure, score: the total to come to, of a measure by its name in files; target: the aim in words, instead or as
    well. by: until when. settled_on: the day it was met or dropped. interventions: what is done, by whom, how often.
    """

    id: str = ""
    words: str = ""
    baseline: str = ""
    measure: str = ""
    score: int | None = None
    target: str = ""
    by: date | None = None
    state: ObjectiveState = ObjectiveState.ACTIVE
    settled_on: date | None = None
    interventions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Goal:
    """What the patient wants, in their words."""

    id: str = ""
    words: str = ""
    objectives: tuple[Objective, ...] = ()


@dataclass(frozen=True)
class Problem:
    """What is treated, and the diagnoses it stands for (ICD-10-CM codes)."""

    id: str = ""
    words: str = ""
    diagnoses: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()


@dataclass(frozen=True)
class PlanText:
    """A plan. services: modality, how often, how long. discharge: when treatment is done. took_part: how they did."""

    problems: tuple[Problem, ...] = field(default_factory=tuple)
    strengths: str = ""
    services: str = ""
    discharge: str = ""
    took_part: str = ""


class TreatmentPlan(Base):
    """One version of a patient's plan. The newest locked one is in force; the ones before it stay.

    content_hash: SHA-256 (hex) of what was signed; empty while a draft. The states and the second signature are those
    of notes.
    """

    __tablename__ = "treatment_plans"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("tpl"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(default=NoteState.DRAFT)
    author_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed_as: Mapped[str] = mapped_column(default="")
    content_hash: Mapped[str] = mapped_column(default="")
    cosigned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cosigner_id: Mapped[str] = mapped_column(default="")
    cosigned_as: Mapped[str] = mapped_column(default="")
    attested: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    text = SealedDocument(PlanText, owner="patient_id")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (
        Index("uq_treatment_plans_number", "patient_id", "number", unique=True),
        Index(None, "author_id", "state"),
    )


_IS_OPEN = TreatmentPlan.__table__.c.state != NoteState.LOCKED.value
# Two who begin a review at once would otherwise each write half of it.
Index(
    "uq_treatment_plans_one_open",
    TreatmentPlan.patient_id,
    unique=True,
    sqlite_where=_IS_OPEN,
    postgresql_where=_IS_OPEN,
)


class NoteObjective(Base):
    """That a note served an objective, as the plan stood. What was signed names the same; this is how it is found.

    is_named: False where a draft named it once and names it no more. The note may be written after it in one
    transaction, so that rows can be loaded in bulk under the guard below.
    """

    __tablename__ = "note_objectives"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("nob"))
    note_id: Mapped[str] = mapped_column(ForeignKey("notes.id", deferrable=True, initially="DEFERRED"))
    objective_id: Mapped[str]
    plan_id: Mapped[str] = mapped_column(ForeignKey("treatment_plans.id"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    is_named: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        Index("uq_note_objectives_note", "note_id", "objective_id", unique=True),
        Index(None, "patient_id"),
    )


class PlanReturned(Base):
    """A signed plan given back for revision. `content_hash`: of what was signed and is signed no more."""

    __tablename__ = "treatment_plans_returned"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("tpr"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    plan_id: Mapped[str] = mapped_column(ForeignKey("treatment_plans.id"), index=True)
    supervisor_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    returned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    content_hash: Mapped[str]
    signed_as: Mapped[str]
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    told = SealedDocument(ReturnedFor, owner="patient_id")


append_only(cast(Table, PlanReturned.__table__), "treatment_plans_returned_append_only")
guard(
    cast(Table, TreatmentPlan.__table__),
    sqlite=(
        "CREATE TRIGGER treatment_plans_locked BEFORE UPDATE ON treatment_plans WHEN OLD.state = 'locked' "
        "BEGIN SELECT RAISE(ABORT, 'treatment_plan_locked'); END",
        "CREATE TRIGGER treatment_plans_in_review BEFORE UPDATE OF sealed, patient_id, number, author_id "
        "ON treatment_plans WHEN OLD.state = 'review' "
        "BEGIN SELECT RAISE(ABORT, 'treatment_plan_in_review'); END",
        "CREATE TRIGGER treatment_plans_kept BEFORE DELETE ON treatment_plans "
        "BEGIN SELECT RAISE(ABORT, 'treatment_plan_kept'); END",
    ),
    postgresql=(
        "CREATE FUNCTION treatment_plans_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'treatment_plan_kept' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "IF OLD.state = 'locked' THEN RAISE EXCEPTION 'treatment_plan_locked' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "IF OLD.state = 'review' AND (OLD.sealed, OLD.patient_id, OLD.number, OLD.author_id) "
        "IS DISTINCT FROM (NEW.sealed, NEW.patient_id, NEW.number, NEW.author_id) THEN "
        "RAISE EXCEPTION 'treatment_plan_in_review' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "RETURN NEW; END $$",
        "CREATE TRIGGER treatment_plans_kept BEFORE UPDATE OR DELETE ON treatment_plans "
        "FOR EACH ROW EXECUTE FUNCTION treatment_plans_kept()",
    ),
)
guard(
    cast(Table, NoteObjective.__table__),
    sqlite=(
        "CREATE TRIGGER note_objectives_no_insert BEFORE INSERT ON note_objectives "
        "WHEN EXISTS (SELECT 1 FROM notes WHERE id = NEW.note_id AND state <> 'draft') "
        "BEGIN SELECT RAISE(ABORT, 'note_objectives_kept'); END",
        "CREATE TRIGGER note_objectives_no_update BEFORE UPDATE ON note_objectives "
        "WHEN EXISTS (SELECT 1 FROM notes WHERE id IN (OLD.note_id, NEW.note_id) AND state <> 'draft') "
        "BEGIN SELECT RAISE(ABORT, 'note_objectives_kept'); END",
        "CREATE TRIGGER note_objectives_no_delete BEFORE DELETE ON note_objectives "
        "BEGIN SELECT RAISE(ABORT, 'note_objectives_kept'); END",
    ),
    postgresql=(
        "CREATE FUNCTION note_objectives_kept() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE is_kept boolean; BEGIN "
        "IF TG_OP = 'DELETE' THEN is_kept := true; "
        "ELSIF TG_OP = 'INSERT' THEN "
        "is_kept := EXISTS (SELECT 1 FROM notes WHERE id = NEW.note_id AND state <> 'draft'); "
        "ELSE is_kept := EXISTS "
        "(SELECT 1 FROM notes WHERE id IN (OLD.note_id, NEW.note_id) AND state <> 'draft'); END IF; "
        "IF is_kept THEN RAISE EXCEPTION 'note_objectives_kept' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER note_objectives_kept BEFORE INSERT OR UPDATE OR DELETE ON note_objectives "
        "FOR EACH ROW EXECUTE FUNCTION note_objectives_kept()",
    ),
)
