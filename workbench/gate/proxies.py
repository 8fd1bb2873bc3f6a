"""Who stands in for a patient (a proxy): by which right, for what, until when, and who approved it.

A personal representative is treated as the individual (45 CFR 164.502(g)), but only for what the right covers: a link
names its scopes, and what no scope names is denied. Nothing is changed afterwards: a decision and an end are rows of
their own, and the database keeps that another person approved than asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, cast

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Select, Table, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workbench.gate.relations import Moment
from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime


class ProxyBasis(StrEnum):
    """By which right somebody stands in. Stored values."""

    PARENT = "parent"
    GUARDIAN_ORDER = "guardian_order"
    POWER_OF_ATTORNEY = "power_of_attorney"
    PATIENTS_WISH = "patients_wish"


class ProxyScope(StrEnum):
    """What a link opens. Stored values. Data under Part 2 is a scope of its own: no other one includes it."""

    CHART = "chart"
    PART_2 = "part_2"
    MESSAGES = "messages"
    RECORD = "record"


SCOPE_OF: Final[Mapping[str, ProxyScope]] = {
    "c01": ProxyScope.CHART,
    "c07": ProxyScope.PART_2,
    "c09": ProxyScope.CHART,
    "c14": ProxyScope.MESSAGES,
    "e03": ProxyScope.RECORD,
    "e09": ProxyScope.RECORD,
    "e14": ProxyScope.RECORD,
}
"""The scope that a link must have for each act that proxies hold (letter `X` of the table)."""


@dataclass(frozen=True)
class ProxyPerson:
    """Who it is, how to reach them, and which paper or person showed that they may (`seen`, in the asker's words)."""

    given_name: str
    family_name: str
    phone: str
    email: str
    seen: str

    @property
    def shown_name(self) -> str:
        """The name as lists show it."""
        return f"{self.given_name} {self.family_name}"


class ProxyLink(Base):
    """A wish that `proxy_id` stand in for the patient from its approval until before `until_on`."""

    __tablename__ = "proxy_links"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("pxl"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    proxy_id: Mapped[str] = mapped_column(default=lambda: new_id("prx"))
    basis: Mapped[str]
    until_on: Mapped[date]
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    requested_by: Mapped[str]
    requester_id: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    person = SealedDocument(ProxyPerson, owner="patient_id")

    __table_args__ = (
        UniqueConstraint("id", "requester_id"),
        Index(None, "proxy_id"),
        Index(None, "patient_id"),
        CheckConstraint("proxy_id <> patient_id", name="not_oneself"),
    )

    def patients_concerned(self, session: Session) -> frozenset[str]:  # noqa: ARG002
        """Whom they stand in for."""
        return frozenset({self.patient_id})


class ProxyLinkScope(Base):
    """One thing that a link opens."""

    __tablename__ = "proxy_link_scopes"
    link_id: Mapped[str] = mapped_column(ForeignKey("proxy_links.id"), primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)


class ProxyDecision(Base):
    """What another person said of a link, once."""

    __tablename__ = "proxy_decisions"
    link_id: Mapped[str] = mapped_column(primary_key=True)
    requester_id: Mapped[str]
    decider_id: Mapped[str]
    decided_by: Mapped[str]
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_approved: Mapped[bool]

    __table_args__ = (
        ForeignKeyConstraint(["link_id", "requester_id"], ["proxy_links.id", "proxy_links.requester_id"]),
        CheckConstraint("decider_id <> requester_id", name="by_another"),
    )


class ProxyEnd(Base):
    """A link that ended before its day: from `ended_at` on it opens nothing."""

    __tablename__ = "proxy_ends"
    link_id: Mapped[str] = mapped_column(ForeignKey("proxy_links.id"), primary_key=True)
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_by: Mapped[str]


for _kept in (ProxyLink, ProxyLinkScope, ProxyDecision, ProxyEnd):
    append_only(cast(Table, _kept.__table__), f"{_kept.__tablename__}_append_only")


def stood_in_for(proxy_id: str, when: Moment) -> Select[str]:
    """Ids of the patients with an approved link that has not ended, whatever its scopes: for times and bills."""
    return (
        select(ProxyLink.patient_id)
        .join(ProxyDecision, ProxyDecision.link_id == ProxyLink.id)
        .outerjoin(ProxyEnd, ProxyEnd.link_id == ProxyLink.id)
        .where(
            ProxyLink.proxy_id == proxy_id,
            ProxyDecision.is_approved,
            ProxyDecision.decided_at <= when.at,
            ProxyLink.until_on > when.on,
            ProxyEnd.ended_at.is_(None) | (ProxyEnd.ended_at > when.at),
        )
    )


@dataclass(frozen=True)
class StandsInFor:
    """The patients whom a proxy stands in for at a moment, for one act of the table."""

    act: str

    def __call__(self, proxy_id: str, when: Moment) -> Select[str]:
        """Ids of the patients with an approved link that has this act's scope and has not ended."""
        in_force = stood_in_for(proxy_id, when).join(ProxyLinkScope, ProxyLinkScope.link_id == ProxyLink.id)
        return in_force.where(ProxyLinkScope.scope == SCOPE_OF[self.act].value)
