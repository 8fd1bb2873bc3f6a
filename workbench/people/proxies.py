"""How the links of those who stand in for patients stand: what each opens, and whether it counts."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, select

from workbench.gate.proxies import ProxyDecision, ProxyEnd, ProxyLink, ProxyLinkScope, ProxyScope
from workbench.store.newest import Rows


class LinkState(StrEnum):
    """How a link stands on a day."""

    WAITING = "waiting"
    IN_FORCE = "in_force"
    REFUSED = "refused"
    ENDED = "ended"


@dataclass(frozen=True)
class Standing:
    """A link, what it opens, what was decided of it and whether somebody ended it."""

    row: ProxyLink
    scopes: frozenset[ProxyScope]
    decision: ProxyDecision | None
    is_ended: bool

    def state(self, today: date) -> LinkState:
        """How it stands on this day."""
        if self.decision is not None and not self.decision.is_approved:
            return LinkState.REFUSED
        if self.is_ended or self.row.until_on <= today:
            return LinkState.ENDED
        return LinkState.WAITING if self.decision is None else LinkState.IN_FORCE

    def still_counts(self, today: date) -> bool:
        """Whether it opens something, or may yet."""
        return self.state(today) in (LinkState.WAITING, LinkState.IN_FORCE)


def standings(rows: Rows, *which: ColumnElement[bool]) -> tuple[Standing, ...]:
    """The links that meet `which`, the newest first."""
    links = list(rows.scalars(select(ProxyLink).where(*which).order_by(ProxyLink.requested_at.desc(), ProxyLink.id)))
    if not links:
        return ()
    ids = [link.id for link in links]
    scopes = defaultdict(set)
    for one in rows.scalars(select(ProxyLinkScope).where(ProxyLinkScope.link_id.in_(ids))):
        scopes[one.link_id].add(ProxyScope(one.scope))
    decisions = {one.link_id: one for one in rows.scalars(select(ProxyDecision).where(ProxyDecision.link_id.in_(ids)))}
    ended = set(rows.scalars(select(ProxyEnd.link_id).where(ProxyEnd.link_id.in_(ids))))
    return tuple(Standing(link, frozenset(scopes[link.id]), decisions.get(link.id), link.id in ended) for link in links)
