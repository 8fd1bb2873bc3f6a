"""A held charge from the biller's list to the clinician's answer, and what each payer is claimed from."""

from datetime import datetime, timedelta

import pytest

from dashboards.claim_rule_desk import add_claim_rules
from dashboards.parts.message import FieldProblem
from dashboards.parts.replies import Ask, Done
from dashboards.places import add_places
from tests.actions.billing.held import CLINICIAN, REASON, too_short
from tests.dashboards.pages import desk, opened, send
from tests.factories.billed_practice import PAYER, charged, open_billing
from tests.factories.small_practice import people, visit
from workbench.billing.tables import Service
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.scheduling.tables import AppointmentType
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture(autouse=True)
def practice(store: Store, now: datetime) -> None:
    """One session that can be claimed and one that is held."""
    open_billing(store, now)
    charged(store, 2)
    too_short(store)


def test_from_the_list_to_the_answer_and_back(gate: Gate, biller: Actor, now: datetime) -> None:
    queue = opened(gate, biller, now, "/claims?stage=ready", add_claim_rules)
    assert "1 session is held." in queue.render()
    assert "Start and end say 40 minutes: 90837 needs 53 or more." in queue.render()
    asked = send(queue, "ask_approve")
    assert isinstance(asked, Ask)
    assert "chg_2" in asked.html
    assert "chg_1" not in asked.html
    held = opened(gate, biller, now, "/held-charges/chg_1", add_claim_rules)
    for rule in ("wrong_time", "other_length"):
        dialog = send(held, "ask", rule=rule)
        assert isinstance(dialog, Ask)
        send(held, "send", rule=rule, reason=REASON)
    held.load()
    assert "Asked" in held.render()
    confirm = opened(gate, CLINICIAN, now, "/codes-to-confirm", add_claim_rules)
    assert REASON in confirm.render()
    for one in confirm.asked:
        assert isinstance(send(confirm, "ask_answer", id=one.request_id), Ask)
        with pytest.raises(FieldProblem):
            send(confirm, "answer", id=one.request_id, reason=REASON)
        done = send(confirm, "answer", id=one.request_id, answer="yes", reason=REASON)
        assert done == Done("Let through. Billing can claim it.")
    confirm.load()
    assert "Nothing is asked" in confirm.render()
    held.load()
    assert "It can be claimed" in held.render()
    gone = send(held, "ask", rule="wrong_time")
    assert gone == Done("This session is not held for that any more.", tone="warn")


def test_the_owner_says_what_a_payer_is_claimed_from(gate: Gate, owner: Actor, biller: Actor, now: datetime) -> None:
    page = opened(gate, owner, now, "/payer-terms", add_claim_rules)
    asked = send(page, "ask_change", id=PAYER)
    assert isinstance(asked, Ask)
    assert "could then be claimed" in asked.html
    assert send(page, "change", id=PAYER, note="no", reason=REASON) == Done("Changed for every claim from now on")
    looks = opened(gate, biller, now, "/payer-terms", add_claim_rules)
    assert REASON in looks.render()
    assert "Change…" not in looks.render()
    assert send(looks, "change", id=PAYER, note="yes", reason=REASON) == Done(
        "Your role does not include this.", tone="warn"
    )


def test_each_page_is_there_for_who_may_open_it(gate: Gate, biller: Actor, owner: Actor, now: datetime) -> None:
    found = {who.user_id: set(desk(gate, who, lambda: now, add_places).routes)
             for who in (biller, owner, CLINICIAN, people().desk)}  # fmt: skip
    ours = {"/held-charges/{charge_id}", "/codes-to-confirm", "/payer-terms"}
    assert {who: ours & paths for who, paths in found.items()} == {
        biller.user_id: ours - {"/codes-to-confirm"}, owner.user_id: ours - {"/codes-to-confirm"},
        CLINICIAN.user_id: {"/codes-to-confirm"}, "usr_desk": set(),
    }  # fmt: skip


def test_before_the_signature_the_note_says_what_will_be_charged(gate: Gate, store: Store, now: datetime) -> None:
    visit(store, 5, now - timedelta(hours=1), minutes=40)
    fits = opened(gate, people().ada, now, "/notes/att_5").render()
    assert "Charged as 90834" in fits
    assert "Billing will hold it" not in fits
    with store.writing() as session:
        session.get_one(AppointmentType, "aty_individual").service_code = "90837"
        session.commit()
    warns = opened(gate, people().ada, now, "/notes/att_5").render()
    assert "Start and end say 40 minutes: 90837 needs 53 or more. They make 90834. Billing will hold it." in warns
    with store.writing() as session:
        session.query(Service).update({"is_active": False})
        session.commit()
    assert "No fee of the practice fits" in opened(gate, people().ada, now, "/notes/att_5").render()
