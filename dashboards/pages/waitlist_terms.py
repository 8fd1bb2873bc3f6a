"""How long a word of somebody who waits counts, and the waits that ended by themselves: the rest of the waitlist."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import counted, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Done, Reply
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.screens.waitlist import Patience, Waitlist

WEEK: Final = timedelta(weeks=1)


@dataclass(frozen=True)
class PatienceCalls:
    """Going on with what lapsed; set_terms is None where the role does not include it."""

    restore: Callable[..., Any]
    set_terms: Callable[..., Any] | None


class WaitlistTermsPage(Page):
    """The part of the page that is about how long a word counts."""

    needs = Permission.SEE_WAITLIST
    shown: Waitlist
    patience: PatienceCalls

    def do_terms(self, message: Message) -> Reply:
        """How long?"""
        del message
        now = self.shown.patience
        html = render(
            "pages/waitlist_terms.html", ask=now.ask // WEEK, hold=now.hold // WEEK,
            lapse=now.lapse // WEEK if now.lapse else 0,
        )  # fmt: skip
        return flyout("How long a word counts", html)

    def do_set_terms(self, message: Message) -> Reply | None:
        """For everybody who waits."""
        if self.patience.set_terms is None:
            return None
        self.patience.set_terms(
            ask_weeks=message.whole("ask_weeks", most=999), hold_weeks=message.whole("hold_weeks", most=999),
            lapse_weeks=message.whole("lapse_weeks", most=999), idempotency_key=message.key,
        )  # fmt: skip
        return Done("Kept. It counts from now on, for everybody who waits.")

    def do_restore(self, message: Message) -> Done:
        """They wait on, in their old place."""
        version = message.whole("version", least=1)
        try:
            self.patience.restore(message.text("id"), expected_version=version, idempotency_key=message.key)
        except WorkbenchError as refusal:
            return Done(sentence(refusal), tone="warn")
        return Done("They wait on, in the same place")


def patience_said(patience: Patience) -> str:
    """How long a word counts, in a sentence."""
    ask, hold = counted(patience.ask // WEEK, "week"), counted(patience.hold // WEEK, "week")
    said = f"Who has not been heard of for {ask} is asked, after {hold} no time is found for them"
    return f"{said}, after {counted(patience.lapse // WEEK, 'week')} the wait ends." if patience.lapse else f"{said}."
