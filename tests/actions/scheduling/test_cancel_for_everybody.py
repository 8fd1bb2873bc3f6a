"""A session of several is off for all of them, and nobody was late."""

from datetime import datetime, timedelta

import pytest

from tests.actions.scheduling.together import Together
from tests.factories.small_practice import BEN, FERN, MOSS, People, events, every_row
from workbench.actions.scheduling.cancel_appointment import cancel_appointment
from workbench.actions.scheduling.cancel_for_everybody import cancel_for_everybody
from workbench.actions.scheduling.check_in import check_in
from workbench.actions.scheduling.start_session import start_session
from workbench.actions.scheduling.undo_cancellation import undo_cancellation
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.scheduling.rules import CannotMove, ReasonMissing
from workbench.screens.calendar import calendar


def test_it_is_off_for_all_and_late_for_nobody(gate: Gate, people: People, together: Together, now: datetime) -> None:
    (starts_at,) = together.book(together.make(), beside_ids=[BEN]).starts_at
    shortly = starts_at - timedelta(minutes=10)
    done = cancel_for_everybody(gate, people.desk, together.session(), now=shortly, reason="clinician unavailable")
    assert done.cancelled == 2
    assert together.attending() == [(FERN, "cancelled"), (MOSS, "cancelled")]
    assert {status for _, status, _ in together.appointments()} == {"cancelled"}
    assert events(gate.store)[-2:] == [("appointment.cancelled_for_everybody", "done")] * 2
    undo = calendar(gate, people.desk, now=shortly, from_on=shortly.date()).undo
    assert undo is not None
    assert (undo.verb, undo.count) == ("undo_cancellation", 1)
    undo_cancellation(gate, people.desk, undo.row_id, now=shortly)
    assert together.attending() == [(FERN, "booked"), (MOSS, "booked")]


def test_who_had_cancelled_before_stays_as_they_were(
    gate: Gate, people: People, together: Together, now: datetime
) -> None:
    together.book(together.make())
    cancel_appointment(gate, people.desk, together.attendance(FERN), now=now, reason="ill")
    assert cancel_for_everybody(gate, people.desk, together.session(), now=now, reason="other").cancelled == 1
    with pytest.raises(CannotMove):
        cancel_for_everybody(gate, people.desk, together.session(), now=now, reason="other")


def test_what_has_begun_for_one_stands_for_all(gate: Gate, people: People, together: Together, now: datetime) -> None:
    (starts_at,) = together.book(together.make()).starts_at
    check_in(gate, people.desk, together.attendance(FERN), now=starts_at)
    start_session(gate, people.desk, together.attendance(FERN), now=starts_at)
    before = every_row(gate.store)
    with pytest.raises(CannotMove):
        cancel_for_everybody(gate, people.desk, together.session(), now=starts_at, reason="other")
    assert every_row(gate.store) == before


def test_a_reason_is_needed_and_others_cannot(gate: Gate, people: People, together: Together, now: datetime) -> None:
    together.book(together.make())
    with pytest.raises(ReasonMissing):
        cancel_for_everybody(gate, people.desk, together.session(), now=now, reason=" ")
    with pytest.raises(NotFound):
        cancel_for_everybody(gate, people.ben, together.session(), now=now, reason="other")
