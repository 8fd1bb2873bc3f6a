"""What people in care may choose by themselves: services the practice opens to them, and the free times of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from operator import itemgetter
from typing import Final

from sqlalchemy import func, or_, select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.relations import CareTeamMember
from workbench.gate.view import Look, view
from workbench.kernel.time import day_of
from workbench.people.names import staff_named
from workbench.people.rules import practises
from workbench.people.tables import Location, Patient
from workbench.scheduling.own_bookings import how_many_open, is_movable, is_returning, open_types, rules_of
from workbench.scheduling.self_booking import How, Rule, opens_to
from workbench.scheduling.tables import Appointment, Attendance
from workbench.scheduling.waitlist import Place, Wish
from workbench.screens.open_slots import OpenSlot, Wanted, clinicians, free_times, placed, spread
from workbench.screens.sought import sought_of

__all__ = ["OwnService", "OwnSlot", "OwnSlots", "Place", "own_move_times", "own_services", "own_slots"]

MOST: Final = 40
APART: Final = timedelta(minutes=30)
"""Between two times of one clinician that are shown: enough to choose from, and no wall of quarters of an hour."""


@dataclass(frozen=True)
class OwnService:
    """A kind of appointment that is open to them. is_full: as many as the rule allows are to come already.

    is_instant: booked at once; else the practice answers. clinicians: id and name of whom they may choose.
    """

    type_id: str
    name: str
    minutes: int
    is_instant: bool
    is_full: bool
    clinicians: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OwnSlot:
    """One free time."""

    clinician_id: str
    clinician: str
    location_id: str
    place: str
    is_video: bool
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class OwnSlots:
    """The first free times, by time. later_on: the day to go on from, None where these are all."""

    slots: tuple[OwnSlot, ...] = ()
    later_on: date | None = None

    def chosen(self, starts_at: datetime, clinician_id: str, location_id: str) -> OwnSlot | None:
        """The one that was pressed, if it is still free."""
        wanted = (starts_at, clinician_id, location_id)
        found = (one for one in self.slots if (one.starts_at, one.clinician_id, one.location_id) == wanted)
        return next(found, None)


@view(Permission.BOOK_OWN_TIME, shows=AuditEvent.OWN_TIMES_SEEN, on=Patient)
def own_services(look: Look, patient: Patient) -> tuple[OwnService, ...]:
    """Those that are open to them, by name; one that nobody may be chosen for is left out."""
    look.shown(patient.id)
    return tuple(service for service, _ in _services(look, patient.id))


@view(Permission.BOOK_OWN_TIME, shows=AuditEvent.OWN_TIMES_SEEN, on=Patient)
def own_slots(
    look: Look, patient: Patient, *, type_id: str, place: str, clinician_id: str = "", from_on: date | None = None,
    exactly_at: datetime | None = None,
) -> OwnSlots:  # fmt: skip
    """Free times of a service from a day on. exactly_at: only those that begin then, however near to another.

    place: one of `Place`; what is none is anywhere.
    """
    look.shown(patient.id)
    found = {service.type_id: (service, rule) for service, rule in _services(look, patient.id)}
    if type_id not in found:
        return OwnSlots()
    service, rule = found[type_id]
    names = {key: name for key, name in service.clinicians if clinician_id in ("", key)}
    return _free(look, patient, rule, names, service.minutes, place=place, from_on=from_on, exactly_at=exactly_at)


@view(Permission.MOVE_OWN_APPOINTMENT, shows=AuditEvent.OWN_TIMES_SEEN, on=Attendance)
def own_move_times(
    look: Look, attendance: Attendance, *, place: str = Place.ANY, from_on: date | None = None,
    exactly_at: datetime | None = None,
) -> OwnSlots:  # fmt: skip
    """Other times of the same clinician for the same length; none where it may not be moved."""
    look.shown(attendance.patient_id)
    appointment, patient = look.get(Appointment, attendance.appointment_id), look.get(Patient, attendance.patient_id)
    _, rule = rules_of(look, [appointment.type_id]).get(appointment.type_id, ("", Rule()))
    if attendance.id not in movable(look, [(attendance, appointment)]):
        return OwnSlots()
    names = {key: one.shown_name for key, one in staff_named(look, [appointment.clinician_id]).items()}
    minutes = (appointment.ends_at - appointment.starts_at) // timedelta(minutes=1)
    return _free(
        look, patient, rule, names, minutes, place=place, from_on=from_on, exactly_at=exactly_at,
        moving_id=appointment.id,
    )  # fmt: skip


def movable(look: Look, theirs: Iterable[tuple[Attendance, Appointment]]) -> frozenset[str]:
    """The ids of those attendances that the person may move by themselves."""
    rows = list(theirs)
    rules = rules_of(look, {appointment.type_id for _, appointment in rows})
    several = (
        select(Attendance.appointment_id)
        .where(Attendance.appointment_id.in_([appointment.id for _, appointment in rows]))
        .group_by(Attendance.appointment_id)
        .having(func.count() > 1)
    )
    shared = set(look.scalars(several))
    return frozenset(
        attendance.id
        for attendance, appointment in rows
        if appointment.id not in shared
        and is_movable(rules.get(appointment.type_id, ("", Rule()))[1], appointment, attendance.status, look.now)
    )


def _services(look: Look, patient_id: str) -> list[tuple[OwnService, Rule]]:
    types = open_types(look)
    rules, returning = rules_of(look, [one.id for one in types]), is_returning(look, patient_id)
    seeing = [one for one in clinicians(look) if practises(one, look.today)]
    names = staff_named(look, [one.id for one in seeing])
    team = frozenset(look.scalars(select(CareTeamMember.staff_id).where(
        CareTeamMember.patient_id == patient_id, CareTeamMember.from_on <= look.today,
        or_(CareTeamMember.until_on.is_(None), CareTeamMember.until_on > look.today),
    )))  # fmt: skip
    found = []
    for offered in types:
        _, rule = rules.get(offered.id, ("", Rule()))
        who = tuple(sorted(
            ((one.id, names[one.id].shown_name) for one in seeing if rule.sees(one.id, team)), key=itemgetter(1)
        ))  # fmt: skip
        if who and opens_to(rule, is_returning=returning):
            is_full = how_many_open(look, patient_id, offered.id) >= rule.most_open
            is_instant = rule.how is How.INSTANT
            found.append((OwnService(offered.id, offered.name, offered.minutes, is_instant, is_full, who), rule))
    return found


def _free(
    look: Look, patient: Patient, rule: Rule, names: Mapping[str, str], minutes: int, *, place: str,
    from_on: date | None, exactly_at: datetime | None, moving_id: str = "",
) -> OwnSlots:  # fmt: skip
    where = Place(place) if place in tuple(Place) else Place.ANY
    last = day_of(look.now + timedelta(days=rule.ahead_days), look.zone) + timedelta(days=1)
    first = min(max(from_on or look.today, look.today), last)
    if exactly_at is not None:
        first = day_of(exactly_at, look.zone)
        last = first + timedelta(days=1)
    wanted = Wanted(minutes, wish=Wish(place=where), sought=sought_of(look, {patient.id: patient.details})[patient.id])
    people = [one for one in clinicians(look) if one.id in names]
    free = placed(look, free_times(look, people, first, last, wanted, moving_id=moving_id), where)
    free = (one for one in free if rule.within_notice(one.starts_at, look.now))
    free = spread(free, APART) if exactly_at is None else (one for one in free if one.starts_at == exactly_at)
    found = list(islice(free, MOST + 1))
    places = {one.id: one for one in look.scalars(select(Location))}
    shown = tuple(_slot(one, names[one.clinician_id], places[one.location_id]) for one in found)
    if len(shown) <= MOST:
        return OwnSlots(shown)
    # The day on which the list would be cut off is shown whole on the next page.
    cut = day_of(shown[MOST].starts_at, look.zone)
    whole = tuple(one for one in shown if day_of(one.starts_at, look.zone) < cut)
    return OwnSlots(whole or shown[:MOST], cut if whole else cut + timedelta(days=1))


def _slot(one: OpenSlot, clinician: str, place: Location) -> OwnSlot:
    return OwnSlot(
        one.clinician_id, clinician, place.id, place.name, place.is_telehealth, one.starts_at, one.ends_at
    )  # fmt: skip
