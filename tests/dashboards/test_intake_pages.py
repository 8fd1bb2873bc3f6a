"""The pages of packets and of what one person fills in, as staff use them."""

from datetime import datetime

from dashboards.packet_desk import add_packets
from tests.dashboards.pages import opened, send
from tests.factories.an_open_practice import people, practice
from tests.factories.intake import INTAKE, PHQ_9, TELEHEALTH, assigned, begun, forms_by_key, signed
from tests.factories.portal import in_care
from tests.factories.small_practice import FERN, People
from workbench.gate.action import Gate
from workbench.screens.own_forms import own_consents, own_forms
from workbench.screens.packets import packets
from workbench.screens.patient_intake import patient_intake

__all__ = ["people", "practice"]


def test_a_packet_is_made_changed_and_stopped(gate: Gate, people: People, now: datetime) -> None:
    forms = forms_by_key(gate, now)
    page = opened(gate, people.manager, now, "/packets", add_packets)
    assert "No packets yet" in page.render()
    assert "Place 1" in send(page, "new").html  # type: ignore[union-attr]
    send(page, "keep", name="First", item0=f"form:{forms['emergency-contact']}", item1=f"measure:{PHQ_9}",
         required0="on", by_booking="on", ages="adult")  # fmt: skip
    page.load()
    shown = str(page.render())
    assert "With any appointment, adults" in shown
    assert "PHQ-9 (optional)" in shown
    (one,) = packets(gate, people.manager, now=now).shown
    send(page, "ask_retire", id=one.packet_id)
    send(page, "retire", id=one.packet_id)
    page.load()
    assert "No more" in page.render()


def test_staff_follow_accept_and_read_what_somebody_filled_in(gate: Gate, people: People, now: datetime) -> None:
    assignment = assigned(gate, now)
    first = begun(gate, now, assignment, 0)
    signed(gate, now, first, INTAKE)
    signed(gate, now, begun(gate, now, assignment, 3), TELEHEALTH)
    page = opened(gate, people.ada, now, f"/intake/{FERN}", add_packets)
    shown = str(page.render())
    assert "Begun" in shown
    assert "(555) 010-0199" in shown
    told = {one.field: one.proposal_id for one in patient_intake(gate, people.ada, FERN, now=now).proposals}
    assert send(page, "accept", id=told["Phone"]).toast == "The file says it now"  # type: ignore[union-attr]
    assert send(page, "decline", id=told["Allergies"]).toast == "The file stays as it is"  # type: ignore[union-attr]
    assert "in the meantime" in send(page, "accept", id=told["Phone"]).toast  # type: ignore[union-attr]
    assert "Unchanged since it was signed" in send(page, "read", id=first).html  # type: ignore[union-attr]
    assert send(page, "save", id=first).content.startswith(b"%PDF")  # type: ignore[union-attr]
    (consent,) = own_consents(gate, in_care(), FERN, now=now)
    assert "may come in person" in send(page, "ask_withdraw", id=consent.consent_id).html  # type: ignore[union-attr]
    send(page, "withdraw", id=consent.consent_id, said="On the phone")
    send(page, "ask_take_back", id=assignment)
    send(page, "take_back", id=assignment)
    page.load()
    assert "Not in force" in page.render()
    packet_id = packets(gate, people.manager, now=now).shown[0].packet_id
    send(page, "ask_assign")
    send(page, "assign", packet_id=packet_id, due_on="2026-03-20")
    (packet,) = own_forms(gate, in_care(), FERN, now=now)
    assert packet.due_on == now.date().replace(day=20)
