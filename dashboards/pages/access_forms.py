"""What is filled in on the page of access: whom to ask for and what, somebody new, an item of clearance."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol
from zoneinfo import ZoneInfo

from dashboards.parts.access_words import KIND_WORDS, STAFF_ROLE_OPTIONS, roles_said
from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.replies import Ask, Done
from workbench.actions.accounts.request_access import WITHOUT_ROLES, RequestKind, Wanted
from workbench.gate.actor import Role
from workbench.screens.access_people import PersonAccess
from workbench.screens.access_requests import ClearanceItem, RequestShown

CHECKS = (("in_person", "They stood before me"), ("video", "I saw and knew them by video"))

if TYPE_CHECKING:
    from dashboards.pages.access import AccessCalls


class _OnPage(Protocol):
    calls: "AccessCalls"
    people: tuple[PersonAccess, ...]
    zone: ZoneInfo
    clock: Callable[[], datetime]

    def person(self, staff_id: str) -> PersonAccess: ...
    def shown_request(self, request_id: str) -> RequestShown: ...
    def _form(self, one: PersonAccess, kind: RequestKind, shown: RequestShown | None = None) -> Ask: ...


class AccessForms:
    """Asking, changing what was asked, entering somebody, ticking."""

    def do_new(self: _OnPage, message: Message) -> Ask:
        """For whom?"""
        del message
        return flyout(
            "Ask for access",
            render("pages/access_new.html", choices=[(one.staff_id, one.name) for one in self.people]),
            "modal",
        )

    def do_ask_for(self: _OnPage, message: Message) -> Ask:
        """What? A first account, or what the button said."""
        one = self.person(message.required("id", "Please choose somebody."))
        asked = message.text("kind")
        kind = RequestKind(asked) if asked in set(RequestKind) else RequestKind.ADD_ROLE
        return self._form(one, RequestKind.ACCOUNT if one.state == "none" else kind)

    def do_ask_link(self: _OnPage, message: Message) -> Ask:
        """How was it made sure that it is them? Of an account in use the old password stops."""
        one = self.person(message.required("id"))
        return flyout(f"A link for {one.name}", render("pages/access_link.html", one=one, checks=CHECKS), "modal")

    def do_link(self: _OnPage, message: Message) -> Ask:
        """The link, this once, to be handed over."""
        assert self.calls.link is not None
        one = self.person(message.required("id"))
        done = self.calls.link(one.user_id, identity_checked=message.text("identity_checked"))
        for session_hash in done.ended:
            self.calls.close_session(session_hash)
        address = f"{self.calls.origin}/welcome#{done.token}"
        html = render("pages/access_link_made.html", one=one, address=address, until=done.expires_at, zone=self.zone)
        return flyout(f"The link of {one.name}", html, "modal")

    def do_ask_change(self: _OnPage, message: Message) -> Ask:
        """Ask for something else instead."""
        shown = self.shown_request(message.required("id"))
        return self._form(self.person(shown.person_id), shown.kind, shown)

    def _form(self: _OnPage, one: PersonAccess, kind: RequestKind, shown: RequestShown | None = None) -> Ask:
        held = {role.role.value for role in one.roles}
        options = [pair for pair in STAFF_ROLE_OPTIONS if kind is not RequestKind.END_ROLE or pair[0] in held]
        supervisors = [
            (other.staff_id, other.name)
            for other in self.people
            if other.staff_id != one.staff_id and any(role.role is Role.SUPERVISOR for role in other.roles)
        ]
        html = render(
            "pages/access_form.html", one=one, kind=kind.value, options=options, held=held, supervisors=supervisors,
            shown=shown, names_roles=kind not in WITHOUT_ROLES, checks=CHECKS, roles_said=roles_said,
        )  # fmt: skip
        return flyout(f"{KIND_WORDS[kind]} for {one.name}", html)

    def do_request(self: _OnPage, message: Message) -> Done:
        """Ask for it."""
        assert self.calls.request is not None
        kind = RequestKind(message.required("kind"))
        self.calls.request(message.required("id"), kind=kind, wanted=_wanted(message), idempotency_key=message.key)
        return Done("Asked. Somebody else has to approve it.")

    def do_change(self: _OnPage, message: Message) -> Done:
        """Change what was asked."""
        assert self.calls.change is not None
        self.calls.change(message.required("id"), wanted=_wanted(message), idempotency_key=message.key)
        return Done("Changed. Approvals given before do not count for it.")

    def do_ask_withdraw(self: _OnPage, message: Message) -> Ask:
        """Sure?"""
        return confirm("withdraw", "Withdraw this request?", "Nothing is changed by it then.", label="Withdraw",
                       args={"id": message.required("id")}, danger=True)  # fmt: skip

    def do_new_person(self: _OnPage, message: Message) -> Ask:
        """Somebody new."""
        del message
        today = self.clock().astimezone(self.zone).date()
        return flyout("Add a person", render("pages/access_new_person.html", today=today))

    def do_add_person(self: _OnPage, message: Message) -> Done:
        """Enter them."""
        assert self.calls.add_staff is not None
        names: dict[str, Any] = {one: message.text(one) for one in ("given_name", "family_name", "credentials")}
        self.calls.add_staff(**names, started_on=message.day("started_on"), is_clinician=message.ticked("is_clinician"),
                             idempotency_key=message.key)  # fmt: skip
        return Done("Added. Now ask for an account.")

    def do_tick(self: _OnPage, message: Message) -> Done:
        """Tick what is settled, or take a tick away."""
        items = tuple(item for item in ClearanceItem if item.value in message.all("items"))
        is_done = message.text("is_done") != "no"
        today = self.clock().astimezone(self.zone).date()
        done_on = message.day("done_on") if message.text("done_on") else today
        self.calls.tick(message.required("id"), items=items, done_on=done_on, is_done=is_done,
                        idempotency_key=message.key)  # fmt: skip
        return Done("Ticked" if is_done else "The tick is taken away")


def _wanted(message: Message) -> Wanted:
    roles = frozenset(Role(value) for value in message.all("roles") if value in set(Role))
    return Wanted(
        roles, message.text("why"), message.day("ends_on") if message.text("ends_on") else None, message.text("email"),
        message.text("supervisor_id"), message.ticked("is_covering"), message.text("identity_checked"),
    )  # fmt: skip
