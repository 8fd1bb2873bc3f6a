"""Book sessions of a couple, a family or a group: everybody in it, all of the days, or nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.time import Span
from workbench.people.care_team import join_care_team
from workbench.people.places import place_in_use
from workbench.people.rules import check_practising
from workbench.people.tables import Patient, Staff
from workbench.scheduling.group_rules import check_enough, check_leaders
from workbench.scheduling.group_tables import PatientGroup
from workbench.scheduling.groups import members
from workbench.scheduling.holding import attend, hold
from workbench.scheduling.rooms import REFUSES as ROOMS
from workbench.scheduling.rooms import checked_room
from workbench.scheduling.rules import SeriesClashes, SlotTaken, TypeRetired
from workbench.scheduling.series import Wanted, days_taken, new_series, wanted_of
from workbench.scheduling.tables import AppointmentType, SeriesPlace

ONCE: Final = "FREQ=DAILY;COUNT=1"


@dataclass(frozen=True)
class GroupBooked:
    """When each session begins, and how many come to each."""

    starts_at: tuple[datetime, ...]
    members: int


@action(Permission.BOOK_APPOINTMENT, on=PatientGroup, refuses={"double_booking": SlotTaken, **ROOMS})
def book_group(
    work: Work, group: PatientGroup, *, clinician_id: str, type_id: str, location_id: str, first_on: date, at: time,
    rule: str = "", without: Collection[date] = (), beside_ids: Sequence[str] = (),
    room_id: str = "",
) -> GroupBooked:  # fmt: skip
    """Hold the time of everybody who leads it, and expect everybody who belongs to it.

    rule: RFC 5545, with an end; "" is one session. Days, times and zone are the practice's.
    beside_ids: the clinicians who lead it beside the first; their time is held as well.

    Raises:
        TooFew: somebody is missing. SeriesClashes: one of those who lead has somebody else on the days it names.
        GroupWrong: the leaders. RuleWrong, SlotTaken, InThePast, TooFarAhead, TypeRetired, ClinicianGone, NotFound.
        RoomTaken, RoomElsewhere. RoomTooSmall: more belong to it than the room has seats.
        NotOnCareTeam: who leads it is not, and the actor may not assign care teams.
    """
    offered = work.get(AppointmentType, type_id)
    if not offered.is_active:
        raise TypeRetired
    who = members(work, group)
    check_enough(group.kind, who)
    wanted = wanted_of(work, rule or ONCE, first_on, at, offered.minutes, without)
    location = place_in_use(work, location_id)
    room = checked_room(work, room_id, location.id, len(who))
    leaders = _locked(work, (clinician_id, *check_leaders(clinician_id, beside_ids)))
    for leader_id in leaders:
        _lead(work, leader_id, wanted, offered.minutes, room)
        for patient_id in who:
            join_care_team(work, work.get(Patient, patient_id), leader_id)
    series = new_series(work, rule, first_on, at, group_id=group.id) if rule else None
    for one, span in zip(wanted.days, wanted.spans, strict=True):
        session_id = _session(work, group, span, leaders, (offered.id, location.id, room))
        for patient_id in who:
            attend(work, session_id, patient_id)
        if series:
            work.add(SeriesPlace(appointment_id=session_id, series_id=series.id, series_on=one.on))
    work.flush()
    work.record(AuditEvent.GROUP_BOOKED, clinician_id=clinician_id, sessions=len(wanted.days), leaders=len(leaders))
    return GroupBooked(tuple(span.starts_at for span in wanted.spans), len(who))


def _locked(work: Work, staff_ids: tuple[str, ...]) -> tuple[str, ...]:
    """The leaders, until this ends: two who book them the other way round would wait for each other on PostgreSQL."""
    rows = select(Staff.id).where(Staff.id.in_(staff_ids)).order_by(Staff.id)
    work.scalars(rows.with_for_update(key_share=True)).all()
    return staff_ids


def _lead(work: Work, staff_id: str, wanted: Wanted, minutes: int, room: str | None) -> None:
    leader = work.get(Staff, staff_id)
    for one in wanted.days:
        check_practising(leader, one.on)
    if taken := days_taken(work, leader.id, wanted, minutes, room):
        raise SeriesClashes(taken)


def _session(
    work: Work, group: PatientGroup, span: Span, leader_ids: Sequence[str], where: tuple[str, str, str | None]
) -> str:
    first, *beside = leader_ids
    type_id, location_id, room = where
    session = hold(
        work, span, clinician_id=first, type_id=type_id, location_id=location_id, group_id=group.id, room_id=room
    )
    for one in beside:
        hold(
            work, span, clinician_id=one, type_id=type_id, location_id=location_id, group_id=group.id,
            beside_id=session.id,
        )  # fmt: skip
    return session.id
