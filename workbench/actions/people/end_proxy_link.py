"""End that somebody stands in for a patient, at once; also a link that still waits."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.proxies import ProxyEnd, ProxyLink
from workbench.gate.work import Work
from workbench.people.proxies import standings
from workbench.people.proxy_rules import ProxyEnded


@dataclass(frozen=True)
class ProxyLinkEnded:
    """It opens nothing any more."""

    link_id: str


@action(
    Permission.END_PROXY_LINK,
    on=ProxyLink,
    refuses={"proxy_ends.link_id": ProxyEnded, "pk_proxy_ends": ProxyEnded},
)
def end_proxy_link(work: Work, link: ProxyLink) -> ProxyLinkEnded:
    """End it. Nobody is told: a clinician may have to, where telling would endanger (45 CFR 164.502(g)(5)).

    Raises:
        NotFound: the patient is not within the actor's reach.
        ProxyEnded: it opens nothing already.
    """
    if not work.allowed(Permission.SEE_CONTACT, link):
        raise NotFound
    (standing,) = standings(work, ProxyLink.id == link.id)
    if not standing.still_counts(work.today):
        raise ProxyEnded
    work.add(ProxyEnd(link_id=link.id, ended_at=work.now, ended_by=work.actor.user_id))
    work.flush()
    work.record(AuditEvent.PROXY_LINK_ENDED)
    return ProxyLinkEnded(link.id)
