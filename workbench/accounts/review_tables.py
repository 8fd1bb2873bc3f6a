"""Rows of access reviews: a campaign, its frozen lines, what was decided, and the certificate.

45 CFR 164.308(a)(4)(ii)(C). All of them are only added. A line's person stands in every decision, tied by a foreign
key, so that the database itself refuses one about oneself; nothing is added to a campaign after its closing.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only, guard
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime
from workbench.store.vault import PRACTICE


class AccessReview(Base):
    """One campaign, one a quarter. Use is counted from `window_from` until the opening; due_on: the last day."""

    __tablename__ = "access_reviews"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("arv"))
    quarter: Mapped[str] = mapped_column(unique=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[str]
    window_from: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date]

    __table_args__ = (CheckConstraint("window_from < opened_at", name="window"),)


@dataclass(frozen=True)
class RightUse:
    """A right and its use: permission and letter by their stored values; last_at in ISO 8601, "" if never."""

    permission: str
    cell: str
    count: int
    last_at: str = ""


@dataclass(frozen=True)
class LineRights:
    """What the role gave its person at the opening, the most used first."""

    rights: tuple[RightUse, ...]


class AccessReviewLine(Base):
    """One role of one person as it stood at the opening, with what is proposed and why."""

    __tablename__ = "access_review_lines"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("arl"))
    review_id: Mapped[str] = mapped_column(ForeignKey("access_reviews.id"))
    person_id: Mapped[str]
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    role: Mapped[str]
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    proposal: Mapped[str]
    because: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    held = SealedDocument(LineRights, owner=PRACTICE)

    __table_args__ = (
        UniqueConstraint("review_id", "person_id", "role"),
        UniqueConstraint("id", "review_id", "person_id"),
    )

    def staff_concerned(self) -> frozenset[str]:
        """Whose role it is."""
        return frozenset({self.person_id})


@dataclass(frozen=True)
class ReviewWords:
    """What the person wrote."""

    why: str


class AccessReviewDecision(Base):
    """What was decided about a line. A correction has the next number; the highest counts.

    request_id: the request to end the role that this decision made, or "".
    """

    __tablename__ = "access_review_decisions"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("ard"))
    line_id: Mapped[str]
    review_id: Mapped[str]
    person_id: Mapped[str]
    number: Mapped[int]
    decision: Mapped[str]
    decided_by: Mapped[str]
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    request_id: Mapped[str] = mapped_column(default="", index=True)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    words = SealedDocument(ReviewWords, owner=PRACTICE)

    __table_args__ = (
        UniqueConstraint("line_id", "number", name="uq_access_review_decisions_number"),
        ForeignKeyConstraint(
            ["line_id", "review_id", "person_id"],
            ["access_review_lines.id", "access_review_lines.review_id", "access_review_lines.person_id"],
        ),
        CheckConstraint("decided_by <> person_id", name="not_about_oneself"),
        CheckConstraint("decision IN ('keep', 'take_away')", name="decision"),
    )


@dataclass(frozen=True)
class ReviewedLine:
    """One line of the certificate, in words: names, not ids. decided_by is "" where nobody else could decide.

    became: of a role to be taken away, the state of the request that ends it; else "".
    """

    person: str
    role: str
    held_since: str
    rights: int
    used: int
    uses: int
    proposal: str
    because: str
    decision: str
    reason: str
    decided_by: str
    decided_at: str
    became: str


@dataclass(frozen=True)
class ReviewCertificate:
    """Who reviewed what, of which window, when, with every line. Instants in ISO 8601, UTC."""

    quarter: str
    opened_at: str
    window_from: str
    due_on: str
    closed_by: str
    closed_at: str
    people: int
    kept: int
    taken_away: int
    against_proposal: int
    undecided: int
    lines: tuple[ReviewedLine, ...]


class AccessReviewClosing(Base):
    """The end of a campaign with its certificate. `digest`: SHA-256 (hex) of its JSON; the audit log has it too."""

    __tablename__ = "access_review_closings"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("arc"))
    review_id: Mapped[str] = mapped_column(ForeignKey("access_reviews.id"), unique=True)
    closed_by: Mapped[str]
    closed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    digest: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    certificate = SealedDocument(ReviewCertificate, owner=PRACTICE)


_CLOSED = "access_review_closed"
_UNDECIDED = "access_review_undecided"
_IS_CLOSED = "EXISTS (SELECT 1 FROM access_review_closings WHERE review_id = NEW.review_id)"
# Where only one person may review, nobody can decide about them; the verb says when that is so.
_IS_UNDECIDED = (
    "EXISTS (SELECT 1 FROM access_review_lines l WHERE l.review_id = NEW.review_id AND l.person_id <> NEW.closed_by "
    "AND NOT EXISTS (SELECT 1 FROM access_review_decisions d WHERE d.line_id = l.id))"
)


def _refuse_when(table: Table, condition: str, refusal: str) -> None:
    """Insert nothing into `table` while this holds. On PostgreSQL the campaign's row is locked first."""
    name = f"{table.name}_{refusal}"[-60:]
    guard(
        table,
        sqlite=(
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table.name} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
        ),
        postgresql=(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN PERFORM 1 FROM access_reviews WHERE id = NEW.review_id FOR UPDATE; "
            f"IF {condition} THEN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; "
            f"END IF; RETURN NEW; END $$",
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table.name} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ),
    )


for _kind in (AccessReview, AccessReviewLine, AccessReviewDecision, AccessReviewClosing):
    append_only(cast(Table, _kind.__table__), f"{_kind.__tablename__}_append_only")
_refuse_when(cast(Table, AccessReviewClosing.__table__), _IS_UNDECIDED, _UNDECIDED)
for _kind in (AccessReviewLine, AccessReviewDecision):
    _refuse_when(cast(Table, _kind.__table__), _IS_CLOSED, _CLOSED)
