"""Ask that somebody may stand in for a patient. Nothing opens before another person has approved it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from workbench.accounts.holding import holding
from workbench.accounts.notices import NoticeKind, tell
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.proxies import ProxyLink, ProxyLinkScope, ProxyPerson
from workbench.gate.relations import staff_in_care_as
from workbench.gate.table import Cell, acts
from workbench.gate.work import Work
from workbench.kernel.ids import new_id
from workbench.people.proxies import standings
from workbench.people.proxy_rules import StandsInAlready, checked_link, checked_person
from workbench.people.tables import Patient

DECIDING_ROLES = acts()["a06"].roles(Cell.APPROVE)


@dataclass(frozen=True)
class ProxyLinkAsked:
    """It waits for its approval."""

    link_id: str


@action(Permission.ASK_PROXY_LINK, on=Patient)
def ask_proxy_link(
    work: Work,
    patient: Patient,
    *,
    given_name: str,
    family_name: str,
    basis: str,
    scopes: Sequence[str],
    until_on: date,
    seen: str,
    phone: str = "",
    email: str = "",
    proxy_id: str = "",
) -> ProxyLinkAsked:
    """Keep who it is, by which right, for what and until when (45 CFR 164.502(g)).

    seen: the paper or the word that showed the right. proxy_id: of who stands in for others too; "" for a new person.
    Raises:
        NotFound: the patient is not within the asker's reach, or nobody of this name has that id.
        ProxyUnclear: with a sentence for every field. StandsInAlready: see there.
    """
    if not work.allowed(Permission.SEE_CONTACT, patient):
        raise NotFound
    person = checked_person(ProxyPerson(given_name, family_name, phone, email, seen))
    kind, opens, until = checked_link(basis, scopes, until_on, born_on=patient.details.born_on, today=work.today)
    name = person.shown_name.casefold()
    for other in standings(work, ProxyLink.patient_id == patient.id):
        if other.still_counts(work.today) and other.row.person.shown_name.casefold() == name:
            raise StandsInAlready
    link = ProxyLink(
        patient_id=patient.id, proxy_id=_person_id(work, proxy_id, name), basis=kind.value, until_on=until,
        person=person, requested_at=work.now, requested_by=work.actor.user_id, requester_id=work.actor.person_id,
    )  # fmt: skip
    work.add(link)
    work.flush()
    work.add(*(ProxyLinkScope(link_id=link.id, scope=scope.value) for scope in sorted(opens)))
    _tell(work, patient.id)
    work.record(AuditEvent.PROXY_LINK_ASKED, subject=link, basis=kind.value)
    return ProxyLinkAsked(link.id)


def _person_id(work: Work, proxy_id: str, name: str) -> str:
    """Of a person whom the practice knows by this id and name; a new one for ""."""
    if not proxy_id:
        return new_id("prx")
    known = work.scalar(select(ProxyLink).where(ProxyLink.proxy_id == proxy_id).limit(1))
    if known is None or known.person.shown_name.casefold() != name:
        raise NotFound
    return proxy_id


def _tell(work: Work, patient_id: str) -> None:
    """A notice for whoever decides; not for who asked, and not for somebody who works here and is the patient."""
    held = holding(work, work.now)
    left_out = {work.actor.person_id, *work.scalars(staff_in_care_as(patient_id))}
    for person_id in sorted(held.anyone_of(*DECIDING_ROLES) - left_out):
        tell(work, held.user_of[person_id], NoticeKind.PROXY_ASKED)
