"""The pages of packets, and of what one person fills in, with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.intake import IntakeCalls, IntakePage
from dashboards.pages.packets import PacketCalls, PacketsPage
from dashboards.parts.navigation import SET_UP, NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.intake.assign_packet import assign_packet
from workbench.actions.intake.set_packet import set_packet
from workbench.actions.intake.withdraw_consent import withdraw_consent
from workbench.actions.intake.withdraw_packet import withdraw_packet
from workbench.actions.people.decide_answer import decide_answer
from workbench.gate.permissions import Permission
from workbench.screens.own_paper import intake_paper
from workbench.screens.packets import packets
from workbench.screens.patient_intake import intake_answers, patient_intake


def add_packets(desk: Desk) -> None:
    """Packets for who says which forms are filled in here; one person's from their file."""
    if desk.person.may(Permission.SET_PACKETS):
        place = NavItem("Packets", "/packets", "folder", group=SET_UP)
        desk.page("/packets", partial(_packets, desk), place)
    if desk.person.may(Permission.SEE_INTAKE):
        desk.page("/intake/{patient_id}", partial(_intake, desk))


def _packets(desk: Desk, visit: Visit) -> Page:
    del visit
    bound = desk.person.bound
    return PacketsPage(calls=PacketCalls(bound(packets), bound(set_packet)), base=desk.base)


def _intake(desk: Desk, visit: Visit) -> Page:
    bound = desk.person.bound
    calls = IntakeCalls(
        bound(patient_intake), bound(intake_answers), bound(intake_paper), bound(assign_packet),
        bound(withdraw_packet), bound(decide_answer), bound(withdraw_consent),
    )  # fmt: skip
    return IntakePage(visit, calls=calls, zone=desk.person.zone, base=desk.base)
