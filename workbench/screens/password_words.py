"""What a password may not be made of: asked at the door before anybody is known, shown to nobody, not logged."""

from datetime import datetime

from sqlalchemy import select

from workbench.accounts.joining import still_counts
from workbench.accounts.tables import SignInLink, User
from workbench.gate.action import Gate
from workbench.kernel.digests import hash_of_token
from workbench.people.tables import Practice, Staff


def words_of_link(gate: Gate, *, token: str, now: datetime) -> tuple[str, ...]:
    """The words of whom this link lets in; of the practice alone where it lets in nobody."""
    with gate.store.reading() as session:
        link = session.scalar(select(SignInLink).where(SignInLink.token_hash == hash_of_token(token)))
    return words_of_account(gate, user_id=link.user_id if link is not None and still_counts(link, now) else "")


def words_of_account(gate: Gate, *, user_id: str) -> tuple[str, ...]:
    """The person's name and address, together and in parts, and the practice's name and where it stands."""
    with gate.store.reading() as session:
        practice, user = session.scalar(select(Practice)), session.get(User, user_id)
        staff = session.get(Staff, user.person_id) if user is not None else None
        words: list[str] = []
        if practice is not None:
            at = practice.details
            road = at.street.strip("0123456789 ")
            words += [at.name, at.street, road, at.city, road + at.city, at.phone]
        if user is not None:
            email = user.secrets.email
            local = email.partition("@")[0]
            words += [email, local, *local.replace("-", ".").replace("_", ".").split(".")]
        if staff is not None:
            given, family = staff.details.given_name, staff.details.family_name
            words += [given, family, given + family, family + given]
    return tuple(word for word in words if word)
