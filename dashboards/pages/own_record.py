"""Noting that somebody in care works here, from their file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import render
from dashboards.parts.replies import Ask
from dashboards.person import Person
from workbench.actions.people.note_own_record import note_own_record
from workbench.gate.permissions import Permission
from workbench.screens.staff_directory import StaffEntry, staff_directory


@dataclass(frozen=True)
class OwnRecordCalls:
    """Who works here, and the verb."""

    staff: Callable[[], tuple[StaffEntry, ...]]
    note: Callable[..., Any]

    def ask(self, name: str) -> Ask:
        """Who of the staff is it?"""
        choices = [(one.staff_id, one.name) for one in self.staff() if one.is_here]
        return flyout(f"{name} works here", render("pages/own_record.html", choices=choices), "modal")


def own_record_calls(person: Person) -> OwnRecordCalls | None:
    """For who registers people; None for everybody else, so that no button is shown."""
    if not person.may(Permission.NOTE_OWN_RECORD):
        return None
    return OwnRecordCalls(person.bound(staff_directory), person.bound(note_own_record))
