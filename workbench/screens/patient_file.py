"""A patient's file as the desk may see it: who they are, how to reach them, when they come. No clinical text."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.proxies import ProxyLink
from workbench.gate.relations import CareTeamMember
from workbench.gate.view import Look, view
from workbench.kernel.time import Span, whole_years
from workbench.people.letterhead import shown_zip
from workbench.people.names import staff_named
from workbench.people.proxies import standings
from workbench.people.rules import ZONES
from workbench.people.tables import Location, Patient, PatientDetails
from workbench.scheduling.rules import offers
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance
from workbench.screens.proxy_links import ProxyShown, shown_links

__all__ = ["ZONES", "PatientFile", "Visit", "care_team_named", "patient_file"]

MOST_VISITS = 200


@dataclass(frozen=True)
class Visit:
    """One appointment of this patient, past or to come."""

    attendance_id: str
    appointment_id: str
    clinician_id: str
    clinician_name: str
    type_name: str
    location_id: str
    location_name: str
    room_id: str
    starts_at: datetime
    ends_at: datetime
    status: str
    offers: frozenset[str]
    attendance_version: int
    appointment_version: int


@dataclass(frozen=True)
class PatientFile:
    """Who somebody is, who cares for them today, who stands in for them, and their visits, latest first.

    may_read_chart, may_book, may_see_balance: what else the actor could open or do for this patient.
    """

    patient_id: str
    number: int
    details: PatientDetails
    name: str
    given_name: str
    family_name: str
    pronouns: str
    sex: str
    born_on: date
    age_years: int
    phone: str
    email: str
    address: tuple[str, ...]
    registered_at: datetime
    is_active: bool
    care_team: tuple[tuple[str, str], ...]
    visits: tuple[Visit, ...]
    proxies: tuple[ProxyShown, ...]
    may_read_chart: bool
    may_book: bool
    may_see_due: bool
    may_see_balance: bool
    version: int


@view(Permission.SEE_CONTACT, shows=AuditEvent.PATIENT_SEEN, on=Patient)
def patient_file(look: Look, patient: Patient) -> PatientFile:
    """The file, with up to 200 visits if the actor may see the schedule."""
    look.shown(patient.id)
    details = patient.details
    town = " ".join(
        part
        for part in (details.city + "," if details.city else "", details.state, shown_zip(details.zip_code))
        if part
    )
    return PatientFile(
        patient_id=patient.id,
        number=patient.number,
        details=details,
        name=details.shown_name,
        given_name=details.given_name,
        family_name=details.family_name,
        pronouns=details.pronouns,
        sex=details.sex,
        born_on=details.born_on,
        age_years=whole_years(details.born_on, look.today),
        phone=details.phone,
        email=details.email,
        address=tuple(line for line in (details.street, town) if line),
        registered_at=patient.registered_at,
        is_active=patient.is_active,
        care_team=care_team_named(look, patient.id),
        visits=_visits(look, patient.id) if look.allowed(Permission.SEE_SCHEDULE, patient) else (),
        proxies=shown_links(look, standings(look, ProxyLink.patient_id == patient.id)),
        may_read_chart=look.allowed(Permission.READ_CHART, patient),
        may_book=look.allowed(Permission.BOOK_APPOINTMENT, patient),
        may_see_due=look.allowed(Permission.SEE_AMOUNT_DUE, patient),
        may_see_balance=look.allowed(Permission.SEE_BALANCES, patient),
        version=patient.version,
    )


def care_team_named(look: Look, patient_id: str) -> tuple[tuple[str, str], ...]:
    """Id and name of who cares for a patient today, the primary one first."""
    members = select(CareTeamMember.staff_id).where(
        CareTeamMember.patient_id == patient_id,
        CareTeamMember.from_on <= look.today,
        or_(CareTeamMember.until_on.is_(None), CareTeamMember.until_on > look.today),
    )
    ordered = list(look.scalars(members.order_by(CareTeamMember.is_primary.desc(), CareTeamMember.from_on)))
    names = staff_named(look, ordered)
    return tuple((staff_id, names[staff_id].shown_name) for staff_id in dict.fromkeys(ordered))


def _visits(look: Look, patient_id: str) -> tuple[Visit, ...]:
    query = (
        select(Attendance, Appointment, AppointmentType.name, Location.name)
        .join(Appointment, Appointment.id == Attendance.appointment_id)
        .join(AppointmentType, AppointmentType.id == Appointment.type_id)
        .join(Location, Location.id == Appointment.location_id)
        .where(Attendance.patient_id == patient_id)
        .order_by(Appointment.starts_at.desc(), Attendance.id)
        .limit(MOST_VISITS)
    )
    found = look.execute(query).all()
    names = staff_named(look, (appointment.clinician_id for _, appointment, *_ in found))
    return tuple(
        Visit(
            attendance_id=attendance.id,
            appointment_id=appointment.id,
            clinician_id=appointment.clinician_id,
            clinician_name=names[appointment.clinician_id].shown_name,
            type_name=type_name,
            location_id=appointment.location_id,
            location_name=location_name,
            room_id=appointment.room_id or "",
            starts_at=appointment.starts_at,
            ends_at=appointment.ends_at,
            status=attendance.status,
            offers=offers(attendance.status, Span(appointment.starts_at, appointment.ends_at), look.now, look.zone),
            attendance_version=attendance.version,
            appointment_version=appointment.version,
        )
        for attendance, appointment, type_name, location_name in found
    )
