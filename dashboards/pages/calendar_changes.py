"""What is done to the calendar by hand: let go elsewhere, made longer, pressed where it is free, taken back."""

from dataclasses import dataclass
from datetime import date, datetime, time

from dashboards.pages.booking import Chosen
from dashboards.pages.calendar_blocks import BESIDE
from dashboards.pages.finding import FindingPage
from dashboards.parts.dialogs import flyout
from dashboards.parts.html import clock, day, render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.replies import Done, Refused, Reply
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.kernel.time import instant_of
from workbench.screens.calendar import Calendar, CalendarRow
from workbench.screens.series_of import SeriesOf
from workbench.screens.undoable import Undoable

MOST_ROWS = 24 * 12
"""Rows of five minutes in a day."""
DID = {"undo_move": "Moved", "undo_cancellation": "Cancelled", "undo_booking": "Booked"}


@dataclass(frozen=True)
class Place:
    """Where something was let go: a day and time of the clock, whose column, for how long (0: as before)."""

    on: date
    at: time
    clinician_id: str = ""
    location_id: str = ""
    minutes: int = 0
    room_id: str | None = None


@dataclass(frozen=True)
class Dropped:
    """One of a series that was let go elsewhere, until somebody says whether the rest goes along."""

    row: CalendarRow
    place: Place
    series: SeriesOf


class CalendarChanges(FindingPage):
    """The part of the calendar that is moved with the hand. The server works out what a column and a row mean."""

    found: Calendar
    sight: str
    who: str
    on: date
    dropped: Dropped | None = None

    def row(self, attendance_id: str) -> CalendarRow | None:
        """The appointment of this attendance among what is shown."""
        wanted = attendance_id.partition(BESIDE)[0]
        return next((row for row in self.found.rows if row.attendance_id == wanted), None)

    def whose(self) -> str:
        """The clinician whose week is shown: the one chosen, or the only one there is to see; "" is everybody."""
        only = self.found.clinicians[0][0] if len(self.found.clinicians) == 1 else ""
        return self.who or only

    def do_drop(self, message: Message) -> Reply:
        """An appointment was let go at a column and a row, or its end was pulled."""
        row = self.row(message.text("id"))
        if row is None:
            return Done("This appointment is no longer on the page.", tone="warn")
        place = self.place(message)
        if row.repeats and not place.minutes:
            series = self.calls.series_of(row.appointment_id)
            if len(series.rest) > 1:
                self.dropped = Dropped(row, place, series)
                return self._ask_how_many()
        return self._move(row, place)

    def do_drop_one(self, message: Message) -> Reply:
        """Only this one of the series."""
        if self.dropped is None:
            return Refused("Please move the appointment again.")
        return self._move(self.dropped.row, self.dropped.place, message.key)

    def do_drop_rest(self, message: Message) -> Reply:
        """This one and all that come after it."""
        dropped = self.dropped
        if dropped is None:
            return Refused("Please move the appointment again.")
        place, row, series = dropped.place, dropped.row, dropped.series
        return self._changed(
            lambda: self.calls.move_series(
                series.series_id, from_on=series.on, days=(place.on - series.on).days, at=place.at,
                clinician_id=place.clinician_id or row.clinician_id, location_id=place.location_id or row.location_id,
                shown=series.rest, idempotency_key=message.key,
            ),
            f"{len(series.rest)} appointments moved",
        )  # fmt: skip

    def do_create(self, message: Message) -> Reply:
        """Free time was pressed, or drawn over for as long as it shall take: book there."""
        place = self.place(message)
        if self._instant(place) <= self.clock():
            return Refused("This time has passed. Please choose a time still to come.")
        type_id = ""
        if place.minutes:
            near = min(self.choices.types, key=lambda one: abs(one.minutes - place.minutes), default=None)
            type_id = near.type_id if near else ""
        chosen = Chosen(
            place.on, at=f"{place.at:%H:%M}", is_placed=bool(place.clinician_id), type_id=type_id,
            clinician_id=place.clinician_id, location_id=place.location_id, room_id=place.room_id or "",
        )  # fmt: skip
        return self.open_booking(chosen)

    def places(self) -> tuple[tuple[str, str], ...]:
        """The columns of the view by room: the rooms of each place, then the place itself for who has no room there."""
        found: list[tuple[str, str]] = []
        for key, name in self.choices.locations:
            rooms = self.choices.rooms_at(key)
            found += [*rooms, (key, f"{name}, no room" if rooms else name)]
        return tuple(found)

    def do_undo(self, message: Message) -> Reply:
        """Take the last change back."""
        last = self.found.undo
        if last is None or last.row_id != message.text("id"):
            return Done("There is nothing to take back any more.", tone="warn")
        verb = getattr(self.calls, last.verb)
        return self._changed(lambda: verb(last.row_id, idempotency_key=message.key), "Taken back")

    def undo_words(self) -> tuple[Undoable, str] | None:
        """What may be taken back, and how it is said."""
        last = self.found.undo
        if last is None or self.clock() >= last.until:
            return None
        many = f"{last.count} appointments of " if last.count > 1 else ""
        return last, f"{DID[last.verb]}: {many}{last.patient_name}"

    def place(self, message: Message) -> Place:
        """What the column and the row of a message mean in this view.

        Raises:
            FieldProblem: there is no such column or row.
        """
        column, row = message.text("column"), message.whole("row", most=MOST_ROWS)
        first = message.whole("first_hour", most=23)
        minute = first * 60 + row * 5
        if minute >= 24 * 60:
            raise FieldProblem("row", "A day ends at midnight.")
        at = time(minute // 60, minute % 60)
        length = message.whole("span", most=MOST_ROWS) * 5 if message.text("span") else 0
        if self.sight == "week":
            try:
                return Place(date.fromisoformat(column), at, self.whose(), "", length)
            except ValueError as error:
                raise FieldProblem("column", "Please let it go on a day.") from error
        if self.sight == "rooms":
            room = next((one for one in self.choices.rooms if one.room_id == column), None)
            return Place(self.on, at, "", room.location_id if room else column, length, room.room_id if room else "")
        return Place(self.on, at, column, "", length)

    def _move(self, row: CalendarRow, place: Place, key: str | None = None) -> Reply:
        starts_at = self._instant(place)
        room_id = row.room_id if place.room_id is None else place.room_id
        there = (place.clinician_id or row.clinician_id, place.location_id or row.location_id, room_id)
        is_same = there == (row.clinician_id, row.location_id, row.room_id)
        if is_same and (starts_at, place.minutes) == (row.starts_at, 0):
            return Done()
        return self._changed(
            lambda: self.calls.move_appointment(
                row.appointment_id, starts_at=starts_at, minutes=place.minutes, clinician_id=place.clinician_id,
                location_id=place.location_id, room_id=place.room_id, expected_version=row.appointment_version,
                idempotency_key=key,
            ),
            f"Moved to {day(starts_at, self.zone)}, {clock(starts_at, self.zone)}",
        )  # fmt: skip

    def _instant(self, place: Place) -> datetime:
        try:
            return instant_of(datetime.combine(place.on, place.at), self.zone)
        except WorkbenchError as refusal:
            raise FieldProblem("row", sentence(refusal)) from refusal

    def _ask_how_many(self) -> Reply:
        assert self.dropped is not None
        place, series = self.dropped.place, self.dropped.series
        shift = place.on - series.on
        html = render(
            "pages/calendar_series.html",
            place=place,
            at=clock(self._instant(place), self.zone),
            name=self.dropped.row.title,
            series=series,
            days=[on + shift for on in series.rest_on],
        )
        return flyout("This one, or the rest too?", html, "modal")
