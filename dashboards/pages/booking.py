"""Booking and moving in a dialog, on every page that offers it: whom, what, with whom, where, when."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from dashboards.pages.booking_words import missing_said
from dashboards.pages.schedule_calls import ScheduleCalls
from dashboards.parts.dialogs import flyout
from dashboards.parts.html import clock, day, render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done, Refused, Reply
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.kernel.time import instant_of
from workbench.screens.booking_choices import BookingChoices, TypeChoice
from workbench.screens.patient_search import PatientHit


class Visit(Protocol):
    """What the dialogs know of an appointment: the rows of `calendar` and `patient_file` both are such."""

    @property
    def attendance_id(self) -> str: ...
    @property
    def appointment_id(self) -> str: ...
    @property
    def clinician_id(self) -> str: ...
    @property
    def location_id(self) -> str: ...
    @property
    def room_id(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def appointment_version(self) -> int: ...


@dataclass
class Chosen:
    """What the open dialog holds so far. `visit` is the appointment to be moved, None for a new one.

    at: the time of the clock that was pressed in the calendar, `HH:MM`; is_placed: clinician and place were, too.
    group_id: a couple, a family or a group is booked, and `patient_name` is what it is called.
    """

    on: date
    patient_id: str = ""
    patient_name: str = ""
    is_fixed: bool = False
    is_placed: bool = False
    group_id: str = ""
    at: str = ""
    query: str = ""
    hits: tuple[PatientHit, ...] = ()
    type_id: str = ""
    clinician_id: str = ""
    location_id: str = ""
    room_id: str = ""
    visit: Visit | None = None
    repeat: str = ""
    count: str = "10"
    times: tuple[tuple[str, str], ...] = field(default=())


class BookingPage(Page):
    """A page from which appointments are booked and moved."""

    needs = Permission.SEE_SCHEDULE
    beside: tuple[str, ...] = ()

    def __init__(
        self, *, calls: ScheduleCalls, zone: ZoneInfo, clock: Callable[[], datetime], patient_word: str, base: str
    ) -> None:
        self.calls, self.zone, self.clock, self.patient_word, self.base = calls, zone, clock, patient_word, base
        self.chosen = Chosen(self.today)
        self._choices: BookingChoices | None = None

    @property
    def today(self) -> date:
        """The practice's day."""
        return self.clock().astimezone(self.zone).date()

    @property
    def choices(self) -> BookingChoices:
        """What a booking chooses from; asked once a page."""
        if self._choices is None:
            self._choices = self.calls.booking_choices()
        return self._choices

    def open_booking(self, chosen: Chosen) -> Ask:
        """Begin a booking with what is known already."""
        self.chosen = chosen
        if chosen.patient_id:
            self._as_usual(chosen)
        chosen.type_id = chosen.type_id or next((one.type_id for one in self.choices.types), "")
        chosen.clinician_id = chosen.clinician_id or next((key for key, _ in self.choices.clinicians), "")
        chosen.location_id = chosen.location_id or next((key for key, _ in self.choices.locations), "")
        return self.ask()

    def _as_usual(self, chosen: Chosen) -> None:
        usual = self.calls.usual_booking(chosen.patient_id)
        if usual.type_id in {one.type_id for one in self.choices.types}:
            chosen.type_id = usual.type_id
        if chosen.is_placed:
            return
        if usual.clinician_id in dict(self.choices.clinicians):
            chosen.clinician_id = usual.clinician_id
        if usual.location_id in dict(self.choices.locations):
            chosen.location_id = usual.location_id
        if usual.room_id in dict(self.choices.rooms_at(chosen.location_id)):
            chosen.room_id = usual.room_id

    def open_move(self, visit: Visit, patient_name: str) -> Ask:
        """Begin to move an appointment; it opens on its own day."""
        local = visit.starts_at.astimezone(self.zone).date()
        self.chosen = Chosen(
            max(local, self.today),
            patient_name=patient_name,
            clinician_id=visit.clinician_id,
            location_id=visit.location_id,
            room_id=visit.room_id,
            visit=visit,
        )
        return self.ask()

    def do_book_search(self, message: Message) -> Reply:
        """People to choose from."""
        self.chosen.query = message.text("q")
        self.chosen.hits = self.calls.search_patients(query=self.chosen.query) if len(self.chosen.query) > 1 else ()
        return self.ask()

    def do_book_pick(self, message: Message) -> Reply:
        """This is the one; without an id, somebody else is."""
        hit = next((hit for hit in self.chosen.hits if hit.patient_id == message.text("id")), None)
        self.chosen.patient_id, self.chosen.patient_name = (hit.patient_id, hit.name) if hit else ("", "")
        if hit:
            self._as_usual(self.chosen)
        return self.ask()

    def do_book_change(self, message: Message) -> Reply:
        """Another type, clinician, place or day: other times are open."""
        chosen = self.chosen
        chosen.type_id = message.text("type_id", chosen.type_id)
        chosen.clinician_id = message.text("clinician_id", chosen.clinician_id)
        chosen.location_id = message.text("location_id", chosen.location_id)
        if "room_id" in message.values:
            chosen.room_id = message.text("room_id")
        if chosen.room_id not in dict(self.choices.rooms_at(chosen.location_id)):
            chosen.room_id = ""
        chosen.repeat = message.text("repeat", chosen.repeat)
        chosen.count = message.text("count", chosen.count)
        if message.text("on"):
            chosen.on = message.day("on")
        return self.ask()

    def do_book_next(self, message: Message) -> Reply:
        """The next day on which the clinician has an open time."""
        del message
        after = self.chosen.on + timedelta(days=1)
        found = self._open(after, after + timedelta(days=60), most=1)
        if not found:
            return Refused("This clinician has no open time in the next two months.")
        self.chosen.on = found[0].starts_at.astimezone(self.zone).date()
        return self.ask()

    def do_book(self, message: Message) -> Reply:
        """Book it."""
        if not self.chosen.patient_id:
            return Refused(f"Choose the {self.patient_word} first.")
        starts_at = self.starts_at(message)
        return self._told(
            lambda: self.calls.book_appointment(
                self.chosen.patient_id,
                clinician_id=message.required("clinician_id"),
                type_id=message.required("type_id"),
                location_id=message.required("location_id"),
                starts_at=starts_at,
                overlap_because=message.text("because"),
                room_id=message.text("room_id"),
                idempotency_key=message.key,
            ),
            f"Booked for {day(starts_at, self.zone)}, {clock(starts_at, self.zone)}",
        )

    def do_move(self, message: Message) -> Reply:
        """Move it."""
        visit, starts_at = self.chosen.visit, self.starts_at(message)
        if visit is None:
            return Refused("Please open the appointment again.")
        return self._told(
            lambda: self.calls.move_appointment(
                visit.appointment_id,
                starts_at=starts_at,
                clinician_id=message.required("clinician_id"),
                location_id=message.required("location_id"),
                overlap_because=message.text("because"),
                room_id=message.text("room_id"),
                expected_version=visit.appointment_version,
                idempotency_key=message.key,
            ),
            f"Moved to {day(starts_at, self.zone)}, {clock(starts_at, self.zone)}",
        )

    def _told(self, call: Callable[[], object], toast: str) -> Reply:
        """A refusal stands beside the time that was chosen; a stale page is drawn anew and says so."""
        try:
            done = call()
        except WorkbenchError as refusal:
            return self.refused(refusal, "at")
        lacks = getattr(done, "lacks_consent", False)
        return Done(
            f"{toast}. No consent to telehealth is on file." if lacks else toast, tone="warn" if lacks else "good"
        )

    def refused(self, refusal: WorkbenchError, field_name: str) -> Reply:
        """How a refusal is told.

        Raises:
            FieldProblem: it is one already.
        """
        if isinstance(refusal, FieldProblem):
            raise refusal
        if isinstance(refusal, StalePage):
            return Done(sentence(refusal), tone="warn")
        return Refused(sentence(refusal), {field_name: sentence(refusal)})

    def repeats(self) -> tuple[tuple[str, str], ...]:
        """How often an appointment from the chosen day may repeat; nothing where pages book no series."""
        return ()

    def starts_at(self, message: Message) -> datetime:
        """The instant that was chosen from the list or typed.

        Raises:
            FieldProblem: none was, or the clock never shows it.
        """
        name = "other" if message.text("other") else "at"
        if not message.text(name):
            raise FieldProblem("at", "Choose a time, or type another one.")
        wall = datetime.combine(message.day("on"), message.time(name))
        try:
            return instant_of(wall, self.zone)
        except WorkbenchError as refusal:
            raise FieldProblem(name, sentence(refusal)) from refusal

    def minutes(self) -> int:
        """How long the appointment takes."""
        if visit := self.chosen.visit:
            return (visit.ends_at - visit.starts_at) // timedelta(minutes=1)
        return next((one.minutes for one in self.choices.types if one.type_id == self.chosen.type_id), 50)

    def _open(self, from_on: date, until_on: date, most: int = 60) -> Any:
        return self.calls.open_slots(
            from_on=from_on,
            until_on=until_on,
            minutes=self.minutes(),
            clinician_id=self.chosen.clinician_id,
            moving_id=self.chosen.visit.appointment_id if self.chosen.visit else "",
            room_id=self.chosen.room_id,
            most=most,
        )

    def ask(self) -> Ask:
        """The dialog, with what is known so far."""
        chosen = self.chosen
        starts = [one.starts_at for one in self._open(chosen.on, chosen.on + timedelta(days=1))]
        chosen.times = tuple((f"{one.astimezone(self.zone):%H:%M}", clock(one, self.zone)) for one in starts)
        html = render(
            "pages/booking.html",
            chosen=chosen,
            choices=self.choices,
            types=[(one.type_id, _with_minutes(one)) for one in self.choices.types],
            minutes=self.minutes(),
            repeats=self.repeats(),
            today=self.today,
            zone=self.zone,
            word=self.patient_word,
            base=self.base,
            beside=self.beside,
            missing="" if chosen.visit else missing_said(self.choices.missing, chosen.type_id, chosen.on),
        )
        return flyout("Move appointment" if chosen.visit else "Book an appointment", html)


def _with_minutes(offered: TypeChoice) -> str:
    return f"{offered.name} · {offered.minutes} min"
