"""Say yes or no to somebody standing in for a patient; another person than asked."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.proxies import ProxyDecision, ProxyLink
from workbench.gate.work import Work
from workbench.people.proxies import standings
from workbench.people.proxy_rules import AnotherDecides, ProxyDecided, ProxyEnded


@dataclass(frozen=True)
class ProxyLinkDecided:
    """From now on it counts, or it never will."""

    link_id: str
    is_approved: bool


@action(
    Permission.DECIDE_PROXY_LINK,
    on=ProxyLink,
    refuses={"by_another": AnotherDecides, "proxy_decisions.link_id": ProxyDecided, "pk_proxy_decisions": ProxyDecided},
)
def decide_proxy_link(work: Work, link: ProxyLink, *, is_approved: bool) -> ProxyLinkDecided:
    """Approve or refuse.

    Raises:
        ProxyDecided, AnotherDecides: see there. ProxyEnded: its day has come, or somebody took it back.
    """
    (standing,) = standings(work, ProxyLink.id == link.id)
    if standing.decision is not None:
        raise ProxyDecided
    if not standing.still_counts(work.today):
        raise ProxyEnded
    work.add(
        ProxyDecision(
            link_id=link.id, requester_id=link.requester_id, decider_id=work.actor.person_id,
            decided_by=work.actor.user_id, decided_at=work.now, is_approved=is_approved,
        )
    )  # fmt: skip
    work.flush()
    event = AuditEvent.PROXY_LINK_APPROVED if is_approved else AuditEvent.PROXY_LINK_REFUSED
    work.record(event)
    return ProxyLinkDecided(link.id, is_approved)
