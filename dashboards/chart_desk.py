"""The page of the chart with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.chart import ChartPage, ChartPageCalls
from dashboards.pages.chart_dialogs import ChartCalls, ChartDialogs
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from dashboards.person import Person
from workbench.actions.charting.end_diagnosis import end_diagnosis
from workbench.actions.charting.record_allergy import record_allergy
from workbench.actions.charting.record_medication import record_medication
from workbench.actions.charting.set_diagnosis import set_diagnosis
from workbench.actions.charting.state_risk import state_risk
from workbench.gate.permissions import Permission
from workbench.screens.chart_overview import chart_overview
from workbench.screens.chart_timeline import chart_timeline
from workbench.screens.form_paper import form_paper


def add_chart(desk: Desk) -> None:
    """For who sees whom the practice cares for; what else of the chart they see is up to their role."""
    if desk.person.may(Permission.SEE_CONTACT):
        desk.page("/chart/{patient_id}", partial(_page, desk))


def _page(desk: Desk, visit: Visit) -> Page:
    person, bound = desk.person, desk.person.bound
    calls = ChartPageCalls(bound(chart_overview), bound(chart_timeline), bound(form_paper), _dialogs(person))
    return ChartPage(
        visit, calls=calls, zone=person.zone, clock=person.clock, patient_word=desk.words.client, base=desk.base
    )


def _dialogs(person: Person) -> ChartDialogs | None:
    if not person.may(Permission.STATE_IN_CHART):
        return None
    verbs = (set_diagnosis, end_diagnosis, record_medication, record_allergy, state_risk)
    return ChartDialogs(ChartCalls(*(person.bound(verb) for verb in verbs)))
