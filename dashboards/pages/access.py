"""Access: everybody with their roles, what waits to be decided, and every change with before and after."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.access_forms import AccessForms
from dashboards.parts.access_words import (
    ACCOUNT,
    CLEARANCE_LABELS,
    KIND_SHAPES,
    KIND_WORDS,
    REQUEST,
    coded_roles_said,
    roles_said,
    until_said,
)
from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import ENVIRONMENT, age, day, instant, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done, Redraw
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.screens.access_people import PersonAccess
from workbench.screens.access_requests import RequestShown, RequestState
from workbench.screens.working_alone import WorkingAlone

UI: Any = ENVIRONMENT.globals["ui"]


@dataclass(frozen=True)
class AccessCalls:
    """The calls of the page, with actor and time already given; None where the role does not include them.

    origin: where people reach this site, such as `https://practice.example.com`: what a link to sign in begins with.
    """

    people: Callable[[], tuple[PersonAccess, ...]]
    requests: Callable[[], tuple[RequestShown, ...]]
    alone: Callable[[], WorkingAlone] | None
    approve: Callable[..., Any] | None
    refuse: Callable[..., Any] | None
    withdraw: Callable[..., Any] | None
    request: Callable[..., Any] | None
    change: Callable[..., Any] | None
    tick: Callable[..., Any]
    add_staff: Callable[..., Any] | None
    disable: Callable[..., Any] | None
    link: Callable[..., Any] | None
    origin: str
    close_session: Callable[[str], None]


class AccessPage(AccessForms, Page):
    """People, requests and changes. What is asked is in the forms of `AccessForms`."""

    needs = Permission.SEE_ACCESS
    title = "Access"
    wide = True

    def __init__(
        self, *, calls: AccessCalls, me: str, zone: ZoneInfo, clock: Callable[[], datetime], base: str
    ) -> None:
        self.calls, self.me, self.zone, self.clock, self.base = calls, me, zone, clock, base
        self.tab, self.query = "people", ""
        self.people: tuple[PersonAccess, ...] = ()
        self.requests: tuple[RequestShown, ...] = ()
        self.alone: WorkingAlone | None = None

    def load(self) -> None:
        """How everything stands now."""
        self.people, self.requests = self.calls.people(), self.calls.requests()
        self.alone = self.calls.alone() if self.calls.alone is not None else None

    def render(self) -> Markup:
        """The page."""
        waiting = [one for one in self.requests if one.state is RequestState.OPEN]
        modes = self.alone.modes if self.alone else ()
        return render(
            "pages/access.html",
            page=self,
            waiting=waiting,
            mode=next((one for one in modes if one.ended_at is None), None),
            table=self._people() if self.tab == "people" else self._changes(),
            counts={"people": len(self.people), "changes": len(self.requests) - len(waiting)},
            kinds=KIND_WORDS,
            shapes=KIND_SHAPES,
            clearance_words=CLEARANCE_LABELS,
            roles_said=roles_said,
            age=lambda at: age(at, self.clock()),
        )

    def do_tab(self, message: Message) -> Redraw:
        """People or changes."""
        self.tab = "changes" if message.text("tab") == "changes" else "people"
        return Redraw()

    def do_filter(self, message: Message) -> Redraw:
        """Fewer people."""
        self.query = message.text("q")
        return Redraw()

    def do_person(self, message: Message) -> Ask:
        """One person: every role, the clearance, and what can be asked for."""
        one = self.person(message.text("row") or message.required("id"))
        html = render("pages/access_person.html", page=self, one=one, labels=CLEARANCE_LABELS, roles_said=roles_said,
                      until_said=until_said, today=self.clock().astimezone(self.zone).date())  # fmt: skip
        return flyout(one.name, html)

    def do_ask_approve(self, message: Message) -> Ask:
        """Sure? With everything that is approved in words."""
        one = self.shown_request(message.required("id"))
        until = f" until {day(one.ends_on)}" if one.ends_on else ""
        alone = self._decides_alone(one)
        text = f"{KIND_WORDS[one.kind]} for {one.person}: {roles_said(one.roles) or 'no role'}{until}."
        if one.is_guarded and not alone:
            text += " It takes an owner and a compliance officer; it happens with the second approval."
        if alone:
            text += " You approve this alone, so it happens after 24 hours, and you can take it back until then."
        args = {"id": one.request_id, "number": str(one.number)}
        return confirm("approve", "Approve this?", text, label="Approve", args=args)

    def do_approve(self, message: Message) -> Done:
        """Say yes; pages of sessions that ended by it close."""
        assert self.calls.approve is not None
        number = message.whole("number", most=1_000_000)
        done = self.calls.approve(message.required("id"), number=number, idempotency_key=message.key)
        for session_hash in done.ended:
            self.calls.close_session(session_hash)
        return Done("Approved, and done" if done.is_done else "Approved. It is not done yet: see what it waits for.")

    def do_ask_refuse(self, message: Message) -> Ask:
        """Why not?"""
        args = {"id": message.required("id")}
        return confirm("refuse", "Refuse this?", "Whoever asked is told, with your reason.", label="Refuse", args=args,
                       reason=True, danger=True)  # fmt: skip

    def do_refuse(self, message: Message) -> Done:
        """Say no."""
        assert self.calls.refuse is not None
        self.calls.refuse(message.required("id"), why=message.text("reason"), idempotency_key=message.key)
        return Done("Refused")

    def do_withdraw(self, message: Message) -> Done:
        """Take back what one asked for."""
        assert self.calls.withdraw is not None
        self.calls.withdraw(message.required("id"), idempotency_key=message.key)
        return Done("Withdrawn")

    def do_ask_disable(self, message: Message) -> Ask:
        """Sure? It acts at once."""
        one = self.person(message.required("id"))
        text = (
            f"{one.name} is signed out everywhere within seconds and cannot sign in any more. To come back the account "
            "has to be asked for, and approved by somebody else."
        )
        return confirm("disable", "Disable this account now?", text, label="Disable now", args={"id": one.staff_id},
                       danger=True)  # fmt: skip

    def do_disable(self, message: Message) -> Done:
        """The brake; the account's open pages close."""
        assert self.calls.disable is not None
        one = self.person(message.required("id"))
        for session_hash in self.calls.disable(one.user_id, idempotency_key=message.key).ended:
            self.calls.close_session(session_hash)
        return Done("The account is disabled")

    def person(self, staff_id: str) -> PersonAccess:
        """Somebody on this page.

        Raises:
            NotFound: nobody of that id.
        """
        found = next((one for one in self.people if one.staff_id == staff_id), None)
        if found is None:
            raise NotFound
        return found

    def shown_request(self, request_id: str) -> RequestShown:
        """A request on this page.

        Raises:
            NotFound: none of that id.
        """
        found = next((one for one in self.requests if one.request_id == request_id), None)
        if found is None:
            raise NotFound
        return found

    def _decides_alone(self, one: RequestShown) -> bool:
        """Whether the reader's approval of this would be theirs alone, and so wait a day."""
        modes = self.alone.modes if self.alone is not None else ()
        return any(mode.is_in_force and mode.is_mine for mode in modes) and (one.is_guarded or one.may_change)

    def _people(self) -> Table:
        columns = (
            Column("who", "Who", leads=True), Column("roles", "Roles"), Column("factor", "Signs in with"),
            Column("last", "Last sign-in", only_wide=True), Column("clearance", "Clearance", only_wide=True),
            Column("state", "Account"),
        )  # fmt: skip
        wanted = self.query.casefold()
        rows = tuple(self._person_row(one) for one in self.people if wanted in one.name.casefold())
        return Table("people", "People and what they may", columns, rows, empty_title="Nobody is found", empty_text="")

    def _person_row(self, one: PersonAccess) -> Row:
        roles = render("pages/access_roles.html", one=one, zone=self.zone, until_said=until_said, roles_said=roles_said)
        factor = "Passkey" if one.has_passkey else "Authenticator app" if one.has_app else "–"
        last = instant(one.signed_in_at, self.zone) if one.signed_in_at else "–"
        clearance = (
            "–" if not one.roles else UI.badge("Complete", "good", "circle-check") if one.is_cleared
            else UI.badge("Not complete", "warn", "circle-alert")
        )  # fmt: skip
        name = UI.person(one.name, "Has left" if one.has_left else "")
        cells = (name, roles, factor, last, clearance, UI.status(ACCOUNT.of(one.state)))
        return Row(one.staff_id, cells, name=one.name, do="person", tone="bad" if one.has_left else "")

    def _changes(self) -> Table:
        columns = (
            Column("when", "When"), Column("who", "Who", leads=True), Column("what", "What was asked"),
            Column("before", "Before"), Column("after", "After"), Column("by", "By"), Column("how", "How it ended"),
        )  # fmt: skip
        closed = [one for one in self.requests if one.closed_at is not None]
        return Table("changes", "Every change, the newest first", columns, tuple(map(self._change_row, closed)),
                     empty_title="No change yet", empty_text="What is approved or refused is listed here for good.",
                     empty_icon="history")  # fmt: skip

    def _change_row(self, one: RequestShown) -> Row:
        assert one.closed_at is not None
        is_done = one.state is RequestState.DONE
        said = "; ".join(("approved by " if s.is_approval else "refused by ") + s.name for s in one.decisions)
        ended = UI.status(REQUEST.of(one.state))
        why = next((s.why for s in one.decisions if not s.is_approval), "")
        cells = (
            instant(one.closed_at, self.zone), one.person, f"{KIND_WORDS[one.kind]}: {roles_said(one.roles)}",
            coded_roles_said(one.before) if is_done else "unchanged",
            coded_roles_said(one.after) if is_done else "unchanged",
            f"asked by {one.asker}" + (f"; {said}" if said else ""),
            ended + Markup(' <small class="muted">{}</small>').format(why) if why else ended,
        )  # fmt: skip
        return Row(one.request_id, cells, name=one.person)
