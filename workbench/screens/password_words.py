"""What a password may not be made of: asked at the door before anybody is known, shown to nobody, not logged."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workbench.accounts.joining import still_counts
from workbench.accounts.portal_rules import plain
from workbench.accounts.portal_tables import CODE_FIELD, PortalInvitation
from workbench.accounts.tables import SignInLink, User
from workbench.gate.action import Gate
from workbench.gate.proxies import ProxyLink, ProxyPerson
from workbench.kernel.digests import hash_of_token
from workbench.people.tables import Patient, PatientDetails, Practice, Staff, StaffDetails


def words_of_link(gate: Gate, *, token: str, now: datetime) -> tuple[str, ...]:
    """The words of whom this link lets in; of the practice alone where it lets in nobody."""
    with gate.store.reading() as session:
        link = session.scalar(select(SignInLink).where(SignInLink.token_hash == hash_of_token(token)))
    return words_of_account(gate, user_id=link.user_id if link is not None and still_counts(link, now) else "")


def words_of_account(gate: Gate, *, user_id: str) -> tuple[str, ...]:
    """The person's name and address, together and in parts, and the practice's name and where it stands."""
    with gate.store.reading() as session:
        user = session.get(User, user_id)
        return _words(session, user.person_id, user.secrets.email) if user is not None else _words(session, "", "")


def words_of_invitation(gate: Gate, *, code: str, now: datetime) -> tuple[str, ...]:
    """The words of whom this invitation to the portal lets in; of the practice alone where it lets in nobody."""
    token = gate.store.vault.token(CODE_FIELD, plain(code))
    with gate.store.reading() as session:
        found = session.scalar(select(PortalInvitation).where(PortalInvitation.code_token == token))
        if found is None or not found.still_counts(now):
            return _words(session, "", "")
        return _words(session, found.person_id, found.details.email)


def _words(session: Session, person_id: str, email: str) -> tuple[str, ...]:
    words: list[str] = []
    practice = session.scalar(select(Practice))
    if practice is not None:
        at = practice.details
        road = at.street.strip("0123456789 ")
        words += [at.name, at.street, road, at.city, road + at.city, at.phone]
    local = email.partition("@")[0]
    words += [email, local, *local.replace("-", ".").replace("_", ".").split(".")]
    named = _named(session, person_id)
    if named is not None:
        given, family = named.given_name, named.family_name
        words += [given, family, given + family, family + given]
    return tuple(word for word in words if word)


def _named(session: Session, person_id: str) -> StaffDetails | PatientDetails | ProxyPerson | None:
    """Whoever works here, is in care or stands in for somebody under this id."""
    staff, patient = session.get(Staff, person_id), session.get(Patient, person_id)
    if staff is not None:
        return staff.details
    if patient is not None:
        return patient.details
    newest = select(ProxyLink).where(ProxyLink.proxy_id == person_id).order_by(ProxyLink.requested_at.desc())
    link = session.scalar(newest.limit(1))
    return link.person if link is not None else None
