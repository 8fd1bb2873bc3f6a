"""The page of one's own psychotherapy notes about a client, with the calls of one person."""

from functools import partial

from dashboards.desks import Desk
from dashboards.pages.psychotherapy_notes import PsychotherapyCalls, PsychotherapyNotesPage
from dashboards.parts.page import Page
from dashboards.parts.routes import Visit
from workbench.actions.psychotherapy.begin_psychotherapy_note import begin_psychotherapy_note
from workbench.actions.psychotherapy.save_psychotherapy_note import save_psychotherapy_note
from workbench.gate.permissions import Permission
from workbench.screens.psychotherapy_notes import psychotherapy_notes, psychotherapy_words


def add_psychotherapy(desk: Desk) -> None:
    """For who keeps such notes; it is reached from the client's notes and stands in no rail."""
    if desk.person.may(Permission.KEEP_PSYCHOTHERAPY):
        desk.page("/psychotherapy/{patient_id}", partial(_page, desk))


def _page(desk: Desk, visit: Visit) -> Page:
    bound = desk.person.bound
    calls = PsychotherapyCalls(
        bound(psychotherapy_notes), bound(psychotherapy_words), bound(begin_psychotherapy_note),
        bound(save_psychotherapy_note),
    )  # fmt: skip
    return PsychotherapyNotesPage(visit, calls=calls, zone=desk.person.zone, clock=desk.person.clock, base=desk.base)
