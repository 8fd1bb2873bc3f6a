"""People who are seen together, and what tests do with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from tests.factories.small_practice import ADA, FERN, INDIVIDUAL, MOSS, OFFICE, START, people, put
from workbench.actions.scheduling.book_group import GroupBooked, book_group
from workbench.actions.scheduling.make_group import make_group
from workbench.gate.action import Gate
from workbench.gate.relations import CareTeamMember
from workbench.people.queries import tokens_of
from workbench.people.tables import Patient, PatientDetails, PatientToken
from workbench.scheduling.tables import Appointment, Attendance

RUE = "pat_rue"
FIRST = date(2026, 10, 19)
"""A Monday two weeks before the clocks go back."""
AT = time(11)


@dataclass
class Together:
    """An open practice; Rue comes to nobody yet."""

    gate: Gate
    now: datetime

    def __post_init__(self) -> None:
        details = PatientDetails("Rue", "Sample", date(1979, 6, 1), phone="5550100188")
        put(self.gate.store, [Patient(id=RUE, number=1003, registered_at=self.now, details=details)])
        tokens = tokens_of(self.gate.store.vault, details)
        put(self.gate.store, [PatientToken(patient_id=RUE, token=token) for token in tokens])

    def make(self, *patient_ids: str, kind: str = "group", **said: Any) -> str:
        """The desk puts them together."""
        inputs = {"name": "Skills on Mondays", "most": 3, **said} if kind == "group" else said
        done = make_group(
            self.gate, people().desk, now=self.now, kind=kind, patient_ids=patient_ids or (FERN, MOSS), **inputs
        )
        return done.group_id

    def book(self, group_id: str, *, by: Any = None, beside_ids: Sequence[str] = (), **changed: Any) -> GroupBooked:
        """The desk books the group with Ada, once."""
        inputs = {
            "clinician_id": ADA, "type_id": INDIVIDUAL, "location_id": OFFICE, "first_on": FIRST, "at": AT, **changed
        }  # fmt: skip
        return book_group(self.gate, by or people().desk, group_id, now=self.now, beside_ids=beside_ids, **inputs)

    def cared_for_by(self, staff_id: str, *patient_ids: str) -> None:
        """The clinician is on their care teams."""
        put(self.gate.store, [CareTeamMember(patient_id=one, staff_id=staff_id, from_on=START) for one in patient_ids])

    def appointments(self) -> list[tuple[str, str, str]]:
        """Clinician, status, and whether it is held beside another's: of all appointments, by time."""
        with self.gate.store.reading() as session:
            query = select(Appointment.clinician_id, Appointment.status, Appointment.beside_id)
            rows = session.execute(query.order_by(Appointment.starts_at, Appointment.clinician_id)).all()
        return [(clinician_id, status, "beside" if beside else "first") for clinician_id, status, beside in rows]

    def attending(self) -> list[tuple[str, str]]:
        """Patient and status of every attendance, by time and patient."""
        with self.gate.store.reading() as session:
            rows = session.execute(
                select(Attendance.patient_id, Attendance.status)
                .join(Appointment, Appointment.id == Attendance.appointment_id)
                .order_by(Appointment.starts_at, Attendance.patient_id)
            ).all()
        return [(patient_id, status) for patient_id, status in rows]

    def attendance(self, patient_id: str) -> str:
        """The id of the patient's part in the first session."""
        with self.gate.store.reading() as session:
            return session.scalars(
                select(Attendance.id)
                .join(Appointment, Appointment.id == Attendance.appointment_id)
                .where(Attendance.patient_id == patient_id)
                .order_by(Appointment.starts_at)
            ).all()[0]

    def session(self) -> str:
        """The id of the first session."""
        with self.gate.store.reading() as session:
            query = select(Appointment.id).where(Appointment.beside_id.is_(None)).order_by(Appointment.starts_at)
            return session.scalars(query).all()[0]
