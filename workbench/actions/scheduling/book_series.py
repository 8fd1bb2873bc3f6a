"""Book appointments that repeat, for one patient: all of them, or none."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.care_team import join_care_team
from workbench.people.places import place_in_use
from workbench.people.rules import check_practising
from workbench.people.tables import Patient, Staff
from workbench.scheduling.holding import attend, hold
from workbench.scheduling.rooms import REFUSES as ROOMS
from workbench.scheduling.rooms import checked_room
from workbench.scheduling.rules import SeriesClashes, SlotTaken, TypeRetired
from workbench.scheduling.series import days_taken, new_series, wanted_of
from workbench.scheduling.tables import AppointmentType, SeriesPlace


@dataclass(frozen=True)
class SeriesBooked:
    """The new series: when each appointment begins, and whether the clinician may open the chart because of it."""

    series_id: str
    starts_at: tuple[datetime, ...]
    joined_care_team: bool


@action(Permission.BOOK_APPOINTMENT, on=Patient, refuses={"double_booking": SlotTaken, **ROOMS})
def book_series(
    work: Work, patient: Patient, *, clinician_id: str, type_id: str, location_id: str, first_on: date, at: time,
    rule: str, without: Collection[date] = (), room_id: str = "",
) -> SeriesBooked:  # fmt: skip
    """Hold the clinician's time on every day of the rule but those in `without`, at the same time on the wall.

    rule: RFC 5545, with an end. Days, times and zone are the practice's.

    Raises:
        SeriesClashes: some of the times are taken; it names their days. RuleWrong: the rule, or nothing is left of it.
        RoomTaken, RoomElsewhere, SlotTaken, InThePast, TooFarAhead, TypeRetired, ClinicianGone, NotFound,
        NotOnCareTeam: as for one appointment.
    """
    offered = work.get(AppointmentType, type_id)
    if not offered.is_active:
        raise TypeRetired
    wanted = wanted_of(work, rule, first_on, at, offered.minutes, without)
    clinician, location = work.get(Staff, clinician_id), place_in_use(work, location_id)
    room = checked_room(work, room_id, location.id)
    for one in wanted.days:
        check_practising(clinician, one.on)
    if taken := days_taken(work, clinician.id, wanted, offered.minutes, room):
        raise SeriesClashes(taken)
    joined = join_care_team(work, patient, clinician.id)
    series = new_series(work, rule, first_on, at, patient_id=patient.id)
    for one, span in zip(wanted.days, wanted.spans, strict=True):
        appointment = hold(
            work, span, clinician_id=clinician.id, type_id=offered.id, location_id=location.id, room_id=room
        )
        attend(work, appointment.id, patient.id)
        work.add(SeriesPlace(appointment_id=appointment.id, series_id=series.id, series_on=one.on))
    work.record(
        AuditEvent.SERIES_BOOKED, subject=series, patient_id=patient.id, clinician_id=clinician.id,
        appointments=len(wanted.days),
    )  # fmt: skip
    return SeriesBooked(series.id, tuple(span.starts_at for span in wanted.spans), joined)
