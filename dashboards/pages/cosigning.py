"""What waits for a supervisor's signature: the list, co-signing, giving back."""

from collections.abc import Callable
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import ENVIRONMENT, counted, day, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.screens.cosign_queue import ATTESTED_WORDS, CosignLine

UI: Any = ENVIRONMENT.globals["ui"]
COLUMNS: Final = (Column("client", "Client", leads=True), Column("what", "Record"), Column("author", "Written by"),
                  Column("signed", "Signed"), Column("waits", "Waits"))  # fmt: skip


class CosignQueuePage(Page):
    """One row a record, the longest waiting first."""

    needs = Permission.SEE_COSIGNS
    title = "To co-sign"

    def __init__(self, *, queue: Callable[[], tuple[CosignLine, ...]], zone: ZoneInfo, base: str) -> None:
        self._queue, self._zone, self._base = queue, zone, base
        self.lines: tuple[CosignLine, ...] = ()

    def load(self) -> None:
        """All of them."""
        self.lines = self._queue()

    def render(self) -> Markup:
        """The table."""
        rows = tuple(
            Row(one.key, (one.patient_name, _what(one), one.author_name, day(one.signed_at, self._zone),
                          UI.badge(counted(one.days, "day"), "warn", "clock") if one.is_late
                          else counted(one.days, "day") if one.days else "today"),
                name=f"{one.patient_name}, {one.what}", go=one.path)
            for one in self.lines
        )  # fmt: skip
        table = Table(
            "cosign", "What waits for your signature", COLUMNS, rows, base=self._base, empty_title="Nothing waits",
            empty_text="What somebody you supervise signs as a trainee stands here until you co-sign it.",
            empty_icon="circle-check",
        )  # fmt: skip
        return render("pages/cosign_queue.html", table=table)


def _what(one: CosignLine) -> Markup | str:
    """The record, and that it was written late."""
    if not one.is_late_entry:
        return one.what
    return Markup("{} {}").format(one.what, UI.badge("Late entry", "warn", "clock-alert"))


def ask_cosign() -> Ask:
    """What do you vouch for?"""
    choices = [(key.value, words, "") for key, words in ATTESTED_WORDS.items()]
    return flyout("Co-sign and lock", render("pages/cosign.html", choices=choices))


def ask_return() -> Ask:
    """What is to be revised?"""
    return flyout("Give it back", render("pages/cosign_return.html"))


def keep_cosign(cosign: Callable[..., Any], target_id: str, message: Message) -> Done:
    """Locked with both signatures."""
    done = cosign(target_id, attested=message.text("attested"), idempotency_key=message.key)
    return Done(f"Co-signed as {done.cosigned_as}", go="/to-cosign")


def keep_return(give_back: Callable[..., Any], target_id: str, message: Message) -> Done:
    """A draft again."""
    give_back(target_id, comment=message.text("comment"), idempotency_key=message.key)
    return Done("Given back to be revised", go="/to-cosign")
