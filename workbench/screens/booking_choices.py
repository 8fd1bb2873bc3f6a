"""What a booking chooses from: clinicians, types and places. Nobody's health data."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from workbench.billing.missed import all_terms, service_terms
from workbench.billing.missed_rules import MissedKind, ServiceTerms, Session, Terms, fee_of
from workbench.claims.tables import Payer
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.money import Cents
from workbench.people.names import staff_named
from workbench.people.profile_rules import LANGUAGES
from workbench.people.profiles import last_profiles
from workbench.people.tables import Location, Staff
from workbench.scheduling.room_tables import Room
from workbench.scheduling.tables import AppointmentType


@dataclass(frozen=True)
class TypeChoice:
    """A type of appointment and how long it takes."""

    type_id: str
    name: str
    minutes: int


@dataclass(frozen=True)
class RoomChoice:
    """A room and the place it is in."""

    room_id: str
    name: str
    location_id: str


@dataclass(frozen=True)
class Missing:
    """What whoever books is told of missing it. asked_at: by what was said until then."""

    asked_at: datetime
    terms: tuple[Terms, ...]
    services: tuple[ServiceTerms, ...]

    @property
    def notice_hours(self) -> int:
        """So long before it is cancelled in time."""
        return self.terms[0].notice_hours

    def costs(self, type_id: str, on: date) -> tuple[Cents, Cents]:
        """To cancel such an appointment of that day late, and not to come to it."""
        session = Session(type_id, self.asked_at, on)
        late, no_show = (fee_of(kind, session, self.terms, self.services) for kind in MissedKind)
        return late, no_show


@dataclass(frozen=True)
class BookingChoices:
    """Each in the order people read them; clinicians, places, payers and languages as (id, name).

    payers, languages: those that clinicians who work here are said to take and to speak. missing: None without terms.
    """

    clinicians: tuple[tuple[str, str], ...]
    types: tuple[TypeChoice, ...]
    locations: tuple[tuple[str, str], ...]
    payers: tuple[tuple[str, str], ...] = ()
    languages: tuple[tuple[str, str], ...] = ()
    rooms: tuple[RoomChoice, ...] = ()
    missing: Missing | None = None

    def rooms_at(self, location_id: str) -> tuple[tuple[str, str], ...]:
        """Id and name of the rooms of a place."""
        return tuple((one.room_id, one.name) for one in self.rooms if one.location_id == location_id)


@view(Permission.BOOK_APPOINTMENT, shows=AuditEvent.SCHEDULE_SEEN)
def booking_choices(look: Look) -> BookingChoices:
    """Clinicians who work here today, types on offer, places."""
    working = select(Staff.id).where(
        Staff.is_clinician.is_(True),
        Staff.started_on <= look.today,
        or_(Staff.ended_on.is_(None), Staff.ended_on > look.today),
    )
    names = {staff_id: details.shown_name for staff_id, details in staff_named(look, look.scalars(working)).items()}
    said = [one.profile() for one in last_profiles(look, names).values()]
    types = look.scalars(
        select(AppointmentType).where(AppointmentType.is_active.is_(True)).order_by(AppointmentType.name)
    )
    locations = look.scalars(
        select(Location).where(Location.retired_at.is_(None)).order_by(Location.is_telehealth, Location.name)
    )
    return BookingChoices(
        tuple(sorted(names.items(), key=lambda item: (item[1].casefold(), item[0]))),
        tuple(TypeChoice(offered.id, offered.name, offered.minutes) for offered in types),
        tuple((location.id, location.name) for location in locations),
        tuple(one for one in payers_of(look) if any(one[0] in profile.payer_ids for profile in said)),
        tuple((code, LANGUAGES[code]) for code in LANGUAGES if any(code in profile.languages for profile in said)),
        tuple(RoomChoice(room.id, room.name, room.location_id) for room in look.scalars(
            select(Room).where(Room.retired_at.is_(None)).order_by(Room.location_id, Room.name)
        )),
        Missing(look.now, terms, service_terms(look)) if (terms := all_terms(look)) else None,
    )  # fmt: skip


def payers_of(look: Look) -> tuple[tuple[str, str], ...]:
    """The payers the practice bills, by name."""
    rows = look.execute(select(Payer.id, Payer.name).where(Payer.is_active.is_(True)).order_by(Payer.name))
    return tuple((payer_id, name) for payer_id, name in rows)
