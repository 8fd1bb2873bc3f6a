"""What stands on every page that leaves on paper: about whom, and from which practice."""

from sqlalchemy import select

from workbench.kernel.time import spoken_day
from workbench.people.tables import Patient, PatientDetails, Practice, PracticeDetails
from workbench.store.newest import Rows


def about(patient: Patient) -> str:
    """Name, day of birth, number of the file."""
    details = patient.details
    return f"{details.shown_name} · born {spoken_day(details.born_on)} · file {patient.number}"


def address_line(at: PatientDetails | PracticeDetails) -> str:
    """Street, city, state and ZIP code on one line; what is not known is left out."""
    return ", ".join(part for part in (at.street, at.city, f"{at.state} {shown_zip(at.zip_code)}".strip()) if part)


def shown_zip(zip_code: str) -> str:
    """As it is written on letters: nine digits have a dash after the fifth."""
    return f"{zip_code[:5]}-{zip_code[5:]}" if len(zip_code) == 9 and zip_code.isdigit() else zip_code


def from_whom(rows: Rows) -> str:
    """The practice, and that its data are synthetic where they are."""
    practice: Practice = rows.scalars(select(Practice)).one()
    return f"{practice.details.name}{' (synthetic data)' if practice.is_synthetic else ''}"
