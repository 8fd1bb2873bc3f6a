"""Come in by a link: the password is chosen, and who has no second factor yet sets one up before anything else."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.accounts.holding import live_grants
from workbench.accounts.joining import LinkRefused, still_counts
from workbench.accounts.proofs import Device, first_owed
from workbench.accounts.proving import authenticators_of, forgive, has_passkey
from workbench.accounts.rules import AccountState, Opened
from workbench.accounts.tables import SignInLink, User, UserSecrets
from workbench.actions.accounts._first_session import open_first_session, person_of
from workbench.gate.action import action
from workbench.gate.actor import Actor, Role
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.digests import hash_of_token
from workbench.people.tables import Practice


@dataclass(frozen=True)
class Redeemed:
    """The password counts. opened: the session of who has no second factor yet; None for who has: they sign in now."""

    opened: Opened | None


@action(Permission.SIGN_IN)
def redeem_sign_in_link(work: Work, *, token: str, password_hash: str, device: Device | None = None) -> Redeemed:
    """Use the link up. An invited account may sign in from now on. `password_hash`: by `accounts.passwords`.

    Raises:
        LinkRefused: whatever is wrong with the link.
    """
    link = work.scalar(select(SignInLink).where(SignInLink.token_hash == hash_of_token(token)))
    if link is None or not still_counts(link, work.now):
        raise LinkRefused
    user = work.get(User, link.user_id)
    if user.state == AccountState.DISABLED or (user.ends_at is not None and user.ends_at <= work.now):
        raise LinkRefused
    link.used_at, user.state = work.now, AccountState.ACTIVE
    user.secrets = UserSecrets(user.secrets.email, password_hash)
    forgive(work, user.name_token.hex())
    work.flush()
    if has_passkey(work, user.id) or work.scalar(authenticators_of(user.id)) is not None:
        work.record(AuditEvent.SIGN_IN_LINK_USED, subject=user, by=person_of(user, ""), link_id=link.id)
        return Redeemed(None)
    roles = [Role(grant.role) for grant in live_grants(work, user.id, work.now)]
    owes = first_owed(roles, is_synthetic=bool(work.scalar(select(Practice.is_synthetic))))

    def came(person: Actor) -> None:
        work.record(AuditEvent.SIGN_IN_LINK_USED, subject=user, by=person, link_id=link.id)

    return Redeemed(open_first_session(work, user, device, owes, came=came))
