"""People of the synthetic practice who use its portal: an adult, a sixteen-year-old, a parent of a child of nine."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from workbench.actions.people.ask_proxy_link import ask_proxy_link
from workbench.actions.people.decide_proxy_link import decide_proxy_link
from workbench.actions.people.register_patient import register_patient
from workbench.actions.scheduling.book_appointment import book_appointment
from workbench.actions.scheduling.set_self_booking import set_self_booking
from workbench.demo.accounts import provision, shared_hash
from workbench.demo.groups import staff_actor
from workbench.demo.intake import ask_to_fill_in
from workbench.demo.messages import write_messages
from workbench.demo.plan import Client, Plan
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.proxies import ProxyLink
from workbench.people.proxy_rules import of_age_on
from workbench.scheduling.tables import AttendanceStatus
from workbench.screens.open_slots import open_slots
from workbench.screens.self_booking import How, Rule, SeenBy, Whom, self_booking

ADULT, TEENAGER, PARENT = "client@example.test", "teenager@example.test", "parent@example.test"
_AHEAD: Final = timedelta(days=2)
_ASKED: Final = Rule(How.REQUEST, Whom.EVERYBODY, SeenBy.TEAM, most_open=2, may_move=True)
"""Every kind may be asked for, with one's own clinicians."""


@dataclass(frozen=True)
class PortalSignIn:
    """Who can sign in to the portal; `title` is who they are."""

    email: str
    title: str


def portal_sign_ins() -> tuple[PortalSignIn, ...]:
    """The three of them."""
    return (
        PortalSignIn(ADULT, "Client"), PortalSignIn(TEENAGER, "Client of sixteen"),
        PortalSignIn(PARENT, "Parent of a child"),
    )  # fmt: skip


def open_portal(gate: Gate, plan: Plan, accounts: Mapping[str, str]) -> None:
    """Through the verbs of the practice's own people, at the moment the practice is shown."""
    now, hashed = plan.setting.now, shared_hash(gate)
    manager = staff_actor(plan, accounts, Role.MANAGER)
    for kind in self_booking(gate, manager, now=now).kinds:
        set_self_booking(gate, manager, kind.type_id, now=now, rule=_ASKED)
    desk = staff_actor(plan, accounts, Role.FRONT_DESK)
    adult = _an_adult(plan).id
    account = provision(gate, adult, ADULT, hashed, [Role.PATIENT], now)
    ask_to_fill_in(gate, plan, staff_actor(plan, accounts, Role.MANAGER), desk, adult)
    teenager = _minor(gate, plan, desk, "Noa", 16)
    provision(gate, teenager, TEENAGER, hashed, [Role.PATIENT], now)
    child = _minor(gate, plan, desk, "Pip", 9)
    provision(gate, _parent(gate, plan, accounts, child), PARENT, hashed, [Role.PROXY], now)
    write_messages(gate, plan, accounts, Actor(account, adult, frozenset({Role.PATIENT})), now)


def _an_adult(plan: Plan) -> Client:
    """The first who is booked and has two days left to cancel in time."""
    booked = (AttendanceStatus.BOOKED, AttendanceStatus.CONFIRMED)
    coming = (one for one in plan.visits if one.starts_at > plan.setting.now + _AHEAD and one.status in booked)
    return min((one.client for one in coming), key=lambda client: client.number)


def _born(plan: Plan, years: int) -> date:
    """A birthday a hundred days ago."""
    day = plan.setting.today - timedelta(days=100)
    return day.replace(year=day.year - years, day=min(day.day, 28))


def _minor(gate: Gate, plan: Plan, desk: Actor, given_name: str, years: int) -> str:
    """In care with the first clinician, and booked for next week."""
    now, clinician = plan.setting.now, plan.clinicians[0].id
    made = register_patient(
        gate, desk, now=now, given_name=given_name, family_name="Ellery", born_on=_born(plan, years),
        clinician_id=clinician, email=TEENAGER if years == 16 else "",
    )  # fmt: skip
    kind, from_on = plan.kinds[-1], plan.setting.today + timedelta(days=3)
    free = open_slots(gate, desk, now=now, from_on=from_on, until_on=from_on + timedelta(days=40),
                      minutes=kind.minutes, clinician_id=clinician, most=1)  # fmt: skip
    for slot in free:
        book_appointment(
            gate, desk, made.patient_id, now=now, clinician_id=clinician, type_id=kind.id,
            location_id=plan.office_id, starts_at=slot.starts_at,
        )  # fmt: skip
    return made.patient_id


def _parent(gate: Gate, plan: Plan, accounts: Mapping[str, str], child: str) -> str:
    """Who stands in for the child: asked for at the desk, approved by compliance."""
    now, desk = plan.setting.now, staff_actor(plan, accounts, Role.FRONT_DESK)
    asked = ask_proxy_link(
        gate, desk, child, now=now, given_name="Robin", family_name="Ellery", basis="parent",
        scopes=("chart", "messages", "record"), until_on=of_age_on(_born(plan, 9)), seen="Birth certificate",
        email=PARENT,
    )  # fmt: skip
    decide_proxy_link(gate, staff_actor(plan, accounts, Role.COMPLIANCE), asked.link_id, now=now, is_approved=True)
    with gate.store.reading() as session:
        return session.get_one(ProxyLink, asked.link_id).proxy_id
