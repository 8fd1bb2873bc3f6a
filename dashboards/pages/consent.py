"""Whether a patient may be written to: what they said last, and what they say now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.replies import Ask
from workbench.actions.messaging.record_consent import record_consent
from workbench.gate.permissions import Permission
from workbench.screens.contact_consent import ConsentShown, contact_consent

SOURCES = (("at_desk", "Said at the desk"), ("form", "Signed on a form"), ("phone", "Said by telephone"),
           ("message", "Written in a message"))  # fmt: skip
WHY_NOT = {
    "": "Reminders may go to the address in the file.",
    "no_address": "There is no mail address in the file.",
    "no_consent": "There is no consent for the address in the file.",
}


@dataclass(frozen=True)
class ConsentCalls:
    """The calls, with actor and time already given."""

    shown: Callable[[str], ConsentShown]
    record: Callable[..., Any]

    def ask(self, patient_id: str, name: str, today: date) -> Ask:
        """What was said, and the form for what is said now."""
        shown = self.shown(patient_id)
        html = render("pages/consent.html", shown=shown, says=WHY_NOT[shown.why_not], sources=SOURCES, today=today,
                      source=dict(SOURCES).get(shown.source, ""))  # fmt: skip
        return flyout(f"Reminders for {name}", html, "modal")

    def keep(self, patient_id: str, message: Message) -> None:
        """Write it down."""
        self.record(patient_id, is_given=message.text("is_given") == "yes", source=message.text("source"),
                    given_on=message.day("given_on"), idempotency_key=message.key)  # fmt: skip


def consent_calls(person: Any) -> ConsentCalls | None:
    """For who registers people; None for everybody else, so that no button is shown."""
    if not person.may(Permission.RECORD_CONSENT):
        return None
    return ConsentCalls(person.bound(contact_consent), person.bound(record_consent))
