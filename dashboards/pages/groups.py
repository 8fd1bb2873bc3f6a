"""Couples, families and groups: who belongs to each, who joins and leaves, and booking their sessions."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.calendar_blocks import people
from dashboards.pages.group_booking import GroupBookingPage
from dashboards.pages.schedule_calls import ScheduleCalls
from dashboards.parts.dialogs import flyout
from dashboards.parts.html import ENVIRONMENT, day_and_clock, render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.replies import Ask, Done, Reply
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.screens.groups import MOST, GroupKind, GroupShown
from workbench.screens.patient_search import PatientHit

UI: Any = ENVIRONMENT.globals["ui"]
KINDS: Final = (
    (GroupKind.COUPLE.value, "Couple", "Two people. The session is charged once."),
    (GroupKind.FAMILY.value, "Family", "Two people or more. The session is charged once."),
    (GroupKind.GROUP.value, "Group", "Each is charged for their own part."),
)
WORDS: Final = {key: word for key, word, _ in KINDS}
GONE: Final = Done("This is no longer on the page.", tone="warn")


@dataclass(frozen=True)
class GroupCalls:
    """The calls of the page, with actor and time already given."""

    shown: Callable[[], tuple[GroupShown, ...]]
    make: Callable[..., Any]
    join: Callable[..., Any]
    leave: Callable[..., Any]


@dataclass
class Picking:
    """Who is being put together: into a new one, or into the one of `group_id`."""

    kind: str = GroupKind.COUPLE.value
    name: str = ""
    most: int = 8
    group_id: str = ""
    query: str = ""
    hits: tuple[PatientHit, ...] = ()
    picked: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Whether nobody else fits in."""
        return len(self.picked) >= (self.most if self.kind == GroupKind.GROUP else MOST[GroupKind(self.kind)])


class GroupsPage(GroupBookingPage):
    """Who is seen together."""

    needs = Permission.SEE_GROUPS
    title = "Groups"
    wide = True

    def __init__(
        self, *, groups: GroupCalls, calls: ScheduleCalls, zone: ZoneInfo, clock: Callable[[], datetime],
        patient_word: str, base: str,
    ) -> None:  # fmt: skip
        super().__init__(calls=calls, zone=zone, clock=clock, patient_word=patient_word, base=base)
        self._groups = groups
        self.shown: tuple[GroupShown, ...] = ()
        self._picking = Picking()

    def load(self) -> None:
        """All within reach."""
        self.shown = self._groups.shown()

    def render(self) -> Markup:
        """One row each."""
        columns = (
            Column("title", "Who", leads=True), Column("kind", "Kind"), Column("size", "Belong", only_wide=True),
            Column("next", "Next"), Column("do", "Do", label_hidden=True),
        )  # fmt: skip
        rows = tuple(
            Row(one.group_id, (
                one.title, WORDS[one.kind], _size(one),
                day_and_clock(one.next_at, self.zone) if one.next_at else "nothing booked",
                UI.button("Open", do="open_group", args={"id": one.group_id}, size="small"),
            ))
            for one in self.shown
        )  # fmt: skip
        table = Table("groups", "Who is seen together", columns, rows, base=self.base,
                      empty_title="No couple, family or group yet",
                      empty_text="Say who belongs together, then book all of their sessions at once.",
                      empty_icon="users")  # fmt: skip
        return render("pages/groups.html", table=table)

    def do_new(self, message: Message) -> Ask:
        """What is it?"""
        del message
        self._picking = Picking()
        html = render("pages/groups_new.html", kinds=KINDS, most=MOST[GroupKind.GROUP])
        return flyout("Who is seen together?", html)

    def do_kind(self, message: Message) -> Ask:
        """Who belongs to it?

        Raises:
            FieldProblem: kind, name or size.
        """
        kind = message.required("kind", "Please choose.")
        if kind not in WORDS:
            raise FieldProblem("kind", "Please choose.")
        is_group = kind == GroupKind.GROUP
        if is_group and not message.text("name"):
            raise FieldProblem("name", "Give the group a name.")
        most = message.whole("most", least=2, most=MOST[GroupKind.GROUP]) if is_group else 8
        self._picking = Picking(kind, message.text("name"), most)
        return self._ask_whom()

    def do_pick_search(self, message: Message) -> Ask:
        """People to choose from."""
        query = message.text("q")
        self._picking.query = query
        self._picking.hits = self.calls.search_patients(query=query) if len(query) > 1 else ()
        return self._ask_whom()

    def do_pick(self, message: Message) -> Reply:
        """This one too; into a group that stands, at once."""
        chosen = self._picking
        hit = next((one for one in chosen.hits if one.patient_id == message.text("id")), None)
        if hit is None:
            return self._ask_whom()
        if chosen.group_id:
            done = self._groups.join(chosen.group_id, patient_id=hit.patient_id, idempotency_key=message.key)
            come = f", and comes to {done.sessions} booked sessions" if done.sessions else ""
            return Done(f"{hit.name} belongs to it now{come}")
        if hit.patient_id not in dict(chosen.picked):
            chosen.picked.append((hit.patient_id, hit.name))
        chosen.query, chosen.hits = "", ()
        return self._ask_whom()

    def do_unpick(self, message: Message) -> Ask:
        """Not this one."""
        self._picking.picked = [one for one in self._picking.picked if one[0] != message.text("id")]
        return self._ask_whom()

    def do_make(self, message: Message) -> Done:
        """They are seen together."""
        chosen = self._picking
        self._groups.make(
            kind=chosen.kind, name=chosen.name, most=chosen.most, patient_ids=[key for key, _ in chosen.picked],
            billed_id=message.text("billed_id"), idempotency_key=message.key,
        )  # fmt: skip
        return Done("Kept. Open it to book their sessions.")

    def do_open_group(self, message: Message) -> Reply:
        """Who belongs to it, and what can be done."""
        one = self._one(message.text("id"))
        if one is None:
            return GONE
        html = render("pages/groups_one.html", one=one, many=_size(one), zone=self.zone, word=WORDS[one.kind],
                      base=self.base, is_group=one.kind == GroupKind.GROUP)  # fmt: skip
        return flyout(one.title, html)

    def do_ask_join(self, message: Message) -> Reply:
        """Who else?"""
        one = self._one(message.text("id"))
        if one is None:
            return GONE
        self._picking = Picking(one.kind, one.title, one.most, one.group_id)
        return self._ask_whom()

    def do_ask_leave(self, message: Message) -> Reply:
        """Sure, and whose are the sessions from now on?"""
        one = self._one(message.text("id"))
        members = one.members if one else ()
        who = next((member for member in members if member.patient_id == message.text("patient")), None)
        if one is None or who is None:
            return GONE
        others = [(member.patient_id, member.name) for member in one.members if member is not who]
        html = render("pages/groups_leave.html", one=one, who=who, others=others if who.is_billed else [])
        return flyout(f"Take {who.name} out?", html, "modal")

    def do_leave(self, message: Message) -> Done:
        """They belong to it no more."""
        done = self._groups.leave(
            message.text("id"), patient_id=message.text("patient"), billed_id=message.text("billed_id"),
            idempotency_key=message.key,
        )  # fmt: skip
        off = f", and {done.sessions} sessions are off for them" if done.sessions else ""
        return Done(f"They belong to it no more{off}")

    def do_ask_book(self, message: Message) -> Reply:
        """When, with whom?"""
        one = self._one(message.text("id"))
        return self.open_group_booking(one) if one else GONE

    def _one(self, group_id: str) -> GroupShown | None:
        return next((one for one in self.shown if one.group_id == group_id), None)

    def _ask_whom(self) -> Ask:
        chosen = self._picking
        html = render("pages/groups_pick.html", chosen=chosen, word=self.patient_word, base=self.base,
                      charges_once=chosen.kind != GroupKind.GROUP)  # fmt: skip
        return flyout("Who belongs to it?" if not chosen.group_id else f"Into {chosen.name}", html)


def _size(one: GroupShown) -> str:
    count = len(one.members)
    return f"{count} of {one.most}" if one.kind == GroupKind.GROUP else people(count)
