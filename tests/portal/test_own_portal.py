"""What people in care see of themselves: their own, all of it that concerns them, and nobody else's."""

from datetime import datetime, timedelta

import pytest

from tests.factories.portal import in_care
from tests.factories.proxies import child, in_force, proxy_of
from tests.factories.small_practice import FERN, MOSS, People, put, visit
from workbench.actions.billing.set_missed_terms import set_missed_terms
from workbench.actions.people.end_proxy_link import end_proxy_link
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.gate.proxies import ProxyScope
from workbench.scheduling.tables import Attendance
from workbench.screens.own_appointments import own_appointments
from workbench.screens.own_balance import own_balance
from workbench.screens.own_people import own_people
from workbench.store.engine import Store


def test_appointments_tell_whether_they_can_be_cancelled_and_what_it_costs(
    gate: Gate, store: Store, people: People, now: datetime
) -> None:
    set_missed_terms(gate, people.manager, now=now, notice_hours=24, late_cents=6_000, no_show_cents=9_000)
    visit(store, 1, now + timedelta(hours=30))
    visit(store, 2, now + timedelta(hours=3))
    visit(store, 3, now - timedelta(days=1))
    visit(store, 4, now + timedelta(hours=5), patient_id=MOSS)
    shown = own_appointments(gate, in_care(), FERN, now=now)
    assert [(one.attendance_id, one.can_cancel, one.is_late, one.fee_cents) for one in shown.coming] == [
        ("att_2", True, True, 6_000), ("att_1", True, False, 0),
    ]  # fmt: skip
    assert [(one.attendance_id, one.can_cancel) for one in shown.past] == [("att_3", False)]
    assert shown.notice_hours == 24
    assert own_balance(gate, in_care(), FERN, now=now).cents == 0


def test_of_a_couple_each_sees_their_own_part(gate: Gate, store: Store, now: datetime) -> None:
    visit(store, 1, now + timedelta(days=2))
    put(store, [Attendance(id="att_moss", appointment_id="apt_1", patient_id=MOSS)])
    assert [one.attendance_id for one in own_appointments(gate, in_care(MOSS), MOSS, now=now).coming] == ["att_moss"]


@pytest.mark.parametrize("read", [own_appointments, own_balance])
def test_nobody_reads_anothers_and_staff_read_none(gate: Gate, people: People, now: datetime, read: object) -> None:
    assert callable(read)
    for actor, patient in ((in_care(MOSS), FERN), (people.desk, FERN), (people.ada, FERN)):
        with pytest.raises(NotFound):
            read(gate, actor, patient, now=now)


def test_a_proxy_sees_times_and_bills_of_whom_they_stand_in_for_until_the_link_ends(
    gate: Gate, people: People, now: datetime
) -> None:
    patient = child(gate, now)
    link = in_force(gate, now, patient, scopes=("messages",))
    proxy = proxy_of(gate, link)
    assert own_appointments(gate, proxy, patient, now=now).coming == ()
    assert own_balance(gate, proxy, patient, now=now).cents == 0
    mine = own_people(gate, proxy, now)
    assert mine.given_name == "Rowan"
    assert [(one.patient_id, one.is_self, one.scopes) for one in mine.people] == [
        (patient, False, {ProxyScope.MESSAGES})
    ]
    with pytest.raises(NotFound):
        own_appointments(gate, proxy, FERN, now=now)
    end_proxy_link(gate, people.desk, link, now=now)
    assert own_people(gate, proxy, now).people == ()
    with pytest.raises(NotFound):
        own_appointments(gate, proxy, patient, now=now)
