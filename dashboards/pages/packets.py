"""The packets of forms that people in care are asked to fill in: what each holds, and which bookings assign it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import ENVIRONMENT, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done, Reply
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.screens.packets import Ages, ItemKind, PacketItem, PacketRules, Packets, PacketShown

UI: Any = ENVIRONMENT.globals["ui"]
COLUMNS: Final = (
    Column("name", "Packet", leads=True), Column("holds", "Holds"), Column("when", "Assigned"),
    Column("do", "Do", label_hidden=True),
)  # fmt: skip
AGES: Final = ((Ages.ANY.value, "Everybody"), (Ages.ADULT.value, "Adults"), (Ages.MINOR.value, "Under 18"))
_PLACES: Final = 12
GONE: Final = Done("This packet is no longer on the list.", tone="warn")


@dataclass(frozen=True)
class PacketCalls:
    """The calls of the page, with actor and time already given."""

    shown: Callable[[], Packets]
    keep: Callable[..., Any]


class PacketsPage(Page):
    """One row a packet."""

    needs = Permission.SET_PACKETS
    title = "Packets"

    def __init__(self, *, calls: PacketCalls, base: str) -> None:
        self._calls, self._base = calls, base
        self.found = Packets()

    def load(self) -> None:
        """As they hold now."""
        self.found = self._calls.shown()

    def render(self) -> Markup:
        """The page."""
        table = Table(
            "packets", "Packets", COLUMNS, tuple(map(self._row, self.found.shown)), base=self._base,
            empty_title="No packets yet",
            empty_text="Put forms and measures together that people fill in before they come.",
            empty_icon="clipboard-list",
        )  # fmt: skip
        return render("pages/packets.html", table=table)

    def do_new(self, message: Message) -> Ask:
        """What it holds and when it is assigned; one that is there is changed."""
        old = self._find(message)
        choices = self.found.choices
        items = [(f"{ItemKind.FORM}:{key}", title) for key, title in choices.forms]
        items += [(f"{ItemKind.MEASURE}:{key}", f"{title} (measure)") for key, title in choices.measures]
        holds = [(f"{item.kind}:{item.key}", item.is_required) for item, _ in old.holds] if old else []
        places = [holds[nth] if nth < len(holds) else ("", True) for nth in range(max(_PLACES, len(holds) + 2))]
        return flyout(old.name if old else "A packet", render(
            "pages/packets_new.html", old=old, items=items, places=places, ages=AGES, choices=choices,
            rules=old.rules if old else PacketRules(by_booking=True),
        ))  # fmt: skip

    def do_keep(self, message: Message) -> Done:
        """From now on; who has it already keeps the version they have."""
        items = []
        for nth in range(_PLACES * 3):
            kind, _, key = message.text(f"item{nth}").partition(":")
            if key:
                items.append(PacketItem(ItemKind(kind), key, message.ticked(f"required{nth}")))
        rules = PacketRules(
            by_booking=message.ticked("by_booking"), is_first=message.ticked("is_first"),
            ages=Ages(message.text("ages") or Ages.ANY), is_telehealth=message.ticked("is_telehealth"),
            type_ids=message.all("type_ids"), payers=message.all("payers"),
        )  # fmt: skip
        self._calls.keep(
            name=message.text("name"), items=tuple(items), rules=rules, packet_id=message.text("id"),
            idempotency_key=message.key,
        )  # fmt: skip
        return Done("It holds from now on. Who has it already keeps what they have.")

    def do_ask_retire(self, message: Message) -> Reply:
        """Sure?"""
        one = self._find(message)
        if one is None:
            return GONE
        return confirm(
            "retire", f"Assign {one.name} no more?", "Who has it already fills it in as before.",
            label="Assign it no more", args={"id": one.packet_id}, danger=True,
        )  # fmt: skip

    def do_retire(self, message: Message) -> Reply:
        """A version of its own that is not in use."""
        one = self._find(message)
        if one is None:
            return GONE
        self._calls.keep(name=one.name, items=tuple(item for item, _ in one.holds), rules=one.rules,
                         packet_id=one.packet_id, is_used=False, idempotency_key=message.key)  # fmt: skip
        return Done("It is assigned no more")

    def _find(self, message: Message) -> PacketShown | None:
        return next((one for one in self.found.shown if one.packet_id == message.text("id")), None)

    def _row(self, one: PacketShown) -> Row:
        do = UI.button("Change…", do="new", args={"id": one.packet_id}, size="small")
        if one.is_used:
            do += UI.button("Stop…", do="ask_retire", args={"id": one.packet_id}, size="small")
        holds = ", ".join(title if item.is_required else f"{title} (optional)" for item, title in one.holds)
        when = self._when(one.rules) if one.is_used else "No more"
        return Row(one.packet_id, (one.name, holds, when, do), name=one.name)

    def _when(self, rules: PacketRules) -> str:
        """Its rules in words."""
        if not rules.by_booking:
            return "By hand"
        types = dict(self.found.choices.types)
        parts = ["With the first appointment" if rules.is_first else "With any appointment"]
        parts += [dict(AGES)[rules.ages].lower()] if rules.ages is not Ages.ANY else []
        parts += ["by video"] if rules.is_telehealth else []
        parts += ["of " + " or ".join(types.get(one, "a kind no longer on offer") for one in rules.type_ids)] * bool(
            rules.type_ids
        )
        parts += [f"plan filed as {', '.join(rules.payers)}"] * bool(rules.payers)
        return ", ".join(parts)
