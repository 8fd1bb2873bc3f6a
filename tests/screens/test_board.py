"""The board of the day: who stands where and since when, within reach, and what tells that it moved."""

from datetime import datetime, timedelta

import pytest

from dashboards.pages.calendar_grid import by_clinician
from tests.factories.small_practice import ADA, BEN, MOSS, open_practice, people, put, visit
from workbench.actions.charting.write_note import write_note
from workbench.actions.scheduling.cancel_appointment import cancel_appointment
from workbench.actions.scheduling.check_in import check_in
from workbench.actions.scheduling.complete_session import complete_session
from workbench.actions.scheduling.mark_no_show import mark_no_show
from workbench.actions.scheduling.move_appointment import move_appointment
from workbench.actions.scheduling.start_session import start_session
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed
from workbench.gate.relations import CareTeamMember
from workbench.scheduling.tables import AttendanceStatus
from workbench.screens.board import Board, board, board_marks
from workbench.screens.calendar import calendar

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def practice(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)


def shown(gate: Gate, now: datetime, who: str = "desk") -> Board:
    return board(gate, getattr(people(), who), now=now)


def test_each_stands_where_they_came_to_and_since_when(gate: Gate, now: datetime) -> None:
    one = visit(gate.store, 1, now)
    assert [(row.row.status, row.since) for row in shown(gate, now).rows] == [("booked", None)]
    steps = (
        (mark_no_show, "no_show"), (check_in, "arrived"), (start_session, "in_session"),
        (complete_session, "completed"),
    )  # fmt: skip
    for minute, (verb, status) in enumerate(steps, start=1):
        verb(gate, people().desk, one, now=now + minute * MINUTE)
        (row,) = shown(gate, now + timedelta(hours=1)).rows
        assert (row.row.status, row.since) == (status, now + minute * MINUTE)


def test_only_today_and_without_what_was_cancelled(gate: Gate, now: datetime) -> None:
    midnight = now.astimezone(gate.zone).replace(hour=0, minute=0) + timedelta(days=1)
    visit(gate.store, 1, midnight - MINUTE)
    visit(gate.store, 2, midnight, clinician_id=BEN)
    cancel_appointment(gate, people().desk, visit(gate.store, 3, now + MINUTE), now=now, reason="ill")
    assert [one.row.attendance_id for one in shown(gate, now).rows] == ["att_1"]
    assert shown(gate, now).clinicians == ((ADA, "Ada Byron, LCSW"),)


def test_the_note_is_for_who_may_read_the_chart(gate: Gate, now: datetime) -> None:
    visit(gate.store, 1, now - timedelta(hours=2))
    done = visit(gate.store, 2, now - timedelta(hours=1), patient_id=MOSS)
    write_note(gate, people().ada, done, now=now, version=0, subjective="Synthetic.")
    assert [one.row.note for one in shown(gate, now, "ada").rows] == ["missing", "draft"]
    assert [one.row.note for one in shown(gate, now, "supervisor").rows] == ["missing", "draft"]
    assert [one.row.note for one in shown(gate, now).rows] == ["", ""]


def test_a_clinician_sees_their_own_patients_and_others_nothing(gate: Gate, now: datetime) -> None:
    visit(gate.store, 1, now)
    assert len(shown(gate, now, "ada").rows) == 1
    assert shown(gate, now, "ben").rows == ()
    put(gate.store, [CareTeamMember(patient_id=MOSS, staff_id=BEN, from_on=now.date(), is_primary=False)])
    assert shown(gate, now, "ben").rows == ()
    for who in ("biller", "it", "compliance"):
        with pytest.raises(NotAllowed):
            shown(gate, now, who)


def test_whatever_moves_is_told_by_other_marks(gate: Gate, now: datetime) -> None:
    def marks() -> object:
        return board_marks(gate, people().desk, now=now)

    seen = [marks()]
    assert marks() == seen[0]
    steps = (
        lambda: visit(gate.store, 1, now + timedelta(hours=1)),
        lambda: check_in(gate, people().desk, "att_1", now=now),
        lambda: visit(gate.store, 2, now + timedelta(hours=3), patient_id=MOSS),
        lambda: move_appointment(
            gate, people().desk, "apt_2", now=now, starts_at=now + timedelta(hours=4), clinician_id=ADA,
            location_id="loc_office",
        ),
        lambda: cancel_appointment(gate, people().desk, "att_2", now=now, reason="ill"),
    )  # fmt: skip
    for step in steps:
        step()
        assert marks() not in seen
        seen.append(marks())


@pytest.mark.engines("sqlcipher")
def test_a_block_of_the_calendar_says_whether_the_note_is_written_to_who_reads_charts(
    gate: Gate, now: datetime
) -> None:
    visit(gate.store, 1, now - timedelta(hours=2), status=AttendanceStatus.COMPLETED)
    drafted = visit(gate.store, 2, now - timedelta(hours=1), patient_id=MOSS, status=AttendanceStatus.COMPLETED)
    visit(gate.store, 3, now + timedelta(hours=1))
    write_note(gate, people().ada, drafted, now=now, version=0, subjective="Synthetic.")

    def drawn(who: str) -> str:
        found = calendar(gate, getattr(people(), who), now=now, from_on=now.date())
        return "".join(entry.detail for entry in by_clinician(found, gate.zone, now).in_order)

    assert (drawn("ada").count("no note"), drawn("ada").count("note to be signed")) == (1, 1)
    assert "note" not in drawn("desk")
