"""Book appointments that repeat, for one patient: all of them, or none."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.time import Span
from workbench.people.care_team import join_care_team
from workbench.people.rules import check_practising
from workbench.people.tables import Location, Patient, Staff
from workbench.scheduling.holding import hold
from workbench.scheduling.recurrence import Occurrence, RuleWrong, clashes, occurrences
from workbench.scheduling.rules import SeriesClashes, SlotTaken, TypeRetired, booking
from workbench.scheduling.series import taken_times
from workbench.scheduling.tables import AppointmentSeries, AppointmentType, SeriesPlace


@dataclass(frozen=True)
class SeriesBooked:
    """The new series: when each appointment begins, and whether the clinician may open the chart because of it."""

    series_id: str
    starts_at: tuple[datetime, ...]
    joined_care_team: bool


@action(Permission.BOOK_APPOINTMENT, on=Patient, refuses={"double_booking": SlotTaken})
def book_series(
    work: Work, patient: Patient, *, clinician_id: str, type_id: str, location_id: str, first_on: date, at: time,
    rule: str, without: Collection[date] = (),
) -> SeriesBooked:  # fmt: skip
    """Hold the clinician's time on every day of the rule but those in `without`, at the same time on the wall.

    rule: RFC 5545, with an end. Days, times and zone are the practice's.

    Raises:
        SeriesClashes: some of the times are taken; it names their days. RuleWrong: the rule, or nothing is left of it.
        SlotTaken, InThePast, TooFarAhead, TypeRetired, ClinicianGone, NotFound, NotOnCareTeam: as for one appointment.
    """
    offered = work.get(AppointmentType, type_id)
    if not offered.is_active:
        raise TypeRetired
    wanted = tuple(one for one in occurrences(rule, first_on, at, work.zone) if one.on not in without)
    if not wanted:
        raise RuleWrong("Nothing is left of this series. Keep at least one of its days.")
    spans = [booking(one.starts_at, offered.minutes, work.now) for one in wanted]
    clinician, location = work.get(Staff, clinician_id), work.get(Location, location_id)
    _check_free(work, clinician, wanted, offered.minutes, Span(spans[0].starts_at, spans[-1].ends_at))
    joined = join_care_team(work, patient, clinician.id)
    series = AppointmentSeries(
        patient_id=patient.id, rule=rule, first_on=first_on, minute_of_day=at.hour * 60 + at.minute,
        zone=work.zone.key, booked_at=work.now,
    )  # fmt: skip
    work.add(series)
    work.flush()
    for one, span in zip(wanted, spans, strict=True):
        appointment, _ = hold(
            work, span, patient_id=patient.id, clinician_id=clinician.id, type_id=offered.id, location_id=location.id
        )
        work.add(SeriesPlace(appointment_id=appointment.id, series_id=series.id, series_on=one.on))
    work.record(
        AuditEvent.SERIES_BOOKED, subject=series, patient_id=patient.id, clinician_id=clinician.id,
        appointments=len(wanted),
    )  # fmt: skip
    return SeriesBooked(series.id, tuple(span.starts_at for span in spans), joined)


def _check_free(work: Work, clinician: Staff, wanted: tuple[Occurrence, ...], minutes: int, over: Span) -> None:
    for one in wanted:
        check_practising(clinician, one.on)
    met = clashes(wanted, minutes, taken_times(work, clinician.id, over))
    if met:
        raise SeriesClashes(tuple(one.on for one in met))
