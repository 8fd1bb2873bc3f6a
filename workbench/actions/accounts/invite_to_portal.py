"""Invite somebody to the portal: the patient, or a proxy whose link is in force."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from workbench.accounts.portal_rules import (
    INVITATION_LASTS,
    IdentityUnsaid,
    JoinedAlready,
    SeenHow,
    SignInAddressTaken,
    checked_address,
    new_code,
    new_desk_word,
    plain,
)
from workbench.accounts.portal_tables import (
    CODE_FIELD,
    DESK_FIELD,
    InvitationDetails,
    PortalInvitation,
    invitations_of,
)
from workbench.accounts.queries import NAME_FIELD
from workbench.accounts.rules import AccountState, sign_in_name
from workbench.accounts.tables import User
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.proxies import stood_in_for
from workbench.gate.relations import Moment
from workbench.gate.work import Work
from workbench.people.tables import Patient


@dataclass(frozen=True)
class Invited:
    """Shown once: the code, which may be sent, and the word, which is handed over and never travels with it."""

    invitation_id: str
    code: str = field(repr=False)
    desk_word: str = field(repr=False)
    expires_at: datetime


@action(Permission.INVITE_TO_PORTAL, on=Patient)
def invite_to_portal(work: Work, patient: Patient, *, identity_checked: str, email: str, proxy_id: str = "") -> Invited:
    """An invitation for 72 hours that ends every earlier one of the same person.

    identity_checked: how the person was seen (`SeenHow`). proxy_id: for whom, "" for the patient.

    Raises:
        IdentityUnsaid, AddressUnfit, SignInAddressTaken, JoinedAlready: see there.
        NotFound: nobody with this id stands in for the patient today.
    """
    if identity_checked not in set(SeenHow):
        raise IdentityUnsaid
    address = checked_address(email)
    person_id = _person(work, patient, proxy_id)
    token = work.vault.token(NAME_FIELD, sign_in_name(address))
    for user in work.scalars(select(User).where((User.person_id == person_id) | (User.name_token == token))):
        if user.person_id != person_id:
            raise SignInAddressTaken
        if user.state == AccountState.ACTIVE:
            raise JoinedAlready
    for earlier in work.scalars(invitations_of(person_id)):
        if earlier.still_counts(work.now):
            earlier.ended_at = work.now
    code, word = new_code(), new_desk_word()
    invitation = PortalInvitation(
        patient_id=patient.id, person_id=person_id, code_token=work.vault.token(CODE_FIELD, plain(code)),
        desk_token=work.vault.token(DESK_FIELD, f"{plain(code)}|{word}"), identity_checked=identity_checked,
        issued_at=work.now, issued_by=work.actor.person_id, expires_at=work.now + INVITATION_LASTS,
        details=InvitationDetails(address),
    )  # fmt: skip
    work.add(invitation)
    work.flush()
    work.record(
        AuditEvent.PORTAL_INVITED, invitation_id=invitation.id, identity_checked=identity_checked,
        is_proxy=bool(proxy_id),
    )  # fmt: skip
    return Invited(invitation.id, code, word, invitation.expires_at)


def _person(work: Work, patient: Patient, proxy_id: str) -> str:
    if not proxy_id:
        return patient.id
    stands_in = work.scalars(stood_in_for(proxy_id, Moment(work.now, work.today)))
    if patient.id not in set(stands_in):
        raise NotFound
    return proxy_id
