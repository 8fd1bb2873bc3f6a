"""A packet of the practice, assigned to somebody who fills it in."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from tests.factories.portal import in_care
from tests.factories.small_practice import FERN, people
from workbench.actions.forms.begin_own_form import begin_own_form
from workbench.actions.forms.take_templates import take_templates
from workbench.actions.intake.assign_packet import assign_packet
from workbench.actions.intake.save_own_form import save_own_form
from workbench.actions.intake.set_packet import set_packet
from workbench.actions.intake.sign_own_form import OwnFormSigned, sign_own_form
from workbench.forms.pages import pages_of
from workbench.forms.tables import FormTemplate
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.intake.rules import ItemKind, PacketItem, PacketRules
from workbench.screens.own_forms import OwnFormPage, own_form

KEYS = ("intake-self-report", "emergency-contact", "consent-telehealth")
PHQ_9 = "phq9@1"
SIGNER = {
    "signer": "0", "signer_name": "Fern Fernández-Oak", "signed_on": "2026-03-09", "dated": "2026-03-09",
    "copy_given": "0",
}  # fmt: skip
INTAKE = {
    "reach": "(555) 010-0199", "called": "Fern", "may_leave": "0", "brings": "Sleep", "before_any": "false",
    "medicines": "Sertraline 50 mg", "allergies": "Penicillin", "safe_home": "true", **SIGNER,
}  # fmt: skip
EMERGENCY = {
    "contact_name": "Robin Oak, 555-010-0111", "contact_relation": "Sister", "contact_told": "That I am well",
    "contact_when": "0", "contact_agree": "true", **SIGNER,
}  # fmt: skip
TELEHEALTH = {
    "tc_state": "NY", "tc_device": "0", "tc_place": "At home", "tc_contact": "Robin, 555-010-0111",
    "tc_failure": "You call me", "tc_agree": "true", **SIGNER,
}  # fmt: skip


def forms_by_key(gate: Gate, now: datetime, keys: tuple[str, ...] = KEYS) -> dict[str, str]:
    """The ids of these templates of the library, taken into use."""
    take_templates(gate, people().manager, now=now, keys=keys)
    with gate.store.reading() as session:
        return {row[0]: row[1] for row in session.execute(select(FormTemplate.library_key, FormTemplate.id))}


def a_packet(gate: Gate, now: datetime, rules: PacketRules | None = None, **changed: Any) -> str:
    """The id of a packet: two forms, a measure, and a consent that may be left out."""
    forms = forms_by_key(gate, now)
    items = (
        PacketItem(ItemKind.FORM, forms[KEYS[0]]), PacketItem(ItemKind.FORM, forms[KEYS[1]]),
        PacketItem(ItemKind.MEASURE, PHQ_9), PacketItem(ItemKind.FORM, forms[KEYS[2]], is_required=False),
    )  # fmt: skip
    given = {"name": "Before the first visit", "items": items, "rules": rules or PacketRules(), **changed}
    return set_packet(gate, people().manager, now=now, **given).packet_id


def assigned(gate: Gate, now: datetime, patient_id: str = FERN, due_on: date | None = None) -> str:
    """The id of its assignment."""
    packet_id = a_packet(gate, now)
    return assign_packet(gate, people().desk, patient_id, now=now, packet_id=packet_id, due_on=due_on).assignment_id


def begun(gate: Gate, now: datetime, assignment_id: str, place: int, who: Actor | None = None) -> str:
    """The id of the draft."""
    return begin_own_form(gate, who or in_care(), assignment_id, now=now, place=place).response_id


def answered(
    gate: Gate, now: datetime, response_id: str, answers: dict[str, str], who: Actor | None = None
) -> OwnFormPage:
    """The form after these answers (by linkId) were typed on its pages, one after the other."""
    actor = who or in_care()
    number = 0
    while True:
        page = own_form(gate, actor, response_id, now=now)
        pages = pages_of(page.filled.layout, page.filled.found)
        if number >= len(pages):
            return page
        fields = {
            page.filled.layout.field(place): (answers[place[-1].link_id],)
            for place in page.filled.found.places
            if place[-1].link_id in answers and place[-1].link_id in pages[number].link_ids
        }
        saved = save_own_form(gate, actor, response_id, now=now, version=page.version, page=number, values=fields)
        assert not saved.problems, saved.problems
        again = own_form(gate, actor, response_id, now=now)
        asked = {place[-1].link_id for place in again.filled.found.places}
        known = {place[-1].link_id for place in again.filled.answers}
        # An answer may ask for another one on the same page, which is typed then.
        if not any(one in asked and one in pages[number].link_ids for one in set(answers) - known):
            number += 1


def signed(
    gate: Gate, now: datetime, response_id: str, answers: dict[str, str], who: Actor | None = None, **changed: Any
) -> OwnFormSigned:
    """Filled in and signed, unless it is changed."""
    page = answered(gate, now, response_id, answers, who)
    given = {
        "shown": page.shown, "name": "José Fernández-Oak", "agreed": True, "language": "en", "network": "192.0.2.7",
        **changed,
    }  # fmt: skip
    return sign_own_form(gate, who or in_care(), response_id, now=now, **given)
