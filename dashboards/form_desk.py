"""The pages of forms with the calls of one person: those of the practice, and one that is filled in."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.form_design import DesignCalls, FormDesignPage
from dashboards.pages.form_library import FormLibraryPage, LibraryCalls
from dashboards.pages.form_packs import PackCalls
from dashboards.pages.form_response import FormResponsePage, ResponseCalls
from dashboards.pages.forms import FormCalls, FormsPage
from dashboards.parts.navigation import SET_UP, NavItem
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.forms.amend_form import amend_form
from workbench.actions.forms.ask_form_review import ask_form_review
from workbench.actions.forms.cosign_form import cosign_form
from workbench.actions.forms.edit_form import edit_form
from workbench.actions.forms.end_publisher import end_publisher
from workbench.actions.forms.finish_form_edit import finish_form_edit
from workbench.actions.forms.import_form import import_form
from workbench.actions.forms.publish_form import publish_form
from workbench.actions.forms.renew_form_draft import renew_form_draft
from workbench.actions.forms.retire_form import retire_form
from workbench.actions.forms.return_form import return_form
from workbench.actions.forms.return_response import return_response
from workbench.actions.forms.save_form import save_form
from workbench.actions.forms.sign_form import sign_form
from workbench.actions.forms.take_pack import take_pack
from workbench.actions.forms.take_templates import take_templates
from workbench.actions.forms.trust_publisher import trust_publisher
from workbench.gate.permissions import Permission
from workbench.screens.form_design import design_line, form_design, form_trial, formula_trial
from workbench.screens.form_library import form_library, library_preview
from workbench.screens.form_packs import form_publishers, own_pack, rehearse_pack
from workbench.screens.form_paper import blank_form, form_export, form_paper
from workbench.screens.form_responses import form_response
from workbench.screens.forms import form_preview, forms


def add_forms(desk: Desk) -> None:
    """The forms for who says which there are, one that is filled in for who reads charts."""
    if desk.person.may(Permission.SET_FORMS):
        desk.page("/forms", partial(_forms, desk), NavItem("Forms", "/forms", "clipboard-list", group=SET_UP))
        desk.page("/forms/library", partial(_library, desk))
        desk.page("/forms/{version_id}/edit", partial(_design, desk))
    if desk.person.may(Permission.READ_CHART):
        desk.page("/filled/{response_id}", partial(_filled, desk))


def _forms(desk: Desk, visit: Visit) -> Page:
    del visit
    bound = desk.person.bound
    calls = FormCalls(
        bound(forms), bound(form_preview), bound(import_form), bound(publish_form), bound(retire_form),
        bound(ask_form_review), bound(return_form), bound(blank_form),
    )  # fmt: skip
    packs = PackCalls(bound(form_publishers), bound(rehearse_pack), bound(take_pack), bound(trust_publisher),
                      bound(end_publisher), bound(own_pack))  # fmt: skip
    return FormsPage(calls=calls, packs=packs, zone=desk.person.zone, base=desk.base)


def _library(desk: Desk, visit: Visit) -> Page:
    bound = desk.person.bound
    calls = LibraryCalls(bound(form_library), bound(library_preview), bound(take_templates))
    return FormLibraryPage(visit, calls=calls, base=desk.base)


def _design(desk: Desk, visit: Visit) -> Page:
    bound = desk.person.bound
    calls = DesignCalls(
        bound(form_design),
        bound(design_line),
        bound(form_trial),
        bound(formula_trial),
        bound(edit_form),
        bound(finish_form_edit),
    )
    return FormDesignPage(visit, calls=calls, base=desk.base)


def _filled(desk: Desk, visit: Visit) -> Page:
    person = desk.person
    export = person.bound(form_export) if person.may(Permission.EXPORT_FORM) else None
    calls = ResponseCalls(
        person.bound(form_response),
        person.bound(save_form),
        person.bound(sign_form),
        person.bound(renew_form_draft),
        person.bound(amend_form),
        person.bound(cosign_form),
        person.bound(return_response),
        person.bound(form_paper),
        export,
    )
    return FormResponsePage(visit, calls=calls, zone=person.zone, clock=person.clock, base=desk.base)
