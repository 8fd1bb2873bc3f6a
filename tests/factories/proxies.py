"""A child in care, and somebody who stands in for them."""

from datetime import date, datetime
from typing import Any

from tests.factories.small_practice import people
from workbench.actions.people.ask_proxy_link import ask_proxy_link
from workbench.actions.people.decide_proxy_link import decide_proxy_link
from workbench.actions.people.register_patient import register_patient
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.proxies import ProxyLink

PARENT = {
    "given_name": "Rowan", "family_name": "Alder", "basis": "parent", "scopes": ("chart", "record"),
    "until_on": date(2030, 1, 1), "seen": "Birth certificate", "phone": "5550100177",
}  # fmt: skip


FOR_AN_ADULT = {"basis": "power_of_attorney", "until_on": date(2026, 9, 1)}


def child(gate: Gate, now: datetime, **details: Any) -> str:
    """The id of a patient of eleven years."""
    given = {"given_name": "Wren", "family_name": "Alder", "born_on": date(2014, 5, 2), **details}
    return register_patient(gate, people().desk, now=now, **given).patient_id


def asked(gate: Gate, now: datetime, patient_id: str, **changed: Any) -> str:
    """The id of a link that the desk asked for."""
    return ask_proxy_link(gate, people().desk, patient_id, now=now, **{**PARENT, **changed}).link_id


def in_force(gate: Gate, now: datetime, patient_id: str, **changed: Any) -> str:
    """The id of a link that compliance approved."""
    link_id = asked(gate, now, patient_id, **changed)
    decide_proxy_link(gate, people().compliance, link_id, now=now, is_approved=True)
    return link_id


def proxy_of(gate: Gate, link_id: str) -> Actor:
    """Whoever stands in by this link, signed in."""
    with gate.store.reading() as session:
        link = session.get(ProxyLink, link_id)
        assert link is not None
        return Actor("usr_proxy", link.proxy_id, frozenset({Role.PROXY}), "0" * 64)


A_YEAR = date(2027, 3, 1)
"""Until when an adult's own wish may count."""
