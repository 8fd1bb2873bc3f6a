"""The pages of what is asked before a claim, with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.codes_to_confirm import CodesToConfirmPage
from dashboards.pages.held_charge import HeldChargePage
from dashboards.pages.payer_terms import PayerTermsPage
from dashboards.parts.navigation import NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.billing.answer_override import answer_override
from workbench.actions.billing.ask_override import ask_override
from workbench.actions.billing.set_payer_terms import set_payer_terms
from workbench.gate.permissions import Permission
from workbench.screens.charge_holds import charge_holds, overrides_asked
from workbench.screens.payer_terms import payer_terms


def add_claim_rules(desk: Desk) -> None:
    """A held charge is reached from the claims; what is asked stands in the rail of who answers."""
    person = desk.person
    if person.may(Permission.SEE_CLAIMS, everywhere=True):
        desk.page("/held-charges/{charge_id}", partial(_held, desk))
    if person.may(Permission.ANSWER_OVERRIDE):
        desk.page("/codes-to-confirm", partial(_asked, desk),
                  NavItem("Codes to confirm", "/codes-to-confirm", "list-checks"))  # fmt: skip
    if person.may(Permission.SEE_PAYER_TERMS):
        place = NavItem("Payers", "/payer-terms", "landmark", group="Billing")
        desk.page("/payer-terms", partial(_payers, desk), place)


def _held(desk: Desk, visit: Visit) -> Page:
    bound = desk.person.bound
    return HeldChargePage(
        visit, shown=bound(charge_holds), ask=bound(ask_override), zone=desk.person.zone, base=desk.base
    )


def _asked(desk: Desk, visit: Visit) -> Page:
    del visit
    bound = desk.person.bound
    return CodesToConfirmPage(
        asked=bound(overrides_asked), answer=bound(answer_override), zone=desk.person.zone, base=desk.base
    )


def _payers(desk: Desk, visit: Visit) -> Page:
    del visit
    return PayerTermsPage(
        shown=desk.person.bound(payer_terms), set_terms=desk.if_allowed(Permission.SET_PAYER_TERMS, set_payer_terms),
        zone=desk.person.zone, base=desk.base,
    )  # fmt: skip
