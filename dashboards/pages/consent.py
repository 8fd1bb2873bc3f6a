"""Whether a patient may be written to: what they said last, and what they say now."""

from collections.abc import Callable, Mapping
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
WAYS = (("email", "By mail"), ("text", "By text"), ("voice", "By a call that is read out"))
WHY_NOT = {
    "": "may go to what the file says.",
    "no_address": "has nowhere to go: the file says no address.",
    "no_consent": "may not go: there is no consent for what the file says.",
}


@dataclass(frozen=True)
class ConsentCalls:
    """The calls, with actor and time already given."""

    shown: Callable[[str], Mapping[str, ConsentShown]]
    record: Callable[..., Any]

    def ask(self, patient_id: str, name: str, today: date) -> Ask:
        """What was said, and the form for what is said now."""
        shown = self.shown(patient_id)
        said = [(word, WHY_NOT[shown[way].why_not], shown[way], dict(SOURCES).get(shown[way].source, ""))
                for way, word in WAYS]  # fmt: skip
        html = render("pages/consent.html", said=said, ways=WAYS, sources=SOURCES, today=today)
        return flyout(f"Reminders for {name}", html, "modal")

    def keep(self, patient_id: str, message: Message) -> None:
        """Write it down."""
        self.record(patient_id, channel=message.text("channel"), is_given=message.text("is_given") == "yes",
                    source=message.text("source"), given_on=message.day("given_on"),
                    idempotency_key=message.key)  # fmt: skip


def consent_calls(person: Any) -> ConsentCalls | None:
    """For who registers people; None for everybody else, so that no button is shown."""
    if not person.may(Permission.RECORD_CONSENT):
        return None
    return ConsentCalls(person.bound(contact_consent), person.bound(record_consent))
