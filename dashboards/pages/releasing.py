"""The dialogs about copies that leave: asked, looked at, decided, taken back, and the packet handed out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import ENVIRONMENT, day, render
from dashboards.parts.message import Message
from dashboards.parts.replies import Ask, Deliver, Done, Reply
from dashboards.parts.tables import Column, Look, Looks, Row, Table
from workbench.actions.releases.ask_release import ask_release
from workbench.actions.releases.decide_release import decide_release
from workbench.actions.releases.revoke_release import revoke_release
from workbench.gate.permissions import Permission
from workbench.screens.releases import (
    ASKED_GROUNDS,
    GROUND_WORDS,
    KIND_WORDS,
    ORDER_WORDS,
    PROCEEDING_WORDS,
    SUBPOENA_IS_NOT_ENOUGH,
    Ground,
    ReleaseShown,
    ReleaseWeighed,
    release_file,
    release_weighed,
)

UI: Any = ENVIRONMENT.globals["ui"]
STATES: Final = Looks(
    {
        "waiting": Look("Waits for approval", "warn", "hourglass"),
        "made": Look("Released", "good", "badge-check"),
        "refused": Look("Refused", "bad", "x"),
        "revoked": Look("Taken back", "bad", "circle-slash"),
        "expired": Look("Paper expired", "neutral", "circle-slash"),
    }
)
GONE: Final = Done("This request is no longer on the page.", tone="warn")


@dataclass(frozen=True)
class ReleaseCalls:
    """What is done about copies, with actor and time already given; None where the role does not include it."""

    ask: Callable[..., Any] | None
    decide: Callable[..., Any] | None
    revoke: Callable[..., Any] | None
    weigh: Callable[..., ReleaseWeighed]
    file: Callable[..., Any]
    zone: ZoneInfo


def release_calls(person: Any) -> ReleaseCalls:
    """Those of this person."""
    may_ask = person.may(Permission.ASK_RELEASE)
    return ReleaseCalls(
        person.bound(ask_release) if may_ask else None,
        person.bound(decide_release) if person.may(Permission.DECIDE_RELEASE) else None,
        person.bound(revoke_release) if may_ask else None,
        person.bound(release_weighed), person.bound(release_file), person.zone,
    )  # fmt: skip


class Releasing:
    """The dialogs of a page that shows requests."""

    release_calls: ReleaseCalls
    shown: tuple[ReleaseShown, ...]

    def do_open_release(self, message: Message) -> Reply:
        """The request in full; for who decides, what would go and what stays."""
        one = self._release(message)
        if one is None:
            return GONE
        weighed = self.release_calls.weigh(one.request_id) if one.may_decide and one.state == "waiting" else None
        html = render(
            "pages/release.html", one=one, weighed=weighed, ground=GROUND_WORDS[Ground(one.ground)], days=days_of(one),
            order=order_of(one), look=STATES.of(one.state), zone=self.release_calls.zone,
        )  # fmt: skip
        return flyout("A copy of records", html)

    def do_approve_release(self, message: Message) -> Reply:
        """Yes: the packet is made, filed and accounted for."""
        assert self.release_calls.decide is not None
        self.release_calls.decide(message.text("row"), is_approved=True, idempotency_key=message.key)
        return Done("Approved. The packet is made and in the accounting of disclosures.")

    def do_ask_refuse_release(self, message: Message) -> Reply:
        """Why?"""
        if self._release(message) is None:
            return GONE
        return confirm("refuse_release", "Refuse this copy?", "Nothing leaves. Who asked sees the reason.",
                       label="Refuse", args={"row": message.text("row")}, reason=True, danger=True)  # fmt: skip

    def do_refuse_release(self, message: Message) -> Done:
        """No, with the reason."""
        assert self.release_calls.decide is not None
        self.release_calls.decide(message.text("row"), is_approved=False, reason=message.text("reason"),
                                  idempotency_key=message.key)  # fmt: skip
        return Done("Refused. Nothing left.")

    def do_ask_revoke_release(self, message: Message) -> Reply:
        """How was it taken back?"""
        if self._release(message) is None:
            return GONE
        return confirm("revoke_release", "Did the person take back what this rests on?",
                       "Nothing leaves by this request any more. Say how they told you.", label="It was taken back",
                       args={"row": message.text("row")}, reason=True, danger=True)  # fmt: skip

    def do_revoke_release(self, message: Message) -> Done:
        """Nothing leaves by it."""
        assert self.release_calls.revoke is not None
        self.release_calls.revoke(message.text("row"), how=message.text("reason"), idempotency_key=message.key)
        return Done("Recorded. Nothing leaves by this request.")

    def do_save_release(self, message: Message) -> Deliver:
        """The packet, or one part of it, as it left."""
        file = self.release_calls.file(message.text("row"), kind=message.text("kind", "zip"))
        return Deliver(file.name, file.media_type, file.content, "The packet is saved.")

    def _release(self, message: Message) -> ReleaseShown | None:
        return next((one for one in self.shown if one.request_id == message.text("row")), None)


def ask_dialog() -> Ask:
    """Of what, for whom, by which right?"""
    return flyout("Ask for a copy to be released", render(
        "pages/release_new.html", grounds=[(one.value, GROUND_WORDS[one]) for one in ASKED_GROUNDS],
        kinds=[(kind.value, words) for kind, words in KIND_WORDS.items()], orders=tuple(ORDER_WORDS.items()),
        proceedings=tuple(PROCEEDING_WORDS.items()), told=SUBPOENA_IS_NOT_ENOUGH,
    ))  # fmt: skip


def asked_for(calls: ReleaseCalls, patient_id: str, message: Message) -> Done:
    """It waits for somebody else."""
    assert calls.ask is not None
    done = calls.ask(
        patient_id, ground=message.text("ground"), recipient=message.text("recipient"), address=message.text("address"),
        purpose=message.text("purpose"), authority=message.text("authority"), kinds=message.all("kinds"),
        from_on=day_or_none(message, "from_on"), to_on=day_or_none(message, "to_on"),
        expires_on=day_or_none(message, "expires_on"), order_under=message.text("order_under"),
        proceeding=message.text("proceeding"), idempotency_key=message.key,
    )  # fmt: skip
    return Done(f"Asked. Somebody else approves it. {done.told}".strip(), tone="warn" if done.told else "good")


def day_or_none(message: Message, name: str) -> date | None:
    """The day in a field that may stay empty.

    Raises:
        FieldProblem: it is not a day.
    """
    return message.day(name) if message.text(name) else None


def days_of(one: ReleaseShown) -> str:
    """The days of the records that are asked for."""
    if one.from_on is None and one.to_on is None:
        return "Any"
    return f"{day(one.from_on) if one.from_on else 'the beginning'} to {day(one.to_on) if one.to_on else 'today'}"


def order_of(one: ReleaseShown) -> str:
    """Of a legal request, the proceeding and the order."""
    return f"{PROCEEDING_WORDS[one.proceeding]}. {ORDER_WORDS[one.order_under]}." if one.proceeding else ""


def releases_table(shown: tuple[ReleaseShown, ...], zone: ZoneInfo, base: str, *, names: bool) -> Table:
    """names: with whose record it is, on the page of everybody's."""
    whose = (Column("whose", "Record of"),) if names else ()
    columns = (Column("to", "To", leads=True), *whose, Column("why", "By"), Column("kinds", "What", only_wide=True),
               Column("at", "Asked", only_wide=True), Column("by", "Asked by", only_wide=True),
               Column("state", "State"))  # fmt: skip
    rows = tuple(
        Row(one.request_id, (one.recipient, *((f"{one.patient_name}, file {one.patient_number}",) if names else ()),
                             GROUND_WORDS[Ground(one.ground)], ", ".join(one.kinds), day(one.requested_at, zone),
                             one.requested_by, UI.status(STATES.of(one.state))), name=one.recipient, do="open_release")
        for one in shown
    )  # fmt: skip
    return Table("releases", "Copies asked for", columns, rows, base=base, empty_title="No copy was asked for",
                 empty_text="A copy is asked for from somebody's file, and approved by another person.",
                 empty_icon="file-check")  # fmt: skip
