"""Turns the plan into rows: columns as they are kept, documents sealed, in batches small enough for one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from workbench.claims.tables import Coverage
from workbench.demo import words
from workbench.demo.money_rows import coverage_row, payer_rows
from workbench.demo.people import practice_details
from workbench.demo.plan import Client, Clinician, Making, Plan, Staff, Visit
from workbench.gate.relations import CareTeamMember, Supervision
from workbench.people.queries import tokens_of
from workbench.people.tables import Location, Patient, PatientToken, Practice
from workbench.people.tables import Staff as StaffRow
from workbench.scheduling.room_tables import Room
from workbench.scheduling.rules import ENDED, CancelledBy
from workbench.scheduling.tables import (
    Appointment,
    AppointmentStatus,
    AppointmentType,
    Attendance,
    AttendanceMove,
)
from workbench.scheduling.tables import AttendanceStatus as Status
from workbench.store.base import Base
from workbench.store.vault import PRACTICE, Vault

Row = dict[str, Any]
Batch = Mapping[type[Base], Sequence[Row]]
_CLIENTS_AT_ONCE = 2_000


def house_rows(making: Making) -> Batch:
    """The practice, its places, its people and what it offers: the first batch, which all others refer to."""
    plan, vault = making.plan, making.vault
    practice = Practice.details.envelope(
        vault, table="practice", row_id=plan.practice_id, owner=PRACTICE, document=practice_details()
    )
    return {
        Practice: [{
            "id": plan.practice_id, "zone": plan.setting.zone.key, "patient_word": "client", "is_synthetic": True,
            "notice_hours": 24, "opens_hour": 8, "closes_hour": 18, "sealed": practice,
        }],
        Location: [
            {"id": plan.office_id, "name": "Harbor office", "place_code": "11", "is_telehealth": False, "version": 1},
            {"id": plan.video_id, "name": "Video", "place_code": "10", "is_telehealth": True, "version": 1},
        ],
        Room: [
            *({"id": room_of(one), "name": f"Room {number}", "seats": 3, **_room(plan)}
              for number, one in enumerate(plan.clinicians, start=1)),
            {"id": GROUP_ROOM, "name": "Group room", "seats": 12, **_room(plan)},
        ],
        StaffRow: [*(_staff(one, vault) for one in plan.clinicians), *(_staff(one, vault) for one in plan.staff)],
        AppointmentType: [
            {"id": kind.id, "name": kind.name, "minutes": kind.minutes, "service_code": kind.code, "is_active": True}
            for kind in plan.kinds
        ],
        Supervision: [
            {
                "id": making.draw.id("sup"), "supervisor_id": plan.clinicians[1].id,
                "supervisee_id": plan.clinicians[0].id, "from_on": plan.clinicians[0].started_on, "until_on": None,
            },
        ],
        **payer_rows(making),
    }  # fmt: skip


GROUP_ROOM: Final = "rom_group"


def room_of(clinician: Clinician) -> str:
    """Each clinician's own room."""
    return f"rom_{clinician.id.partition('_')[2]}"


def _room(plan: Plan) -> Row:
    return {
        "location_id": plan.office_id, "made_at": plan.setting.now, "made_by": "", "retired_at": None,
        "retired_by": "", "version": 1,
    }  # fmt: skip


def _staff(one: Clinician | Staff, vault: Vault) -> Row:
    sealed = StaffRow.details.envelope(vault, table="staff", row_id=one.id, owner=PRACTICE, document=one.details)
    return {
        "id": one.id, "is_clinician": isinstance(one, Clinician),
        "weekly_hours": one.weekly_hours if isinstance(one, Clinician) else 40,
        "started_on": one.started_on, "ended_on": None, "version": 1, "sealed": sealed,
    }  # fmt: skip


def client_batches(making: Making) -> Iterator[Batch]:
    """Patients with what they are found by and who cares for them."""
    plan, vault = making.plan, making.vault
    clients = iter(plan.clients)
    while some := list(islice(clients, _CLIENTS_AT_ONCE)):
        vault.make_keys(client.id for client in some)
        yield {
            Patient: [_patient(client, plan, vault) for client in some],
            PatientToken: [
                {"patient_id": client.id, "token": token}
                for client in some
                for token in sorted(tokens_of(vault, client.details))
            ],
            CareTeamMember: [_care(client, making) for client in some],
            Coverage: [coverage_row(client, making) for client in some if client.insurer is not None],
        }


def _is_active(client: Client, plan: Plan) -> bool:
    return client.last_on > plan.setting.today - timedelta(days=60)


def _patient(client: Client, plan: Plan, vault: Vault) -> Row:
    sealed = Patient.details.envelope(
        vault, table="patients", row_id=client.id, owner=client.id, document=client.details
    )
    return {
        "id": client.id, "number": client.number, "registered_at": client.registered_at,
        "is_active": _is_active(client, plan), "version": 1, "sealed": sealed,
    }  # fmt: skip


def _care(client: Client, making: Making) -> Row:
    plan = making.plan
    until = None if _is_active(client, plan) else client.last_on + timedelta(days=60)
    began = client.registered_at.astimezone(plan.setting.zone).date()
    return {
        "id": making.draw.id("ctm"), "patient_id": client.id, "staff_id": client.clinician.id, "from_on": began,
        "until_on": until, "is_primary": True,
    }  # fmt: skip


def visit_rows(visits: Sequence[Visit], making: Making) -> Batch:
    """Appointments, who attended, and how each came to be where it stands."""
    return {
        Appointment: [_appointment(visit, making) for visit in visits],
        Attendance: [
            {"id": v.attendance_id, "appointment_id": v.id, "patient_id": v.client.id, "status": v.status, "version": 1}
            for v in visits
        ],
        AttendanceMove: [move for visit in visits for move in _moves(visit, making)],
    }


def _appointment(visit: Visit, making: Making) -> Row:
    plan, held = making.plan, visit.status not in ENDED
    return {
        "id": visit.id, "clinician_id": visit.client.clinician.id, "type_id": visit.kind.id,
        "location_id": plan.video_id if visit.client.is_remote else plan.office_id,
        "starts_at": visit.starts_at, "ends_at": visit.ends_at,
        "status": AppointmentStatus.HELD if held else AppointmentStatus.CANCELLED,
        "booked_at": visit.booked_at, "booked_by": making.accounts["front_desk"], "overlap_because": "",
        "group_id": None, "beside_id": None,
        "room_id": None if visit.client.is_remote else room_of(visit.client.clinician),
        "version": 1,
    }  # fmt: skip


def _moves(visit: Visit, making: Making) -> Iterator[Row]:
    for before, after, at, reason in _steps(visit, making):
        yield {
            "attendance_id": visit.attendance_id, "from_status": before, "to_status": after, "moved_at": at,
            "moved_by": making.accounts["front_desk"], "reason": reason,
            "cancelled_by": CancelledBy.PATIENT if after in ENDED else "",
        }  # fmt: skip


def _steps(visit: Visit, making: Making) -> tuple[tuple[Status, Status, datetime, str], ...]:
    status, draw = visit.status, making.draw
    if status in (Status.COMPLETED, Status.IN_SESSION):
        at = visit.ends_at if status is Status.COMPLETED else visit.starts_at
        return ((Status.BOOKED, Status.ARRIVED, visit.starts_at, ""), (Status.ARRIVED, status, at, ""))
    if status is Status.NO_SHOW:
        return ((Status.BOOKED, status, visit.starts_at, ""),)
    if status is Status.LATE_CANCELLED:
        at = max(visit.booked_at, visit.starts_at - timedelta(minutes=draw.randint(20, 1400)))
        return ((Status.BOOKED, status, at, draw.choice(words.CANCELLED_BECAUSE)),)
    if status is Status.CANCELLED:
        latest = min(visit.starts_at - timedelta(hours=25), making.plan.setting.now)
        at = visit.booked_at + max(latest - visit.booked_at, timedelta(0)) * draw.random()
        return ((Status.BOOKED, status, at, draw.choice(words.CANCELLED_BECAUSE)),)
    return () if status is Status.BOOKED else ((Status.BOOKED, status, visit.booked_at, ""),)
