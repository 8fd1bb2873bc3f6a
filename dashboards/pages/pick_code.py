"""Picking a diagnosis from the list, into a field that holds codes: typed, found, taken, by keys alone if one likes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.replies import Ask
from workbench.kernel.errors import WorkbenchError
from workbench.screens.diagnosis_codes import find_codes
from workbench.screens.patient_statements import Diagnosis, Line, title_of


@dataclass(frozen=True)
class CodePicker:
    """The dialog. listed: the diagnoses on the patient's list, of which one is picked first."""

    listed: Callable[..., tuple[Line[Diagnosis], ...]]

    def ask(self, patient_id: str, message: Message, on: date) -> Ask:
        """Which one? message: `field` is the id of the field it goes into, `q` what is typed so far."""
        listed = [(one.told.code, title_of(one.told.code)) for one in self.listed(patient_id)]
        return self._drawn(message, on, listed)

    def seek(self, message: Message, on: date) -> Ask:
        """What is found by what is typed."""
        return self._drawn(message, on, [])

    def _drawn(self, message: Message, on: date, listed: list[tuple[str, str]]) -> Ask:
        typed, field = message.text("q")[:80], message.text("field")
        if len(field) > 60:
            raise WorkbenchError("This page does not offer that. Please reload it.")
        html = render("pages/pick_code.html", typed=typed, found=find_codes(typed, on), listed=listed, field=field)
        return Ask(html, "Pick a diagnosis")
