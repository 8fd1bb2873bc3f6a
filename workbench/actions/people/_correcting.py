"""The one rule by which a file says something else of a person. Shared by the verbs of this area."""

from dataclasses import dataclass, fields

from workbench.gate.work import Work
from workbench.people.queries import keep_tokens, refuse_second_file
from workbench.people.rules import NothingCorrected, checked, same_person
from workbench.people.tables import Patient, PatientDetails, PatientRevision
from workbench.store.newest import next_nth


@dataclass(frozen=True)
class Corrected:
    """The names of what is different now."""

    fields: tuple[str, ...]


def correct(work: Work, patient: Patient, typed: PatientDetails, *, is_somebody_else: bool = False) -> Corrected:
    """The details as they are to be; what the file said before stays as a revision.

    Raises:
        DetailsUnclear: with a sentence by field. AlreadyRegistered. NothingCorrected.
    """
    was, details = patient.details, checked(typed, work.today)
    changed = tuple(one.name for one in fields(details) if getattr(details, one.name) != getattr(was, one.name))
    if not changed:
        raise NothingCorrected
    if same_person(details) != same_person(was) and not is_somebody_else:
        refuse_second_file(work, details, but=patient.id)
    work.add(PatientRevision(
        patient_id=patient.id, nth=next_nth(work, PatientRevision.nth, PatientRevision.patient_id == patient.id),
        fields=" ".join(changed), changed_at=work.now, changed_by=work.actor.user_id, details=was,
    ))  # fmt: skip
    patient.details = details
    keep_tokens(work, patient.id, details)
    work.flush()
    return Corrected(changed)
