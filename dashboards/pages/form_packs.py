"""Packs of forms on the page of forms: whose are taken, what one would change, and taking it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import counted, render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.replies import Ask, Deliver, Done, Reply
from workbench.gate.errors import StalePage
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.screens.form_packs import Becomes, PackShown, PublisherShown

LOOKS = {Becomes.NEW: ("New", "good", "plus"), Becomes.NEWER: ("Newer version", "info", "refresh-cw"),
         Becomes.SAME: ("Here already", "neutral", "circle-check"),
         Becomes.OWN: ("Yours, stays as it is", "warn", "notebook-pen")}  # fmt: skip


@dataclass(frozen=True)
class PackCalls:
    """The calls of packs, with actor and time already given."""

    publishers: Callable[[], tuple[PublisherShown, ...]]
    rehearse: Callable[..., PackShown]
    take: Callable[..., Any]
    trust: Callable[..., Any]
    end: Callable[..., Any]
    own: Callable[[], bytes]


class Packs:
    """What is done with packs, for the page of forms. A pack that is looked at is kept here until it is taken."""

    _packs: PackCalls
    _zone: ZoneInfo
    _content: bytes = b""

    def do_packs(self, message: Message) -> Ask:
        """Whose packs are taken, and a file."""
        del message
        return self._ask_packs()

    def do_rehearse(self, message: Message) -> Ask:
        """What would a pack change?"""
        files = message.files.get("file", ())
        if not files:
            raise FieldProblem("file", "Choose a file first.")
        self._content = files[0].content
        return self._ask_rehearsed()

    def do_take_pack(self, message: Message) -> Reply:
        """Just what was shown."""
        try:
            done = self._packs.take(
                content=self._content, looked_at=message.text("looked_at"), idempotency_key=message.key
            )
        except StalePage:
            return self._ask_rehearsed()
        except WorkbenchError as refusal:
            return Done(sentence(refusal), tone="warn")
        self._content = b""
        return Done(f"{counted(done.new + done.newer, 'draft')} to read and publish")

    def do_ask_trust(self, message: Message) -> Ask:
        """Whose key?"""
        del message
        return flyout("Trust a publisher", render("pages/forms_trust.html"))

    def do_trust(self, message: Message) -> Done:
        """Their packs may be taken from now on."""
        done = self._packs.trust(name=message.text("name"), key=message.text("key"), idempotency_key=message.key)
        return Done(f"Trusted, by the key {done.fingerprint}", stays=self._ask_packs)

    def do_ask_distrust(self, message: Message) -> Ask:
        """Sure?"""
        return confirm("distrust", "Trust them no more?", "Their packs are refused from now on. What was taken stays.",
                       label="End the trust", args={"id": message.text("id")}, danger=True)  # fmt: skip

    def do_distrust(self, message: Message) -> Done:
        """No pack of theirs is taken any more."""
        try:
            self._packs.end(message.text("id"), idempotency_key=message.key)
        except WorkbenchError as refusal:
            return Done(sentence(refusal), tone="warn")
        return Done("Trusted no more", stays=self._ask_packs)

    def do_own_pack(self, message: Message) -> Reply:
        """The practice's own forms, to be signed elsewhere."""
        del message
        try:
            content = self._packs.own()
        except WorkbenchError as refusal:
            return Done(sentence(refusal), tone="warn")
        return Deliver("forms.pack.json", "application/json", content, "The pack is saved. Nobody has signed it yet.")

    def _ask_packs(self) -> Ask:
        return flyout("Packs of forms", render("pages/forms_packs.html", publishers=self._packs.publishers(),
                                               zone=self._zone))  # fmt: skip

    def _ask_rehearsed(self) -> Ask:
        shown = self._packs.rehearse(content=self._content)
        takes = sum(line.becomes in (Becomes.NEW, Becomes.NEWER) for line in shown.lines)
        return flyout(shown.name, render("pages/forms_pack.html", pack=shown, looks=LOOKS, takes=takes))
