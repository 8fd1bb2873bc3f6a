"""The pages of forms with the calls of one person: those of the practice, and one that is filled in."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.form_response import FormResponsePage, ResponseCalls
from dashboards.pages.forms import FormCalls, FormsPage
from dashboards.parts.navigation import NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.forms.import_form import import_form
from workbench.actions.forms.publish_form import publish_form
from workbench.actions.forms.retire_form import retire_form
from workbench.actions.forms.save_form import save_form
from workbench.actions.forms.sign_form import sign_form
from workbench.gate.permissions import Permission
from workbench.screens.form_responses import form_response
from workbench.screens.forms import form_preview, forms


def add_forms(desk: Desk) -> None:
    """The forms for who says which there are, one that is filled in for who reads charts."""
    if desk.person.may(Permission.SET_FORMS):
        desk.page("/forms", partial(_forms, desk), NavItem("Forms", "/forms", "clipboard-list"))
    if desk.person.may(Permission.READ_CHART):
        desk.page("/filled/{response_id}", partial(_filled, desk))


def _forms(desk: Desk, visit: Visit) -> Page:
    del visit
    bound = desk.person.bound
    calls = FormCalls(bound(forms), bound(form_preview), bound(import_form), bound(publish_form), bound(retire_form))
    return FormsPage(calls=calls, zone=desk.person.zone, base=desk.base)


def _filled(desk: Desk, visit: Visit) -> Page:
    person = desk.person
    calls = ResponseCalls(person.bound(form_response), person.bound(save_form), person.bound(sign_form))
    return FormResponsePage(visit, calls=calls, zone=person.zone, clock=person.clock, base=desk.base)
