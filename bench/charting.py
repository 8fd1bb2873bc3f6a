"""A chart with 500 signed notes opened through the gate, and drafts saved while typing, against the bare statements."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from bench.bookings import NOW, furnish
from bench.measuring import Section, compared, wall_seconds
from bench.store import practice
from workbench.actions.charting.write_note import write_note
from workbench.charting.rules import content_hash, signature_of
from workbench.charting.tables import Note, NoteState, NoteText
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.scheduling.tables import Appointment, AppointmentStatus, Attendance, AttendanceStatus
from workbench.screens.chart_overview import chart_overview
from workbench.screens.chart_timeline import chart_timeline
from workbench.screens.patient_chart import patient_chart
from workbench.store.engine import Store

NOTES, SAVES = 500, 50
CLINICIAN = Actor("usr_a", "stf_a", frozenset({Role.CLINICIAN}))
OPENED, ROWS = f"a chart of {NOTES} notes through the gate", "the same rows selected, nothing opened"
PAGE, SOUGHT = "the page of that chart: what holds, and its course", "the words of all those notes searched"
WORDS = "Synthetic. Spoke of the week, of sleep and of work, and of what was tried since last time. " * 4


def _fill(store: Store) -> None:
    """The practice of the bookings, with sessions of ten years and their notes."""
    furnish(store)
    with store.writing() as session:
        for number in range(NOTES + 1):
            _held(session.add_all, number)
        session.flush()
        for number in range(1, NOTES + 1):
            session.add(_signed(number))
        session.commit()


def _held(add: Callable[..., None], number: int) -> None:
    at = NOW - timedelta(days=7 * number, hours=2)
    add([Appointment(
        id=f"apt_{number}", clinician_id="stf_a", type_id="aty_a", location_id="loc_a", starts_at=at,
        ends_at=at + timedelta(minutes=50), status=AppointmentStatus.HELD, booked_at=at,
    )])  # fmt: skip
    add([Attendance(id=f"att_{number}", appointment_id=f"apt_{number}", patient_id="pat_a",
                    status=AttendanceStatus.COMPLETED)])  # fmt: skip


def _signed(number: int) -> Note:
    at = NOW - timedelta(days=7 * number)
    text = NoteText(WORDS, WORDS, WORDS, WORDS, ("F41.1",))
    note = Note(
        attendance_id=f"att_{number}", patient_id="pat_a", author_id="stf_a", state=NoteState.LOCKED,
        service_on=at.date(), started_at=at, signed_at=at, signed_as="Alder Wrenfield", text=text,
    )  # fmt: skip
    note.content_hash = content_hash(signature_of(note), text)
    return note


def report(rounds: int = 5) -> Section:
    """The chart against selecting its rows, and saves of one draft against an UPDATE of its row."""
    with practice() as store:
        _fill(store)
        gate = Gate(store, ZoneInfo("America/New_York"))
        version = [0]

        def save() -> None:
            saved = write_note(
                gate, CLINICIAN, "att_0", now=NOW, version=version[0], subjective=f"{WORDS}{version[0]}", plan=WORDS
            )
            version[0] = saved.version

        def bare() -> None:
            with store.engine.begin() as connection:
                connection.execute(update(Note).where(Note.attendance_id == "att_0").values(started_at=NOW))

        save()
        kept, floor = f"{SAVES} saves of a draft through the gate", f"{SAVES} bare UPDATEs of the same row"
        seconds = wall_seconds(
            {
                ROWS: lambda: _select(store),
                OPENED: lambda: patient_chart(gate, CLINICIAN, "pat_a", now=NOW),
                PAGE: lambda: _page(gate),
                SOUGHT: lambda: _search(gate),
                floor: lambda: [bare() for _ in range(SAVES)],
                kept: lambda: [save() for _ in range(SAVES)],
            },
            rounds,
        )
    chart = compared(_of(seconds, ROWS, OPENED, PAGE, SOUGHT), ROWS, of=1, noun="charts")
    saves = compared(_of(seconds, floor, kept), floor, of=SAVES, noun="saves")
    return Section(
        f"A chart of {NOTES} signed notes, and {SAVES} saves of a draft",
        ("", "by the clock", "", "times the bare statement"),
        (*chart, *saves),
        "Opening a chart unseals every note and checks who may read it, and the line in the log is committed before "
        "the rows leave. A save seals the whole text twice, as the draft and as a revision that stays, and comes with "
        "permission, version and a line in the hash-chained log. Every commit is on the disk before it is answered.",
    )  # fmt: skip


def _of(seconds: dict[str, float], *names: str) -> dict[str, float]:
    return {name: seconds[name] for name in names}


def _page(gate: Gate) -> None:
    chart_overview(gate, CLINICIAN, "pat_a", now=NOW)
    chart_timeline(gate, CLINICIAN, "pat_a", now=NOW)


def _search(gate: Gate) -> None:
    chart_timeline(gate, CLINICIAN, "pat_a", now=NOW, words="synthetic nowhere")


def _select(store: Store) -> None:
    with store.reading() as session:
        session.execute(select(Note.id, Note.state, Note.sealed).where(Note.patient_id == "pat_a")).all()


if __name__ == "__main__":
    print(report().markdown())
