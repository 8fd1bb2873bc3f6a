"""Which room an appointment may take, and what is wrong with one. What is free is for the database to say."""

from collections.abc import Iterable

from sqlalchemy import func, select

from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.scheduling.room_tables import Room
from workbench.scheduling.tables import Appointment


class RoomTaken(WorkbenchError):
    """Somebody else is in it then."""

    def __init__(self) -> None:
        super().__init__("This room is taken then. Choose another room or another time; nothing was booked.")


class RoomElsewhere(WorkbenchError):
    """It is a room of another place, or is used no more."""

    def __init__(self) -> None:
        super().__init__("This room is not one of that place. Please choose again.")
        self.fields = {"room_id": str(self)}


class RoomTooSmall(WorkbenchError):
    """More people come than it has seats."""

    def __init__(self, seats: int) -> None:
        super().__init__(f"This room has {seats} seats, and more people come. Choose a larger one.")
        self.fields = {"room_id": str(self)}


class RoomWrong(WorkbenchError):
    """A name or a number of seats that is none; `fields` says which."""

    def __init__(self, problem: str, field: str) -> None:
        super().__init__(problem)
        self.fields = {field: problem}


REFUSES = {"room_taken": RoomTaken}
"""For `refuses=` of a verb that holds or moves time."""


def checked_room(work: Work, room_id: str, location_id: str, people: int = 1) -> str | None:
    """The room that is kept with the appointment; None where none was chosen.

    Raises:
        RoomElsewhere, RoomTooSmall. NotFound: there is none.
    """
    if not room_id:
        return None
    room = work.get(Room, room_id)
    if room.location_id != location_id or room.retired_at is not None:
        raise RoomElsewhere
    if people > room.seats:
        raise RoomTooSmall(room.seats)
    return room.id


def check_seats(work: Work, sessions: Iterable[Appointment], people: int) -> None:
    """One more fits into the rooms that are booked.

    Raises:
        RoomTooSmall: not into one of them.
    """
    rooms = {one.room_id for one in sessions if one.room_id}
    least = work.scalar(select(func.min(Room.seats)).where(Room.id.in_(rooms))) if rooms else None
    if least is not None and people > least:
        raise RoomTooSmall(int(least))


def checked_name(typed: str) -> str:
    """A room's name as it is kept.

    Raises:
        RoomWrong: nothing, or more than 40 letters.
    """
    name = " ".join(typed.split())
    if not 0 < len(name) <= 40:
        raise RoomWrong("Give the room a name of 40 letters at most.", "name")
    return name


def checked_seats(seats: int) -> int:
    """How many are seen in it at once.

    Raises:
        RoomWrong: none, or more than 99.
    """
    if not 1 <= seats <= 99:
        raise RoomWrong("A room has from 1 to 99 seats.", "seats")
    return seats
