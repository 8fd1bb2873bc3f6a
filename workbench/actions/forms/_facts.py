"""What the record says of itself when a form is begun, whoever fills it in. Shared by the verbs of this area."""

from sqlalchemy import select

from workbench.gate.work import Work
from workbench.people.letterhead import address_line
from workbench.people.tables import Patient, Practice, PracticeDetails


def of_record(work: Work, patient: Patient, paths: frozenset[str]) -> dict[str, str]:
    """What is said of the patient and the practice; each opened only where something of it is asked for."""
    told: dict[str, str] = {}
    rooms = {path.partition(".")[0] for path in paths}
    if "patient" in rooms:
        person = patient.details
        told |= {
            "patient.name": person.shown_name, "patient.legal_name": f"{person.given_name} {person.family_name}",
            "patient.birth_date": person.born_on.isoformat(), "patient.phone": person.phone,
            "patient.email": person.email, "patient.address": address_line(person), "patient.pronouns": person.pronouns,
        }  # fmt: skip
    if "practice" in rooms:
        ours: PracticeDetails = work.scalar(select(Practice)).details
        told |= {"practice.name": ours.name, "practice.npi": ours.npi, "practice.tax_id": ours.tax_id,
                 "practice.address": address_line(ours)}  # fmt: skip
    if "today" in rooms:
        told["today"] = work.today.isoformat()
    return told
