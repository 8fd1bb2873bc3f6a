"""Correcting who somebody is and how to reach them, from their file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.replies import Ask, Done, Refused, Reply
from workbench.actions.people.correct_patient import correct_patient
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.screens.patient_file import ZONES, PatientFile

TEXTS = ("given_name", "family_name", "preferred_name", "pronouns", "sex", "phone", "email", "street", "city", "state",
         "zip_code", "zone")  # fmt: skip
WORDS = {
    "given_name": "first name", "family_name": "last name", "preferred_name": "preferred name", "born_on": "birth date",
    "zip_code": "ZIP", "zone": "time zone", "email": "mail",
}  # fmt: skip


@dataclass(frozen=True)
class CorrectCalls:
    """The call, with actor and time already given."""

    correct: Callable[..., Any]

    def ask(self, file: PatientFile, practice_zone: str) -> Ask:
        """What is it to say?"""
        zones = [("", "As the practice")] + [(key, word) for key, word in ZONES.items() if key != practice_zone]
        html = render("pages/correcting.html", file=file, zones=zones)
        return flyout(f"Correct file {file.number}", html)

    def keep(self, file: PatientFile, message: Message) -> Reply:
        """It says so from now on."""
        if not message.text("born_on"):
            raise FieldProblem("born_on", "Please give the birth date.")
        try:
            done = self.correct(
                file.patient_id, born_on=message.day("born_on"), is_somebody_else=message.ticked("is_somebody_else"),
                expected_version=message.whole("version", least=1), idempotency_key=message.key,
                **{name: message.text(name) for name in TEXTS},
            )  # fmt: skip
        except WorkbenchError as refusal:
            if not hasattr(refusal, "number"):
                raise
            return Refused(sentence(refusal), {"is_somebody_else": sentence(refusal)})
        return Done(f"Corrected: {', '.join(WORDS.get(name, name) for name in done.fields)}")


def correct_calls(person: Any) -> CorrectCalls | None:
    """For who may correct files; None for everybody else, so that no button is shown."""
    return CorrectCalls(person.bound(correct_patient)) if person.may(Permission.CORRECT_PATIENT) else None
