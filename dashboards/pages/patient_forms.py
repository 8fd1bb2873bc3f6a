"""The forms about one person: those there are, and beginning another."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import ENVIRONMENT, day, render
from dashboards.parts.message import Message
from dashboards.parts.part_2 import part_2_title
from dashboards.parts.replies import Ask, Done
from dashboards.parts.statuses import NOTE
from dashboards.parts.tables import Column, Row, Table
from workbench.actions.forms.start_form import start_form
from workbench.gate.permissions import Permission
from workbench.screens.form_responses import PatientForms, patient_forms

UI: Any = ENVIRONMENT.globals["ui"]
COLUMNS = (Column("title", "Form", leads=True), Column("label", "Version"), Column("state", "State"),
           Column("author", "By"), Column("at", "Signed or saved"))  # fmt: skip


@dataclass(frozen=True)
class PatientFormCalls:
    """The calls, with actor and time already given; start: None where the role does not include it."""

    shown: Callable[..., PatientForms]
    start: Callable[..., Any] | None

    def ask(self, found: PatientForms) -> Ask:
        """Which one?"""
        choices = [(one.version_id, f"{one.title} {one.label}") for one in found.choices]
        return flyout("Fill in a form", render("pages/patient_forms_new.html", choices=choices))

    def begin(self, patient_id: str, message: Message) -> Done:
        """Its page, to write in."""
        assert self.start is not None
        version_id = message.required("version_id", "Please choose one.")
        done = self.start(patient_id, version_id=version_id, idempotency_key=message.key)
        return Done("Begun; it is saved while you write", go=f"/filled/{done.response_id}")


def forms_table(found: PatientForms, zone: ZoneInfo, base: str) -> Table:
    """Those there are, the newest first."""
    rows = tuple(
        Row(one.response_id, (part_2_title(one.title, is_part_2=one.is_part_2), one.label,
                              UI.status(NOTE.of(one.state)), one.author_name, day(one.at, zone)),
            name=one.title, go=f"/filled/{one.response_id}")
        for one in found.responses
    )  # fmt: skip
    return Table(
        "filled", "Forms that were filled in", COLUMNS, rows, base=base, empty_title="No forms yet",
        empty_text="A form that was filled in stands here, as it was signed.", empty_icon="clipboard-list",
    )  # fmt: skip


def patient_form_calls(person: Any) -> PatientFormCalls | None:
    """For who reads charts; None for everybody else, so that there is no tab."""
    if not person.may(Permission.READ_CHART):
        return None
    start = person.bound(start_form) if person.may(Permission.START_FORM) else None
    return PatientFormCalls(person.bound(patient_forms), start)
