"""Who stands behind an account, for lines that keep the account's id."""

from collections.abc import Iterable

from sqlalchemy import select

from workbench.accounts.tables import User
from workbench.gate.view import Look
from workbench.people.names import staff_named


def account_names(look: Look, user_ids: Iterable[str]) -> dict[str, str]:
    """The names of these accounts of staff by id; one of a patient, of a job or of nobody is not among them."""
    rows = look.execute(select(User.id, User.person_id).where(User.id.in_(set(user_ids))))
    people = {row.id: row.person_id for row in rows}
    staff = staff_named(look, people.values())
    return {user_id: staff[one].shown_name for user_id, one in people.items() if one in staff}
