"""Who stands in for whom: what waits for a decision, what is in force, and what was."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.proxies import ProxyLink, ProxyScope
from workbench.gate.relations import not_own_record
from workbench.gate.view import Look, view
from workbench.people.names import patients_named, staff_named
from workbench.people.proxies import LinkState, Standing, standings
from workbench.people.proxy_rules import latest_end
from workbench.people.tables import Patient

__all__ = ["LinkState", "ProxyShown", "latest_end", "proxy_links", "shown_links"]

MOST_DECIDED = 200


@dataclass(frozen=True)
class ProxyShown:
    """One link. until_on: the first day on which it no longer counts. is_mine: asked for by who looks."""

    link_id: str
    name: str
    phone: str
    email: str
    basis: str
    scopes: frozenset[ProxyScope]
    until_on: date
    seen: str
    state: str
    asked_by: str
    asked_at: datetime
    decided_by: str
    is_mine: bool
    patient_id: str
    patient_name: str
    patient_number: int


@view(Permission.SEE_PROXY_LINKS, shows=AuditEvent.PROXY_LINKS_SEEN)
def proxy_links(look: Look) -> tuple[ProxyShown, ...]:
    """What waits for a decision, then the rest; each the newest first, 200 at most of the rest."""
    links = standings(look, not_own_record(look.actor, ProxyLink.patient_id))
    waiting = tuple(one for one in links if one.state(look.today) is LinkState.WAITING)
    rest = tuple(one for one in links if one.state(look.today) is not LinkState.WAITING)
    found = shown_links(look, waiting + rest[:MOST_DECIDED])
    look.shown({one.patient_id for one in found})
    return found


def shown_links(look: Look, links: tuple[Standing, ...]) -> tuple[ProxyShown, ...]:
    """These links with names; the caller has judged that they may be shown."""
    if not links:
        return ()
    patients = patients_named(look, (link.row.patient_id for link in links))
    numbers = _numbers(look, patients)
    deciders = (link.decision.decider_id for link in links if link.decision is not None)
    staff = staff_named(look, {*deciders, *(link.row.requester_id for link in links)})
    names = {staff_id: details.shown_name for staff_id, details in staff.items()}
    return tuple(
        ProxyShown(
            link_id=link.row.id,
            name=link.row.person.shown_name,
            phone=link.row.person.phone,
            email=link.row.person.email,
            basis=link.row.basis,
            scopes=link.scopes,
            until_on=link.row.until_on,
            seen=link.row.person.seen,
            state=link.state(look.today).value,
            asked_by=names.get(link.row.requester_id, ""),
            asked_at=link.row.requested_at,
            decided_by=names.get(link.decision.decider_id, "") if link.decision is not None else "",
            is_mine=link.row.requester_id == look.actor.person_id,
            patient_id=link.row.patient_id,
            patient_name=patients[link.row.patient_id].shown_name,
            patient_number=numbers[link.row.patient_id],
        )
        for link in links
    )


def _numbers(look: Look, patient_ids: Collection[str]) -> dict[str, int]:
    rows = look.execute(select(Patient.id, Patient.number).where(Patient.id.in_(patient_ids)))
    return {row.id: row.number for row in rows}
