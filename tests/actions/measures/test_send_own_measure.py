"""A measure that somebody answers themselves: scored, and a critical answer finds its owner."""

from datetime import datetime

import pytest

from tests.factories.intake import assigned, begun
from tests.factories.portal import in_care
from tests.factories.small_practice import FERN, MOSS, People
from workbench.actions.intake.save_own_form import save_own_form
from workbench.actions.intake.sign_own_form import sign_own_form
from workbench.actions.measures.send_own_measure import NothingAnswered, OwnMeasureSent, send_own_measure
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.intake.signing import OwnLocked, TextChanged
from workbench.screens.alerts import alerts
from workbench.screens.measures_over_time import measures_over_time
from workbench.screens.own_forms import own_form
from workbench.screens.own_paper import own_paper


def chosen(gate: Gate, now: datetime, response: str, answers: dict[str, int]) -> str:
    shown = own_form(gate, in_care(), response, now=now)
    fields = {
        shown.filled.layout.field(place): (str(answers[place[-1].link_id]),)
        for place in shown.filled.found.places if place[-1].link_id in answers
    }  # fmt: skip
    save_own_form(gate, in_care(), response, now=now, version=shown.version, page=0, values=fields)
    return own_form(gate, in_care(), response, now=now).shown


def test_item_nine_shows_help_at_once_and_raises_an_alert_for_who_treats_them(
    gate: Gate, people: People, now: datetime
) -> None:
    response = begun(gate, now, assigned(gate, now), 2)
    with pytest.raises(NothingAnswered):
        empty = own_form(gate, in_care(), response, now=now)
        send_own_measure(gate, in_care(), response, now=now, shown=empty.shown)
    first = chosen(gate, now, response, {str(number): 1 for number in range(1, 9)})
    assert not own_form(gate, in_care(), response, now=now).needs_help
    shown = chosen(gate, now, response, {"9": 1})
    assert own_form(gate, in_care(), response, now=now).needs_help
    with pytest.raises(TextChanged):
        send_own_measure(gate, in_care(), response, now=now, shown=first)
    for who in (in_care(MOSS), people.ada, people.desk):
        with pytest.raises(NotFound):
            send_own_measure(gate, who, response, now=now, shown=shown)
    key = "k" * 20
    sent = [send_own_measure(gate, in_care(), response, now=now, shown=shown, idempotency_key=key) for _ in range(2)]
    assert sent == [OwnMeasureSent(is_critical=True)] * 2
    (alert,) = alerts(gate, people.ada, now=now).waiting
    assert (alert.patient_id, alert.owner_name) == (FERN, "Ada Byron, LCSW")
    (course,) = measures_over_time(gate, people.ada, FERN, now=now)
    assert course.taken[-1].total == 9
    assert own_paper(gate, in_care(), response, now=now).content.startswith(b"%PDF")
    with pytest.raises(OwnLocked):
        send_own_measure(gate, in_care(), response, now=now, shown=shown)
    with pytest.raises(NotFound):
        own_paper(gate, people.ada, response, now=now)


def test_left_out_answers_leave_no_total_and_a_measure_is_not_signed(gate: Gate, people: People, now: datetime) -> None:
    response = begun(gate, now, assigned(gate, now), 2)
    shown = chosen(gate, now, response, {"1": 0})
    with pytest.raises(NotFound):
        sign_own_form(gate, in_care(), response, now=now, shown=shown, name="Fern", agreed=True, language="en",
                      network="")  # fmt: skip
    assert not send_own_measure(gate, in_care(), response, now=now, shown=shown).is_critical
    assert alerts(gate, people.ada, now=now).waiting == ()
