"""Whom an account of the portal is about: on every page, so it is not written down. It tells them nothing new."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.proxies import ProxyLink, ProxyLinkScope, ProxyScope, stood_in_for
from workbench.gate.relations import Moment
from workbench.kernel.time import day_of
from workbench.people.tables import Patient

__all__ = ["OwnPeople", "OwnPerson", "ProxyScope", "own_people"]


@dataclass(frozen=True)
class OwnPerson:
    """A record that the account opens. scopes: what a proxy's link opens; all of them for one's own record."""

    patient_id: str
    name: str
    given_name: str
    is_self: bool
    scopes: frozenset[ProxyScope]

    def opens(self, scope: ProxyScope) -> bool:
        """Whether this part may be offered; the gate decides again at each act."""
        return scope in self.scopes


@dataclass(frozen=True)
class OwnPeople:
    """Who is signed in, by the name they are greeted with, and the records they open, their own first, then by name."""

    given_name: str
    people: tuple[OwnPerson, ...]


def own_people(gate: Gate, actor: Actor, now: datetime) -> OwnPeople:
    """The person's own record, and those whom they stand in for at this moment."""
    with gate.store.reading() as session:
        own = session.get(Patient, actor.person_id)
        if own is not None:
            name = own.details.preferred_name or own.details.given_name
            return OwnPeople(name, (OwnPerson(own.id, own.details.shown_name, name, True, frozenset(ProxyScope)),))
        in_force = stood_in_for(actor.person_id, Moment(now, day_of(now, gate.zone)))
        opens: dict[str, set[ProxyScope]] = {patient_id: set() for patient_id in session.scalars(in_force)}
        scopes = in_force.join(ProxyLinkScope, ProxyLinkScope.link_id == ProxyLink.id)
        for patient_id, scope in session.execute(scopes.with_only_columns(ProxyLink.patient_id, ProxyLinkScope.scope)):
            opens[patient_id].add(ProxyScope(scope))
        patients = session.scalars(select(Patient).where(Patient.id.in_(opens)))
        people = [_stood_in_for(patient, opens[patient.id]) for patient in patients]
        mine = select(ProxyLink).where(ProxyLink.proxy_id == actor.person_id).order_by(ProxyLink.requested_at.desc())
        newest = session.scalar(mine.limit(1))
        people.sort(key=lambda one: (one.name, one.patient_id))
        return OwnPeople(newest.person.given_name if newest is not None else "", tuple(people))


def _stood_in_for(patient: Patient, scopes: set[ProxyScope]) -> OwnPerson:
    named = patient.details
    return OwnPerson(patient.id, named.shown_name, named.preferred_name or named.given_name, False, frozenset(scopes))
