"""End somebody's way into the portal: an invitation that waits, or the account with its sessions, at once."""

from dataclasses import dataclass, field

from sqlalchemy import select

from workbench.accounts.portal_rules import NothingToEnd
from workbench.accounts.portal_tables import invitations_of
from workbench.accounts.proving import end_sessions
from workbench.accounts.rules import AccountState
from workbench.accounts.tables import User
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.proxies import ProxyLink
from workbench.gate.work import Work
from workbench.people.tables import Patient


@dataclass(frozen=True)
class PortalAccessEnded:
    """ended: hashes of the sessions whose pages the server closes."""

    ended: tuple[str, ...] = field(default=(), repr=False)


@action(Permission.END_PORTAL_ACCESS, on=Patient)
def end_portal_access(work: Work, patient: Patient, *, proxy_id: str = "") -> PortalAccessEnded:
    """Nothing opens any more; a new invitation, with a new look at who it is, brings them back.

    Whoever has a portal account with links to several patients loses it for all: to end one link alone there is
    `end_proxy_link`.

    Raises:
        NotFound: nobody with this id was ever to stand in for the patient. NothingToEnd: see there.
    """
    person_id = proxy_id or patient.id
    links = select(ProxyLink.id).where(ProxyLink.patient_id == patient.id, ProxyLink.proxy_id == proxy_id)
    if proxy_id and work.scalar(links.limit(1)) is None:
        raise NotFound
    waiting = [one for one in work.scalars(invitations_of(person_id)) if one.still_counts(work.now)]
    user = work.scalar(select(User).where(User.person_id == person_id, User.state == AccountState.ACTIVE))
    if not waiting and user is None:
        raise NothingToEnd
    for invitation in waiting:
        invitation.ended_at = work.now
    ended: tuple[str, ...] = ()
    if user is not None:
        user.state, ended = AccountState.DISABLED, end_sessions(work, user.id)
    work.record(AuditEvent.PORTAL_ACCESS_ENDED, is_proxy=bool(proxy_id), sessions=len(ended), waiting=len(waiting))
    return PortalAccessEnded(ended)
