"""The page of a session's note with the calls of one person, and what waits for a note."""

from collections.abc import Callable
from functools import partial

from dashboards.pages.note import NotePage
from dashboards.pages.pick_code import CodePicker
from dashboards.parts.navigation import NavItem
from dashboards.person import Person
from workbench.actions.charting.amend_note import amend_note
from workbench.actions.charting.cosign_note import cosign_note
from workbench.actions.charting.return_note import return_note
from workbench.actions.charting.sign_note import sign_note
from workbench.actions.charting.write_note import write_note
from workbench.screens.note_for_attendance import note_for_attendance
from workbench.screens.note_paper import note_paper
from workbench.screens.notes_waiting import notes_due, notes_overdue
from workbench.screens.patient_statements import listed_diagnoses


def note_page(person: Person, base: str) -> Callable[..., NotePage]:
    """For who writes notes."""
    bound = person.bound
    return partial(
        NotePage,
        note_for_attendance=bound(note_for_attendance),
        write_note=bound(write_note),
        sign_note=bound(sign_note),
        amend_note=bound(amend_note),
        cosign_note=bound(cosign_note),
        return_note=bound(return_note),
        note_paper=bound(note_paper),
        codes=CodePicker(bound(listed_diagnoses)),
        zone=person.zone,
        clock=person.clock,
        base=base,
    )


def day_place(person: Person) -> NavItem:
    """My day in the rail, with the notes that are due after a day, and how many of them are overdue after three."""
    due, overdue = partial(person.call, notes_due), partial(person.call, notes_overdue)
    return NavItem("My day", "/my-day", "sun", count=due, first=True, late=overdue)
