"""What people are compared by, as blind tokens under pseudonyms: all that leaves the store of names and addresses.

The index of the audit log keeps them; two equal tokens say that something is shared, none says what.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workbench.accounts.tables import User
from workbench.gate.actor import JOB_PREFIX
from workbench.marts.audit_rules import Mark, marks_of_patient, marks_of_staff
from workbench.people.tables import Patient, Staff
from workbench.store.vault import PRACTICE, KeyDestroyed, Vault

ACTOR: Final = "au"
"""The domain of pseudonyms under which the index names accounts. Jobs of the system keep their names."""
LOG_PATIENT: Final = "ptp"
"""The audit log's own domain for patients, so that the index holds nothing about them that the log does not."""


@dataclass(frozen=True)
class Token:
    """One blind token: whose, what kind of mark, and 64 bits that are equal when the marks are."""

    who: str
    near: str
    token: int


def actors_in_index(vault: Vault, user_ids: Iterable[str]) -> dict[str, str]:
    """How the index names these accounts, by their ids."""
    ids = list(user_ids)
    people = [one for one in ids if not one.startswith(JOB_PREFIX)]
    named = dict(zip(people, vault.pseudonyms(ACTOR, people), strict=True))
    return {one: named.get(one, one) for one in ids}


def staff_tokens(session: Session, vault: Vault) -> Iterator[Token]:
    """The tokens of everybody who works here and has an account."""
    rows = session.execute(select(User.id, Staff.id, Staff.sealed).join(Staff, Staff.id == User.person_id)).all()
    named = actors_in_index(vault, (user_id for user_id, _, _ in rows))
    for user_id, staff_id, sealed in rows:
        details = Staff.details.open_envelope(vault, table="staff", row_id=staff_id, owner=PRACTICE, envelope=sealed)
        yield from _tokens(vault, named[user_id], marks_of_staff(details))


def patient_tokens(session: Session, vault: Vault, only: "Select[str] | None" = None) -> Iterator[Token]:
    """The tokens of all patients, or of those whose ids a SELECT names. Whoever was erased has none."""
    query = select(Patient.id, Patient.sealed)
    query = query if only is None else query.where(Patient.id.in_(only))
    for patient_id, sealed in session.execute(query.execution_options(yield_per=1_000)):
        try:
            details = Patient.details.open_envelope(
                vault, table="patients", row_id=patient_id, owner=patient_id, envelope=sealed
            )
        except KeyDestroyed:
            continue
        yield from _tokens(vault, vault.pseudonym(LOG_PATIENT, patient_id), marks_of_patient(details))


def _tokens(vault: Vault, who: str, marks: Iterable[Mark]) -> Iterator[Token]:
    for mark in marks:
        yield Token(who, mark.near, int.from_bytes(vault.token(f"audit {mark.near}", mark.value)[:8]))
