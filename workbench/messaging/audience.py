"""Who reads a thread: of staff, and besides the person in care whoever stands in for them at this moment."""

from collections.abc import Collection
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from workbench.gate.actor import Role
from workbench.gate.proxies import ProxyDecision, ProxyEnd, ProxyLink, ProxyLinkScope, ProxyScope
from workbench.gate.relations import CareTeamMember, Moment, Supervision
from workbench.messaging.thread_rules import Topic
from workbench.store.newest import Rows


def proxies_reading(rows: Rows, patient_id: str, topic: str, when: Moment) -> tuple[ProxyLink, ...]:
    """The links whose proxies read threads of this topic. Of times and bills every proxy reads (row c15)."""
    query = (
        select(ProxyLink)
        .join(ProxyDecision, ProxyDecision.link_id == ProxyLink.id)
        .outerjoin(ProxyEnd, ProxyEnd.link_id == ProxyLink.id)
        .where(
            ProxyLink.patient_id == patient_id, ProxyDecision.is_approved, ProxyDecision.decided_at <= when.at,
            ProxyLink.until_on > when.on, ProxyEnd.ended_at.is_(None) | (ProxyEnd.ended_at > when.at),
        )
        .order_by(ProxyLink.requested_at, ProxyLink.id)
    )  # fmt: skip
    if topic == Topic.CLINICAL:
        opens = select(ProxyLinkScope.link_id).where(ProxyLinkScope.scope == ProxyScope.MESSAGES)
        query = query.where(ProxyLink.id.in_(opens))
    return tuple(rows.scalars(query))


def stamp_of(topic: str, links: tuple[ProxyLink, ...]) -> str:
    """Stands for a topic and who reads it: what is sent names the stamp its writer saw."""
    return " ".join((topic, *sorted(link.id for link in links)))


OFFICE: Final = (Role.MANAGER, Role.BILLER, Role.FRONT_DESK)
"""Who reads of times and bills wherever the person is in care (row c15)."""


def staff_reading(rows: Rows, patient_id: str, topic: str, office: Collection[str], when: Moment) -> frozenset[str]:
    """Who may see to a thread of this topic: who cares for the patient, who supervises them, and of times and bills
    the office too.
    """
    today = (CareTeamMember.from_on <= when.on, _runs(CareTeamMember.until_on, when))
    team = select(CareTeamMember.staff_id).where(CareTeamMember.patient_id == patient_id, *today)
    above = select(Supervision.supervisor_id).where(
        Supervision.supervisee_id.in_(team), Supervision.from_on <= when.on, _runs(Supervision.until_on, when)
    )
    found = {*rows.scalars(team), *rows.scalars(above)}
    return frozenset(found if topic == Topic.CLINICAL else found | set(office))


def _runs(until_on: InstrumentedAttribute[date | None], when: Moment) -> ColumnElement[bool]:
    return until_on.is_(None) | (until_on > when.on)
