"""Emergency openings (break-glass): who may read one chart until when, and what another person said of it afterwards.

45 CFR 164.312(a)(2)(ii) asks for a procedure to reach health data in an emergency; 164.308(a)(1)(ii)(D) that what was
done is looked at. The database keeps the hour, the end and the second person.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, cast

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Select,
    Table,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.gate.relations import Moment
from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only, guard
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime

LASTS: Final = timedelta(minutes=60)
"""How long a chart stays open in an emergency. The database refuses more."""
REVIEW_WITHIN: Final = timedelta(hours=72)
"""Until when somebody else has looked at it, from the opening."""
REMIND_AFTER: Final = timedelta(hours=48)
"""When those who may review it are reminded, from the opening."""


class EmergencyKind(StrEnum):
    """What kind of emergency. Stored values."""

    DANGER_TO_SELF = "danger_to_self"
    DANGER_TO_OTHERS = "danger_to_others"
    MEDICAL = "medical"
    CLINICIAN_UNREACHABLE = "clinician_unreachable"


class EmergencyVerdict(StrEnum):
    """What the reviewer found. Stored values."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True)
class EmergencyReason:
    """Why the chart was opened, in the person's words."""

    why: str


@dataclass(frozen=True)
class ReviewRemark:
    """What the reviewer wrote."""

    remark: str


class EmergencyOpening(Base):
    """One chart open to one person from `opened_at` until before `until_at`. Closing brings the end forward.

    opened_by: the person; account_id: the account they did it with, by which the log names them.
    """

    __tablename__ = "emergency_openings"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("emg"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    opened_by: Mapped[str]
    account_id: Mapped[str]
    kind: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    reason = SealedDocument(EmergencyReason, owner="patient_id")

    __table_args__ = (
        UniqueConstraint("id", "opened_by", "patient_id"),
        Index(None, "opened_by", "until_at"),
        CheckConstraint("opened_by <> patient_id", name="not_ones_own"),
        CheckConstraint("until_at >= opened_at", name="ends_after_it_begins"),
    )


class EmergencyReview(Base):
    """What another person said of an opening, once and for good."""

    __tablename__ = "emergency_reviews"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("emr"))
    opening_id: Mapped[str] = mapped_column(unique=True)
    opened_by: Mapped[str]
    patient_id: Mapped[str]
    reviewed_by: Mapped[str]
    reviewed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    verdict: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    remark = SealedDocument(ReviewRemark, owner="patient_id")

    __table_args__ = (
        ForeignKeyConstraint(
            ["opening_id", "opened_by", "patient_id"],
            ["emergency_openings.id", "emergency_openings.opened_by", "emergency_openings.patient_id"],
        ),
        CheckConstraint("reviewed_by <> opened_by", name="by_another"),
    )


append_only(cast(Table, EmergencyReview.__table__), "emergency_reviews_append_only")

_KEPT = ("id", "patient_id", "opened_by", "account_id", "kind", "opened_at", "sealed")
_CHANGED = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in _KEPT)
_OVERLAPS = (
    "EXISTS (SELECT 1 FROM emergency_openings WHERE opened_by = NEW.opened_by "
    "AND opened_at < NEW.until_at AND until_at > NEW.opened_at)"
)
guard(
    cast(Table, EmergencyOpening.__table__),
    sqlite=(
        "CREATE TRIGGER emergency_openings_hour BEFORE INSERT ON emergency_openings "
        "WHEN NEW.until_at > strftime('%Y-%m-%d %H:%M:%S', NEW.opened_at, '+60 minutes') "
        "|| substr(NEW.opened_at, 20) BEGIN SELECT RAISE(ABORT, 'emergency_hour'); END",
        f"CREATE TRIGGER emergency_openings_one BEFORE INSERT ON emergency_openings WHEN {_OVERLAPS} "
        "BEGIN SELECT RAISE(ABORT, 'emergency_one_at_a_time'); END",
        "CREATE TRIGGER emergency_openings_end BEFORE UPDATE ON emergency_openings "
        f"WHEN NEW.until_at > OLD.until_at OR {_CHANGED} BEGIN SELECT RAISE(ABORT, 'emergency_end'); END",
        "CREATE TRIGGER emergency_openings_kept BEFORE DELETE ON emergency_openings "
        "BEGIN SELECT RAISE(ABORT, 'emergency_kept'); END",
    ),
    postgresql=(
        "CREATE FUNCTION emergency_openings_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'emergency_kept' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"IF TG_OP = 'UPDATE' THEN IF NEW.until_at > OLD.until_at OR {_CHANGED} THEN "
        "RAISE EXCEPTION 'emergency_end' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END IF; "
        "IF NEW.until_at > NEW.opened_at + interval '60 minutes' THEN RAISE EXCEPTION 'emergency_hour' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "PERFORM pg_advisory_xact_lock(hashtext('emergency ' || NEW.opened_by)); "
        f"IF {_OVERLAPS} THEN RAISE EXCEPTION 'emergency_one_at_a_time' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER emergency_openings_kept BEFORE INSERT OR UPDATE OR DELETE ON emergency_openings "
        "FOR EACH ROW EXECUTE FUNCTION emergency_openings_kept()",
    ),
)


def patients_opened_in_emergency(person_id: str, when: Moment) -> Select[str]:
    """Ids of the patients (one at most) whose chart is open to the person at that instant."""
    return select(EmergencyOpening.patient_id).where(_open_to(person_id, when))


def emergency_behind(session: Session, person_id: str, patient_ids: frozenset[str], when: Moment) -> str:
    """The id of the opening by which the person reads something of these patients; "" if there is none."""
    query = select(EmergencyOpening.id).where(
        _open_to(person_id, when), EmergencyOpening.patient_id.in_(sorted(patient_ids))
    )
    return session.scalar(query) or ""


def _open_to(person_id: str, when: Moment) -> ColumnElement[bool]:
    return (
        (EmergencyOpening.opened_by == person_id)
        & (EmergencyOpening.opened_at <= when.at)
        & (EmergencyOpening.until_at > when.at)
    )
