"""Join the portal by an invitation: the account comes into being with the password that was chosen."""

import hmac
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from workbench.accounts.holding import live_grants
from workbench.accounts.portal_rules import MOST_WRONG, NOTICE, InvitationRefused, plain
from workbench.accounts.portal_tables import CODE_FIELD, DESK_FIELD, PortalInvitation
from workbench.accounts.proofs import Device, Owed
from workbench.accounts.proving import forgive
from workbench.accounts.queries import NAME_FIELD
from workbench.accounts.rules import AccountState, Opened, sign_in_name
from workbench.accounts.tables import RoleGrant, User, UserSecrets, key_owner_of
from workbench.accounts.ways_in import end_ways_in
from workbench.actions.accounts._first_session import open_first_session
from workbench.gate.action import action
from workbench.gate.actor import Actor, Role
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.proxies import stood_in_for
from workbench.gate.relations import Moment
from workbench.gate.work import Work
from workbench.people.tables import Patient


@dataclass(frozen=True)
class Joined:
    """opened: the session, which owes a second factor; None where something given was wrong, and that was counted."""

    opened: Opened | None


@action(
    Permission.SIGN_IN,
    refuses={"users.person_id": InvitationRefused, "users.name_token": InvitationRefused,
             "uq_users": InvitationRefused},
)  # fmt: skip
def redeem_invitation(
    work: Work, *, code: str, born_on: date | None, desk_word: str, password_hash: str, device: Device | None = None
) -> Joined:
    """Use the invitation up. A wrong date or word is counted, and the fifth burns it.

    born_on: of the person in care, also where a proxy joins: it is a check, not a secret.

    Raises:
        InvitationRefused: whatever is wrong with the invitation.
    """
    invitation = work.scalar(
        select(PortalInvitation).where(PortalInvitation.code_token == work.vault.token(CODE_FIELD, plain(code)))
    )
    if invitation is None or not invitation.still_counts(work.now) or not _still_stands_in(work, invitation):
        raise InvitationRefused
    given = work.vault.token(DESK_FIELD, f"{plain(code)}|{plain(desk_word)}")
    is_word = hmac.compare_digest(given, bytes(invitation.desk_token))
    is_date = work.get(Patient, invitation.patient_id).details.born_on == born_on
    if not (is_word and is_date):
        invitation.wrong += 1
        if invitation.wrong >= MOST_WRONG:
            invitation.ended_at = work.now
        work.record(AuditEvent.PORTAL_TRIED, subject=invitation, outcome="refused", wrong=invitation.wrong)
        return Joined(None)
    user = _account(work, invitation, password_hash)
    invitation.used_at, invitation.notice = work.now, NOTICE

    def came(person: Actor) -> None:
        work.record(AuditEvent.PORTAL_JOINED, subject=invitation, by=person, notice=NOTICE)

    return Joined(open_first_session(work, user, device, Owed.FACTOR, came=came))


def _still_stands_in(work: Work, invitation: PortalInvitation) -> bool:
    if invitation.person_id == invitation.patient_id:
        return True
    stands_in = work.scalars(stood_in_for(invitation.person_id, Moment(work.now, work.today)))
    return invitation.patient_id in set(stands_in)


def _account(work: Work, invitation: PortalInvitation, password_hash: str) -> User:
    """A new account; or the one that was ended before, with nothing left of how it was opened then."""
    email, person_id = invitation.details.email, invitation.person_id
    token = work.vault.token(NAME_FIELD, sign_in_name(email))
    user: User | None = work.scalar(select(User).where(User.person_id == person_id))
    if user is None:
        user = User(person_id=person_id, key_owner=key_owner_of(person_id), name_token=token, created_at=work.now)
        work.add(user)
    elif user.state == AccountState.ACTIVE:
        raise InvitationRefused
    else:
        end_ways_in(work, user)
    user.secrets, user.name_token = UserSecrets(email, password_hash), token
    user.state, user.ends_at = AccountState.ACTIVE, None
    work.flush()
    forgive(work, token.hex())
    role = Role.PATIENT if person_id == invitation.patient_id else Role.PROXY
    if role not in {grant.role for grant in live_grants(work, user.id, work.now)}:
        work.add(RoleGrant(user_id=user.id, role=role, granted_at=work.now, granted_by=invitation.issued_by))
    return user
