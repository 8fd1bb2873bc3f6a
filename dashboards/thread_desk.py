"""The pages of a treatment plan and of its golden thread with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.golden_thread import GoldenThreadPage
from dashboards.pages.pick_code import CodePicker
from dashboards.pages.treatment_plan import TreatmentPlanCalls, TreatmentPlanPage
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.charting.cosign_treatment_plan import cosign_treatment_plan
from workbench.actions.charting.return_treatment_plan import return_treatment_plan
from workbench.actions.charting.sign_treatment_plan import sign_treatment_plan
from workbench.actions.charting.write_treatment_plan import write_treatment_plan
from workbench.gate.permissions import Permission
from workbench.screens.golden_thread import golden_thread
from workbench.screens.patient_statements import listed_diagnoses
from workbench.screens.treatment_plan import treatment_plan


def add_threads(desk: Desk) -> None:
    """For who reads charts."""
    if desk.person.may(Permission.READ_CHART):
        desk.page("/treatment-plan/{patient_id}", partial(_plan, desk))
        desk.page("/golden-thread/{patient_id}", partial(_thread, desk))


def _plan(desk: Desk, visit: Visit) -> Page:
    person, bound = desk.person, desk.person.bound
    calls = TreatmentPlanCalls(
        bound(treatment_plan), bound(write_treatment_plan), bound(sign_treatment_plan), bound(cosign_treatment_plan),
        bound(return_treatment_plan), CodePicker(bound(listed_diagnoses)),
    )  # fmt: skip
    return TreatmentPlanPage(visit, calls=calls, zone=person.zone, clock=person.clock, base=desk.base)


def _thread(desk: Desk, visit: Visit) -> Page:
    person = desk.person
    return GoldenThreadPage(visit, golden_thread=person.bound(golden_thread), zone=person.zone, base=desk.base)
