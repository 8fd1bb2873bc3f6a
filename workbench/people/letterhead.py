"""What stands on every page that leaves on paper: about whom, and from which practice."""

from sqlalchemy import select

from workbench.kernel.time import spoken_day
from workbench.people.tables import Patient, Practice
from workbench.store.newest import Rows


def about(patient: Patient) -> str:
    """Name, day of birth, number of the file."""
    details = patient.details
    return f"{details.shown_name} · born {spoken_day(details.born_on)} · file {patient.number}"


def from_whom(rows: Rows) -> str:
    """The practice, and that its data are synthetic where they are."""
    practice: Practice = rows.scalars(select(Practice)).one()
    return f"{practice.details.name}{' (synthetic data)' if practice.is_synthetic else ''}"
