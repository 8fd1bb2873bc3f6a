"""Who may come into the portal for one patient: the patient, and each proxy whose link is in force."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from workbench.accounts.portal_rules import PortalState, SeenHow, state_of_invitation
from workbench.accounts.portal_tables import invitations_of
from workbench.accounts.rules import AccountState
from workbench.accounts.tables import User
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.proxies import ProxyLink
from workbench.gate.view import Look, view
from workbench.kernel.time import whole_years
from workbench.people.proxies import LinkState, standings
from workbench.people.tables import Patient

__all__ = ["PortalAccess", "PortalPerson", "PortalState", "SeenHow", "portal_access"]

ADULT = 18


@dataclass(frozen=True)
class PortalPerson:
    """One person and how they stand. proxy_id: "" for the patient. at: until when they are invited, or since when
    they have joined. shares_address: the file of a minor names the same address as somebody who stands in for them."""

    proxy_id: str
    name: str
    email: str
    state: PortalState
    at: datetime | None
    shares_address: bool


@dataclass(frozen=True)
class PortalAccess:
    """Of one file: its number and name, and its people, the patient first."""

    number: int
    name: str
    people: tuple[PortalPerson, ...]


@view(Permission.SEE_PORTAL_ACCESS, shows=AuditEvent.PORTAL_ACCESS_SEEN, on=Patient)
def portal_access(look: Look, patient: Patient) -> PortalAccess:
    """The patient first, then proxies by name."""
    look.shown(patient.id)
    details = patient.details
    links = standings(look, ProxyLink.patient_id == patient.id)
    proxies = [one.row for one in links if one.state(look.today) is LinkState.IN_FORCE]
    is_minor = whole_years(details.born_on, look.today) < ADULT
    theirs = {link.person.email.strip().casefold() for link in proxies} - {""}
    shares = is_minor and details.email.strip().casefold() in theirs
    found = [_person(look, patient.id, "", details.shown_name, details.email, shares_address=shares)]
    proxies.sort(key=lambda one: one.person.shown_name)
    found += [_person(look, one.proxy_id, one.proxy_id, one.person.shown_name, one.person.email) for one in proxies]
    return PortalAccess(patient.number, details.shown_name, tuple(found))


def _person(
    look: Look, person_id: str, proxy_id: str, name: str, email: str, *, shares_address: bool = False
) -> PortalPerson:
    newest = look.scalar(invitations_of(person_id).limit(1))
    user = look.scalar(select(User).where(User.person_id == person_id))
    if user is not None and user.state == AccountState.ACTIVE:
        since = newest.used_at if newest is not None and newest.used_at is not None else user.created_at
        return PortalPerson(proxy_id, name, user.secrets.email, PortalState.JOINED, since, shares_address)
    if newest is None:
        state = PortalState.NOT_INVITED if user is None else PortalState.ENDED
        return PortalPerson(proxy_id, name, email, state, None, shares_address)
    is_over = newest.used_at is not None or newest.ended_at is not None
    state = state_of_invitation(is_over=is_over, wrong=newest.wrong, expires_at=newest.expires_at, now=look.now)
    until = newest.expires_at if state is PortalState.INVITED else None
    return PortalPerson(proxy_id, name, newest.details.email, state, until, shares_address)
