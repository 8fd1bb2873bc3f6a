"""Rows of requests for access: what was asked in each version, who decided, whose clearance stands, working alone.

Versions, decisions, ticks and statements are only added. Who asked and whom it concerns stand in every decision too, so
that the database itself refuses one by the same person.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import cast

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workbench.accounts.access_rules import RequestState
from workbench.accounts.tables import RoleGrant
from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only, guard
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime
from workbench.store.vault import PRACTICE


class AccessRequest(Base):
    """A request about a person's account: one of `RequestKind`.

    requested_by, user_id: accounts; requester_id, person_id: the persons they belong to (who asked, whom it concerns).
    user_id is "" until a request for an account is carried out. number: the version of its terms that counts.
    roles_before, roles_after: the person's roles around the change, as `role` or `role@end`, parted by spaces.
    decisions: how many there were; it grows with each, so that of two at the same time one finds the row changed.
    """

    __tablename__ = "access_requests"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("acr"))
    kind: Mapped[str]
    person_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    user_id: Mapped[str] = mapped_column(default="")
    requested_by: Mapped[str]
    requester_id: Mapped[str]
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(default=RequestState.OPEN)
    number: Mapped[int] = mapped_column(default=1)
    decisions: Mapped[int] = mapped_column(default=0)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[str] = mapped_column(default="")
    roles_before: Mapped[str] = mapped_column(default="")
    roles_after: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        UniqueConstraint("id", "requester_id", "person_id", name="uq_access_requests_persons"),
        Index(None, "state", "requested_at"),
    )
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


@dataclass(frozen=True)
class AccessWords:
    """Why it is asked; for an account the address the person will sign in with, for a new factor how they were seen."""

    why: str
    email: str = ""
    identity_checked: str = ""


class AccessTerms(Base):
    """One version of what is asked. `roles`: their values, in order, parted by spaces; `ends_on`: gone from that day.

    needs_cosign: a trainee, whose notes `supervisor_id` co-signs. is_covering: for two weeks, in somebody's place.
    """

    __tablename__ = "access_terms"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("act"))
    request_id: Mapped[str]
    number: Mapped[int]
    requester_id: Mapped[str]
    person_id: Mapped[str]
    roles: Mapped[str]
    ends_on: Mapped[date | None]
    needs_cosign: Mapped[bool] = mapped_column(default=False)
    supervisor_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    is_covering: Mapped[bool] = mapped_column(default=False)
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    words = SealedDocument(AccessWords, owner=PRACTICE)

    __table_args__ = (
        UniqueConstraint("request_id", "number", "requester_id", "person_id", name="uq_access_terms_version"),
        UniqueConstraint("request_id", "number"),
        ForeignKeyConstraint(
            ["request_id", "requester_id", "person_id"],
            ["access_requests.id", "access_requests.requester_id", "access_requests.person_id"],
        ),
        CheckConstraint(
            "(needs_cosign AND supervisor_id IS NOT NULL) OR (NOT needs_cosign AND supervisor_id IS NULL)",
            name="trainee_has_supervisor",
        ),
        CheckConstraint("supervisor_id <> person_id", name="supervisor_is_another"),
    )


@dataclass(frozen=True)
class DecisionWords:
    """Why it was refused, or what was said with an approval."""

    why: str = ""


class AccessDecision(Base):
    """One person's yes or no to one version. `effective_at`: from when it counts.

    alone_under: the record of working alone by which somebody approved what they asked for, or without a second person.
    """

    __tablename__ = "access_decisions"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("acd"))
    request_id: Mapped[str]
    number: Mapped[int]
    requester_id: Mapped[str]
    person_id: Mapped[str]
    is_approval: Mapped[bool]
    decided_by: Mapped[str]
    decider_id: Mapped[str]
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    effective_at: Mapped[datetime] = mapped_column(UtcDateTime)
    alone_under: Mapped[str | None] = mapped_column(ForeignKey("solo_modes.id"))
    sealed: Mapped[bytes] = mapped_column(Envelope)
    words = SealedDocument(DecisionWords, owner=PRACTICE)

    __table_args__ = (
        UniqueConstraint("request_id", "number", "decider_id", "is_approval"),
        ForeignKeyConstraint(
            ["request_id", "number", "requester_id", "person_id"],
            ["access_terms.request_id", "access_terms.number", "access_terms.requester_id", "access_terms.person_id"],
        ),
        CheckConstraint("decider_id <> person_id", name="not_about_oneself"),
        CheckConstraint("decider_id <> requester_id OR alone_under IS NOT NULL", name="not_by_who_asked"),
        CheckConstraint("effective_at >= decided_at", name="not_before_decided"),
    )


class RoleGrantTerms(Base):
    """What a grant rests on: the request it was carried out for, once a role, and a trainee's supervisor."""

    __tablename__ = "role_grant_terms"
    grant_id: Mapped[str] = mapped_column(ForeignKey("role_grants.id"), primary_key=True)
    request_id: Mapped[str] = mapped_column(ForeignKey("access_requests.id"))
    role: Mapped[str]
    person_id: Mapped[str]
    needs_cosign: Mapped[bool] = mapped_column(default=False)
    supervisor_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))

    __table_args__ = (
        UniqueConstraint("request_id", "role"),
        CheckConstraint(
            "(needs_cosign AND role = 'clinician' AND supervisor_id IS NOT NULL)"
            " OR (NOT needs_cosign AND supervisor_id IS NULL)",
            name="trainee_has_supervisor",
        ),
        CheckConstraint("supervisor_id <> person_id", name="supervisor_is_another"),
    )


class ClearanceTick(Base):
    """One item of a person's clearance was settled on that day, or (`is_done` false) does not stand any more."""

    __tablename__ = "clearance_ticks"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("clr"))
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    item: Mapped[str]
    is_done: Mapped[bool]
    done_on: Mapped[date]
    ticked_by: Mapped[str]
    ticker_id: Mapped[str]
    ticked_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index(None, "staff_id"), CheckConstraint("ticker_id <> staff_id", name="not_ones_own"))


@dataclass(frozen=True)
class SoloWords:
    """Why one person works alone, and who outside the practice looks at what they approved by themself."""

    why: str
    reviewer_name: str = field(repr=False)
    reviewer_address: str = field(repr=False)


class SoloMode(Base):
    """From `effective_at` until before `ended_at` one person's own approval is accepted, after a wait."""

    __tablename__ = "solo_modes"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("sol"))
    person_id: Mapped[str]
    begun_by: Mapped[str]
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    effective_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    words = SealedDocument(SoloWords, owner=PRACTICE)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class SoloStatement(Base):
    """The week's list of what was approved alone: from `from_on` until before `until_on`, `acts` lines."""

    __tablename__ = "solo_statements"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("sst"))
    solo_id: Mapped[str] = mapped_column(ForeignKey("solo_modes.id"))
    from_on: Mapped[date]
    until_on: Mapped[date]
    acts: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (UniqueConstraint("solo_id", "from_on"),)


for _kept in (AccessTerms, AccessDecision, RoleGrantTerms, ClearanceTick, SoloStatement):
    append_only(cast(Table, _kept.__table__), f"{_kept.__tablename__} rows are kept as they are")

guard(
    cast(Table, AccessDecision.__table__),
    sqlite=(
        "CREATE TRIGGER access_decisions_alone BEFORE INSERT ON access_decisions "
        "WHEN NEW.alone_under IS NOT NULL AND NOT EXISTS (SELECT 1 FROM solo_modes m WHERE m.id = NEW.alone_under "
        "AND m.person_id = NEW.decider_id AND m.effective_at <= NEW.decided_at "
        "AND (m.ended_at IS NULL OR m.ended_at > NEW.decided_at) "
        "AND strftime('%s', NEW.effective_at) - strftime('%s', NEW.decided_at) >= 86400) "
        "BEGIN SELECT RAISE(ABORT, 'an approval alone needs its record, its person and a wait of 24 hours'); END",
    ),
    postgresql=(
        "CREATE FUNCTION access_decisions_alone() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF NEW.alone_under IS NOT NULL AND NOT EXISTS (SELECT 1 FROM solo_modes m "
        "WHERE m.id = NEW.alone_under AND m.person_id = NEW.decider_id AND m.effective_at <= NEW.decided_at "
        "AND (m.ended_at IS NULL OR m.ended_at > NEW.decided_at) "
        "AND NEW.effective_at >= NEW.decided_at + interval '24 hours') "
        "THEN RAISE EXCEPTION 'an approval alone needs its record, its person and a wait of 24 hours' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER access_decisions_alone BEFORE INSERT ON access_decisions "
        "FOR EACH ROW EXECUTE FUNCTION access_decisions_alone()",
    ),
)

_WAITS = "working alone begins 24 hours after it was turned on"
guard(
    cast(Table, SoloMode.__table__),
    sqlite=(
        "CREATE TRIGGER solo_modes_wait BEFORE INSERT ON solo_modes "
        "WHEN strftime('%s', NEW.effective_at) - strftime('%s', NEW.begun_at) < 86400 "
        f"BEGIN SELECT RAISE(ABORT, '{_WAITS}'); END",
        "CREATE TRIGGER solo_modes_kept BEFORE UPDATE OF person_id, begun_at, effective_at ON solo_modes "
        f"BEGIN SELECT RAISE(ABORT, '{_WAITS}'); END",
    ),
    postgresql=(
        "CREATE FUNCTION solo_modes_wait() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF NEW.effective_at < NEW.begun_at + interval '24 hours' "
        "OR (TG_OP = 'UPDATE' AND (NEW.person_id, NEW.begun_at, NEW.effective_at) "
        "IS DISTINCT FROM (OLD.person_id, OLD.begun_at, OLD.effective_at)) "
        f"THEN RAISE EXCEPTION '{_WAITS}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER solo_modes_wait BEFORE INSERT OR UPDATE ON solo_modes "
        "FOR EACH ROW EXECUTE FUNCTION solo_modes_wait()",
    ),
)

_OWN = "nobody grants a role to themself"
guard(
    cast(Table, RoleGrant.__table__),
    sqlite=(
        "CREATE TRIGGER role_grants_not_ones_own BEFORE INSERT ON role_grants WHEN NEW.granted_by = NEW.user_id "
        f"BEGIN SELECT RAISE(ABORT, '{_OWN}'); END",
    ),
    postgresql=(
        "CREATE FUNCTION role_grants_not_ones_own() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF NEW.granted_by = NEW.user_id THEN RAISE EXCEPTION '{_OWN}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER role_grants_not_ones_own BEFORE INSERT ON role_grants "
        "FOR EACH ROW EXECUTE FUNCTION role_grants_not_ones_own()",
    ),
)
