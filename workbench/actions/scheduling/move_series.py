"""Move what is still to come of a series, from one of its days on: another weekday, time, clinician or place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.time import Span
from workbench.people.care_team import join_care_team
from workbench.people.places import place_in_use
from workbench.people.rules import check_practising
from workbench.people.tables import Patient, Staff
from workbench.scheduling.moves import Elsewhere, put_elsewhere
from workbench.scheduling.recurrence import Occurrence, clashes, occurrence
from workbench.scheduling.rooms import REFUSES as ROOMS
from workbench.scheduling.rules import SeriesClashes, SlotTaken, booking
from workbench.scheduling.series import rest_of, taken_times
from workbench.scheduling.tables import Appointment, AppointmentSeries


@dataclass(frozen=True)
class SeriesMoved:
    """When each of them begins now."""

    starts_at: tuple[datetime, ...]


@action(Permission.MOVE_APPOINTMENT, on=AppointmentSeries, refuses={"double_booking": SlotTaken, **ROOMS})
def move_series(
    work: Work, series: AppointmentSeries, *, from_on: date, days: int, at: time, clinician_id: str = "",
    location_id: str = "", shown: Sequence[datetime] | None = None,
) -> SeriesMoved:  # fmt: skip
    """Put each that still waits, from the one that the series gave `from_on`, `days` later (or earlier) and to `at`.

    One that was moved by itself before comes back to the series: `days` counts from the day that the series gave it.
    shown: when each of them begins, as the person was shown before; where it is otherwise by now, nothing moves.

    Raises:
        SeriesClashes: some of the new times are taken; it names their days. NothingToCome, StalePage: see `rest_of`.
        SlotTaken, InThePast, TooFarAhead, ClinicianGone, NotFound, NotOnCareTeam: as for one appointment.
    """
    waiting = rest_of(work, series.id, from_on, shown)
    appointments = [one.appointment for one in waiting]
    wanted = tuple(occurrence(one.on + timedelta(days=days), at, work.zone) for one in waiting)
    clinician = work.get(Staff, clinician_id or appointments[0].clinician_id)
    location = place_in_use(work, location_id or appointments[0].location_id)
    spans = _checked(work, wanted, appointments, clinician)
    for patient_id in sorted({attendance.patient_id for one in waiting for attendance in one.attendances}):
        join_care_team(work, work.get(Patient, patient_id), clinician.id)
    put_elsewhere(
        work,
        [Elsewhere(one, span, clinician.id, location.id) for one, span in zip(appointments, spans, strict=True)],
    )
    work.record(AuditEvent.SERIES_MOVED, from_on=from_on.isoformat(), appointments=len(waiting), days=days)
    return SeriesMoved(tuple(span.starts_at for span in spans))


def _checked(
    work: Work, wanted: tuple[Occurrence, ...], appointments: Sequence[Appointment], clinician: Staff
) -> list[Span]:
    minutes = [int((one.ends_at - one.starts_at).total_seconds() // 60) for one in appointments]
    spans = [booking(one.starts_at, length, work.now) for one, length in zip(wanted, minutes, strict=True)]
    for one in wanted:
        check_practising(clinician, one.on)
    over = Span(min(span.starts_at for span in spans), max(span.ends_at for span in spans))
    own = {Span(one.starts_at, one.ends_at) for one in appointments if one.clinician_id == clinician.id}
    taken = tuple(span for span in taken_times(work, clinician.id, over) if span not in own)
    met = clashes(wanted, max(minutes), taken)
    if met:
        raise SeriesClashes(tuple(one.on for one in met))
    return spans
