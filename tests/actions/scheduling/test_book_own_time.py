"""A time chosen by oneself: only what the rule opens, only what is free, one of two who want it, never twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.actions.scheduling.own import ByThemselves
from tests.factories.portal import in_care
from tests.factories.small_practice import BEN, FERN, INTAKE, MOSS, OLD_TYPE, People, events, every_row, visit
from workbench.actions.scheduling.book_appointment import book_appointment
from workbench.actions.scheduling.book_own_time import book_own_time
from workbench.actions.scheduling.cancel_appointment import cancel_appointment
from workbench.actions.scheduling.move_appointment import move_appointment
from workbench.actions.scheduling.undo_cancellation import undo_cancellation
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.kernel.errors import WorkbenchError
from workbench.scheduling.grace import NothingToUndo
from workbench.scheduling.rules import CannotBeMoved, SlotTaken
from workbench.scheduling.self_booking import How, SeenBy, Whom

HOUR = timedelta(hours=1)


def test_a_request_holds_the_time_and_is_no_appointment_yet(
    own: ByThemselves, gate: Gate, people: People, now: datetime
) -> None:
    done = own.book()
    assert own.status(done.attendance_id) == "requested"
    # Eight business hours from Monday at ten: eight until the practice closes at six.
    assert done.lapses_at == own.booking().lapses_at == now + 8 * HOUR
    assert events(gate.store)[-1] == ("time.requested", "done")
    with pytest.raises(SlotTaken):
        book_appointment(
            gate, people.desk, MOSS, now=now, clinician_id="stf_ada", type_id="aty_individual",
            location_id="loc_office", starts_at=own.in_two_days + HOUR / 2,
        )  # fmt: skip
    with pytest.raises(CannotBeMoved):
        move_appointment(gate, people.desk, done.appointment_id, now=now, starts_at=own.in_two_days + 3 * HOUR)


def test_at_once_where_the_rule_says_so(own: ByThemselves, gate: Gate) -> None:
    own.rule(how=How.INSTANT, seen_by=SeenBy.ANYBODY)
    done = own.book(clinician_id=BEN)
    assert (own.status(done.attendance_id), done.lapses_at) == ("booked", None)
    assert (own.booking().answer, own.booking().answered_by) == ("accepted", "")
    assert events(gate.store)[-2:] == [("care_team.joined", "done"), ("appointment.booked", "done")]


@pytest.mark.parametrize(
    ("rule", "asked", "refusal"),
    [
        ({"how": How.OFF}, {}, "NotBookable"),
        ({"whom": Whom.RETURNING}, {}, "NotBookable"),
        ({}, {"clinician_id": BEN}, "NotBookable"),
        ({"seen_by": SeenBy.NAMED, "staff_ids": frozenset({BEN})}, {}, "NotBookable"),
        ({}, {"clinician_id": "stf_desk"}, "NotBookable"),
        ({}, {"type_id": INTAKE}, "NotBookable"),
        ({}, {"type_id": OLD_TYPE}, "TypeRetired"),
        ({"notice_hours": 49}, {}, "NotWithinNotice"),
        ({"ahead_days": 2}, {"in": 2 * 24 * HOUR + timedelta(minutes=15)}, "NotWithinNotice"),
        ({}, {"in": -HOUR}, "InThePast"),
        ({}, {"in": 5 * 24 * HOUR}, "NotAFreeTime"),  # a Saturday
        ({}, {"in": 2 * 24 * HOUR + 8 * HOUR}, "NotAFreeTime"),  # it would end after the practice closes
        ({}, {"in": 2 * 24 * HOUR + timedelta(minutes=7)}, "NotAFreeTime"),
        ({}, {"location_id": "loc_none"}, "NotFound"),
    ],
)
def test_what_the_rule_does_not_open_is_refused_and_nothing_changes(
    own: ByThemselves, now: datetime, rule: dict[str, Any], asked: dict[str, Any], refusal: str
) -> None:
    own.rule(**rule)
    before = every_row(own.gate.store)
    given = {key: value for key, value in asked.items() if key != "in"}
    if "in" in asked:
        given["starts_at"] = now + asked["in"]
    with pytest.raises(WorkbenchError) as refused:
        own.book(**given)
    assert type(refused.value).__name__ == refusal
    assert every_row(own.gate.store) == before


def test_both_bounds_of_the_notice_belong_to_it(own: ByThemselves) -> None:
    own.rule(notice_hours=47, ahead_days=2)
    own.book()


def test_returning_only_counts_who_came(own: ByThemselves) -> None:
    own.rule(whom=Whom.RETURNING)
    own.has_come_before()
    own.book()


def test_as_many_at_once_as_the_rule_says(own: ByThemselves, gate: Gate, now: datetime) -> None:
    first = own.book()
    own.book(starts_at=own.in_two_days + HOUR)
    with pytest.raises(WorkbenchError, match="as many of these"):
        own.book(starts_at=own.in_two_days + 2 * HOUR)
    cancel_appointment(gate, in_care(), first.attendance_id, now=now, reason="not needed")
    own.book(starts_at=own.in_two_days + 2 * HOUR)


def test_of_two_who_want_one_time_one_has_it_and_the_other_is_told(own: ByThemselves) -> None:
    def try_it(patient_id: str) -> str:
        try:
            own.book(patient_id)
        except WorkbenchError as refusal:
            return str(refusal)
        return ""

    with ThreadPoolExecutor(2) as racing:
        told = sorted(racing.map(try_it, (FERN, MOSS)))
    assert told[0] == ""
    assert "Nothing was booked; please choose another time." in told[1]


def test_taken_back_by_themselves_is_never_late_and_stays_so(
    own: ByThemselves, gate: Gate, people: People, now: datetime
) -> None:
    own.rule(notice_hours=1)
    done = own.book(starts_at=now + 2 * HOUR)
    cancelled = cancel_appointment(gate, in_care(), done.attendance_id, now=now, reason="not needed")
    assert (cancelled.is_late, cancelled.frees_time) == (False, True)
    assert own.booking().answer == "withdrawn"
    assert own.moves(done.attendance_id) == [("requested", "cancelled", "patient")]
    other = own.book(starts_at=now + 4 * HOUR)
    cancel_appointment(gate, people.desk, other.attendance_id, now=now, reason="clinician ill", by="practice")
    with pytest.raises(NothingToUndo):
        undo_cancellation(gate, people.desk, other.attendance_id, now=now)


def test_twice_is_once_and_nobody_books_for_anybody_else(
    own: ByThemselves, gate: Gate, people: People, now: datetime
) -> None:
    given = {"type_id": "aty_individual", "clinician_id": "stf_ada", "location_id": "loc_office",
             "starts_at": own.in_two_days}  # fmt: skip
    once = book_own_time(gate, in_care(), FERN, now=now, idempotency_key="form-0001", **given)
    assert book_own_time(gate, in_care(), FERN, now=now, idempotency_key="form-0001", **given) == once
    visit(gate.store, 5, now + timedelta(days=3))
    for actor in (in_care(MOSS), people.desk, people.ada, people.manager):
        with pytest.raises(NotFound):
            book_own_time(gate, actor, FERN, now=now, **{**given, "starts_at": own.in_two_days + 2 * HOUR})
