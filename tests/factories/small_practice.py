"""A practice of two clinicians and two patients, written straight into the store, and its people as actors."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from sqlalchemy import select, text

from tests.factories.once import written_once
from workbench.gate.actor import Actor, Role
from workbench.gate.audit import AuditRow
from workbench.gate.relations import CareTeamMember, Supervision
from workbench.people.queries import tokens_of
from workbench.people.tables import (
    Location,
    Patient,
    PatientDetails,
    PatientToken,
    Practice,
    PracticeDetails,
    Staff,
    StaffDetails,
)
from workbench.scheduling.tables import Appointment, AppointmentStatus, AppointmentType, Attendance, AttendanceStatus
from workbench.store.base import Base
from workbench.store.engine import Store

ADA, BEN = "stf_ada", "stf_ben"
FERN, MOSS = "pat_fern", "pat_moss"
INDIVIDUAL, INTAKE, OLD_TYPE = "aty_individual", "aty_intake", "aty_old"
OFFICE, VIDEO = "loc_office", "loc_video"
START = date(2025, 1, 1)
PROVEN = datetime(2100, 1, 1, tzinfo=UTC)
"""Who signs has just shown a factor, however long a test takes; `unproven` is for tests of what happens otherwise."""

FERN_DETAILS = PatientDetails("José", "Fernández-Oak", date(1990, 4, 3), "Fern", "they/them", phone="5550100123")
MOSS_DETAILS = PatientDetails("Catherine", "Moss", date(1985, 12, 24), phone="5550100145")


@dataclass(frozen=True)
class People:
    """The practice's people, signed in."""

    ada: Actor
    ben: Actor
    desk: Actor
    biller: Actor
    manager: Actor
    supervisor: Actor
    it: Actor
    compliance: Actor


def people() -> People:
    """Ada cares for Fern and Moss, Ben for nobody; the supervisor supervises Ada."""

    def one(name: str, role: Role) -> Actor:
        signs = role in (Role.CLINICIAN, Role.SUPERVISOR)
        return Actor(f"usr_{name}", f"stf_{name}", frozenset({role}), "0" * 64, PROVEN if signs else None)

    return People(
        ada=one("ada", Role.CLINICIAN),
        ben=one("ben", Role.CLINICIAN),
        desk=one("desk", Role.FRONT_DESK),
        biller=one("biller", Role.BILLER),
        manager=one("manager", Role.MANAGER),
        supervisor=one("supervisor", Role.SUPERVISOR),
        it=one("it", Role.IT),
        compliance=one("compliance", Role.COMPLIANCE),
    )


def unproven(actor: Actor) -> Actor:
    """The person, whose factor was shown long ago."""
    return replace(actor, fresh_until=None)


@written_once
def open_practice(store: Store, now: datetime) -> None:
    """Write the practice, its staff, places, types and two patients in Ada's care."""
    put(store, [_practice(), *_places(), *_staff()])
    put(store, [_patient(FERN, 1001, FERN_DETAILS, now), _patient(MOSS, 1002, MOSS_DETAILS, now)])
    put(
        store,
        [
            *(CareTeamMember(patient_id=one, staff_id=ADA, from_on=START, is_primary=True) for one in (FERN, MOSS)),
            Supervision(supervisor_id="stf_supervisor", supervisee_id=ADA, from_on=START),
            *_tokens(store, FERN, FERN_DETAILS),
            *_tokens(store, MOSS, MOSS_DETAILS),
        ],
    )


def put(store: Store, rows: Iterable[Base]) -> None:
    """Write rows past the gate: what a test begins with was not done by anybody."""
    with store.writing() as session:
        session.add_all(rows)
        session.commit()


def visit(
    store: Store, number: int, starts_at: datetime, *, patient_id: str = FERN, clinician_id: str = ADA,
    status: AttendanceStatus = AttendanceStatus.BOOKED, minutes: int = 50,
) -> str:  # fmt: skip
    """An appointment with one attendance; the id of the attendance, `att_<number>` of `apt_<number>`."""
    put(
        store,
        [
            Appointment(
                id=f"apt_{number}",
                clinician_id=clinician_id,
                type_id=INDIVIDUAL,
                location_id=OFFICE,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=minutes),
                status=AppointmentStatus.HELD,
                booked_at=starts_at - timedelta(days=7),
            )
        ],
    )
    put(
        store,
        [Attendance(id=f"att_{number}", appointment_id=f"apt_{number}", patient_id=patient_id, status=status)],
    )
    return f"att_{number}"


def events(store: Store) -> list[tuple[str, str]]:
    """Event and outcome of every audit line, oldest first."""
    with store.reading() as session:
        rows = session.execute(select(AuditRow.event, AuditRow.outcome).order_by(AuditRow.seq))
        return [(event, outcome) for event, outcome in rows]


def every_row(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but the audit log: equal before and after a refusal."""
    tables = {name: table for name, table in Base.metadata.tables.items() if name != "audit_events"}
    with store.reading() as session:
        holding = set(session.scalars(text(_which_hold_rows(tuple(tables)))))
        return {
            name: sorted((tuple(row) for row in session.execute(select(table))), key=repr) if name in holding else []
            for name, table in tables.items()
        }


@cache
def _which_hold_rows(tables: tuple[str, ...]) -> str:
    """One question before the hundred: nearly all tables are empty in a test."""
    return " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in tables)


def _practice() -> Practice:
    details = PracticeDetails(
        "Juniper Counseling", "2000000002", "000000000", "1 Example Way", "Springfield", "NY", "12345", "5550100100"
    )
    return Practice(zone="America/New_York", is_synthetic=True, details=details)


def _places() -> list[Base]:
    return [
        Location(id=OFFICE, name="Office", place_code="11"),
        Location(id=VIDEO, name="Video", place_code="10", is_telehealth=True),
        AppointmentType(id=INDIVIDUAL, name="Individual", minutes=50),
        AppointmentType(id=INTAKE, name="Intake", minutes=60, service_code="90791"),
        AppointmentType(id=OLD_TYPE, name="Walk and talk", minutes=30, is_active=False),
    ]


def _staff() -> list[Staff]:
    named = {
        ADA: StaffDetails("Ada", "Byron", "LCSW"),
        BEN: StaffDetails("Ben", "Alder", "LMFT"),
        "stf_gone": StaffDetails("Gil", "Gone", "LPC"),
        "stf_desk": StaffDetails("Dee", "Desk"),
        "stf_supervisor": StaffDetails("Sue", "Visor", "PhD"),
    }
    return [
        Staff(
            id=staff_id,
            is_clinician=staff_id != "stf_desk",
            started_on=START,
            ended_on=date(2026, 3, 1) if staff_id == "stf_gone" else None,
            details=details,
        )
        for staff_id, details in named.items()
    ]


def _patient(patient_id: str, number: int, details: PatientDetails, now: datetime) -> Patient:
    return Patient(id=patient_id, number=number, registered_at=now, details=details)


def _tokens(store: Store, patient_id: str, details: PatientDetails) -> list[PatientToken]:
    return [PatientToken(patient_id=patient_id, token=token) for token in tokens_of(store.vault, details)]
