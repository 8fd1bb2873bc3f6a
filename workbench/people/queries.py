"""Finding people without reading anybody: blind tokens in, ids out."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select

from workbench.gate.relations import CareTeamMember
from workbench.gate.work import Work
from workbench.people.rules import AlreadyRegistered, Clue, Sought, clues, same_person
from workbench.people.tables import Patient, PatientDetails, PatientToken, Practice
from workbench.store.vault import Vault


def token(vault: Vault, clue: Clue) -> bytes:
    """The blind token of a clue; equal values of different fields give different tokens."""
    return vault.token(f"patient {clue.field}", clue.value)


def tokens_of(vault: Vault, details: PatientDetails) -> frozenset[bytes]:
    """Every token this person can be found by, one row of `patient_tokens` each."""
    return frozenset(token(vault, clue) for clue in clues(details))


def patients_with(vault: Vault, wanted: Sought) -> ColumnElement[bool]:
    """The condition on `patients` that somebody is who is sought: every set of clues met, or the file number equal."""
    met: ColumnElement[bool] | None = None
    for any_of in wanted.all_of:
        fits = Patient.id.in_(_having(vault, any_of))
        met = fits if met is None else met & fits
    if wanted.number is None:
        return met if met is not None else Patient.id.in_(())
    by_number = Patient.number == wanted.number
    return by_number if met is None else or_(by_number, met)


def _having(vault: Vault, any_of: Iterable[Clue]) -> Select[str]:
    wanted = [token(vault, clue) for clue in any_of]
    return select(PatientToken.patient_id).where(PatientToken.token.in_(wanted))


def refuse_second_file(work: Work, details: PatientDetails, *, but: str = "") -> None:
    """One person has one file. but: the file that is being corrected.

    Raises:
        AlreadyRegistered: another file has this name and birth date.
    """
    number = work.scalar(
        select(func.min(Patient.number))
        .join(PatientToken, PatientToken.patient_id == Patient.id)
        .where(PatientToken.token == token(work.vault, same_person(details)), Patient.id != but)
    )
    if number is not None:
        raise AlreadyRegistered(number)


def keep_tokens(work: Work, patient_id: str, details: PatientDetails) -> None:
    """What they are found by from now on, beside what they were found by before: an earlier name still finds them."""
    kept = set(work.scalars(select(PatientToken.token).where(PatientToken.patient_id == patient_id)))
    new = sorted(tokens_of(work.vault, details) - kept)
    work.add(*(PatientToken(patient_id=patient_id, token=blind) for blind in new))


def notice_of(work: Work) -> timedelta:
    """How long before the start one cancels in time."""
    return timedelta(hours=work.scalar(select(Practice.notice_hours)) or 0)


def team_of(work: Work, patient_id: str) -> tuple[str, ...]:
    """Ids of the staff on this patient's care team on the practice's today."""
    team = select(CareTeamMember.staff_id).where(
        CareTeamMember.patient_id == patient_id,
        CareTeamMember.from_on <= work.today,
        or_(CareTeamMember.until_on.is_(None), CareTeamMember.until_on > work.today),
    )
    return tuple(work.scalars(team))
