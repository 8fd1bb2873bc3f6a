"""Who stands in for patients: asked for and ended from a patient's file, decided on a page of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import ENVIRONMENT, day, phone, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Ask, Done, Reply
from dashboards.parts.tables import Column, Look, Looks, Row, Table
from workbench.actions.people.ask_proxy_link import ask_proxy_link
from workbench.actions.people.end_proxy_link import end_proxy_link
from workbench.gate.permissions import Permission
from workbench.gate.proxies import ProxyBasis, ProxyScope
from workbench.screens.patient_file import PatientFile
from workbench.screens.proxy_links import LinkState, ProxyShown, latest_end

UI: Any = ENVIRONMENT.globals["ui"]
BASES: Final = {
    ProxyBasis.PARENT: "Parent",
    ProxyBasis.GUARDIAN_ORDER: "Guardian by a court's order",
    ProxyBasis.POWER_OF_ATTORNEY: "Power of attorney",
    ProxyBasis.PATIENTS_WISH: "Their own wish",
}
SCOPES: Final = {
    ProxyScope.CHART: "Notes and documents",
    ProxyScope.PART_2: "Substance use records (42 CFR Part 2)",
    ProxyScope.MESSAGES: "Messages",
    ProxyScope.RECORD: "Copies, consents and who looked",
}
STATES: Final = Looks(
    {
        LinkState.WAITING: Look("Waits for approval", "warn", "hourglass"),
        LinkState.IN_FORCE: Look("In force", "good", "badge-check"),
        LinkState.REFUSED: Look("Refused", "bad", "x"),
        LinkState.ENDED: Look("Ended", "neutral", "circle-slash"),
    }
)
GONE: Final = Done("This link is no longer on the page.", tone="warn")


def link_words(one: ProxyShown) -> tuple[str, str]:
    """By which right, and what it opens, in words."""
    opens = "; ".join(word for scope, word in SCOPES.items() if scope in one.scopes)
    return BASES[ProxyBasis(one.basis)], opens


@dataclass(frozen=True)
class ProxyCalls:
    """What is done about proxies from a patient's file, with actor and time already given."""

    link: Callable[..., Any]
    end: Callable[..., Any]

    def ask(self, file: PatientFile, today: date) -> Ask:
        """Who, by which right, for what?"""
        of_age = latest_end(ProxyBasis.PARENT, file.born_on, today)
        is_child = of_age > today
        bases = [(basis, word) for basis, word in BASES.items() if is_child or basis is not ProxyBasis.PARENT]
        latest = latest_end(ProxyBasis.POWER_OF_ATTORNEY, file.born_on, today)
        hint = f"A parent: until {day(of_age)}, when they come of age." if is_child else "At most a year."
        html = render("pages/proxies_new.html", bases=bases, scopes=tuple(SCOPES.items()), today=today,
                      until_on=min(latest, of_age) if is_child else latest, until_hint=hint)  # fmt: skip
        return flyout(f"A proxy for {file.name}", html)

    def keep(self, patient_id: str, message: Message) -> None:
        """Ask for it."""
        self.link(
            patient_id,
            given_name=message.text("given_name"),
            family_name=message.text("family_name"),
            phone=message.text("phone"),
            email=message.text("email"),
            basis=message.text("basis"),
            scopes=message.all("scopes"),
            until_on=message.day("until_on"),
            seen=message.text("seen"),
            idempotency_key=message.key,
        )

    def ask_end(self, links: Iterable[ProxyShown], message: Message) -> Reply:
        """Sure?"""
        one = next((one for one in links if one.link_id == message.text("id")), None)
        if one is None:
            return GONE
        return confirm(
            "end_proxy", f"End that {one.name} stands in?",
            "It ends at once, and nobody is told. To let them stand in again, somebody asks anew.",
            label="End it", args={"id": one.link_id}, danger=True,
        )  # fmt: skip

    def finish(self, message: Message) -> Done:
        """It opens nothing any more."""
        self.end(message.text("id"), idempotency_key=message.key)
        return Done("Ended. It opens nothing any more.")


def proxy_calls(person: Any) -> ProxyCalls | None:
    """For who may ask for proxies; None for everybody else, so that no button is shown."""
    if not person.may(Permission.ASK_PROXY_LINK):
        return None
    return ProxyCalls(person.bound(ask_proxy_link), person.bound(end_proxy_link))


class ProxiesPage(Page):
    """The links, what waits first, for who decides."""

    needs = Permission.SEE_PROXY_LINKS
    title = "Proxies"
    wide = True

    def __init__(
        self, *, shown: Callable[[], tuple[ProxyShown, ...]], decide: Callable[..., Any], zone: ZoneInfo
    ) -> None:
        self._shown, self._decide, self._zone = shown, decide, zone
        self.shown: tuple[ProxyShown, ...] = ()

    def load(self) -> None:
        """As they stand."""
        self.shown = self._shown()

    def render(self) -> Markup:
        """The page."""
        return render("pages/proxies.html", table=self._table())

    def do_open(self, message: Message) -> Reply:
        """The link in full, to decide about."""
        one = next((one for one in self.shown if one.link_id == message.text("id")), None)
        if one is None:
            return GONE
        right, opens = link_words(one)
        html = render("pages/proxies_decide.html", one=one, right=right, opens=opens, phone=phone(one.phone),
                      zone=self._zone)  # fmt: skip
        return flyout(one.name, html)

    def do_decide(self, message: Message) -> Done:
        """Yes or no."""
        is_approved = message.text("answer") == "yes"
        self._decide(message.text("id"), is_approved=is_approved, idempotency_key=message.key)
        return Done("Approved. It is in force." if is_approved else "Refused. It opens nothing.")

    def _table(self) -> Table:
        columns = (Column("who", "Proxy", leads=True), Column("for", "Stands in for"), Column("right", "Right"),
                   Column("opens", "May open", only_wide=True), Column("until", "Until"),
                   Column("by", "By", only_wide=True), Column("state", "State"),
                   Column("do", "Do", label_hidden=True))  # fmt: skip
        return Table("proxies", "Proxies, what waits first", columns, tuple(map(self._row, self.shown)),
                     empty_title="Nobody stands in for anybody",
                     empty_text="The front desk or a clinician asks for it from somebody's file.",
                     empty_icon="users")  # fmt: skip

    def _row(self, one: ProxyShown) -> Row:
        waits = one.state == LinkState.WAITING and not one.is_mine
        do = UI.button("Decide…", do="open", args={"id": one.link_id}, size="small", kind="primary") if waits else ""
        by = f"{one.asked_by}, {one.decided_by}" if one.decided_by else one.asked_by
        cells = (one.name, f"{one.patient_name}, file {one.patient_number}", *link_words(one), day(one.until_on), by,
                 UI.status(STATES.of(one.state)), do)  # fmt: skip
        return Row(one.link_id, cells, name=one.name)
