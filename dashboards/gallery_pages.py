"""The gallery's pages: the shapes that real pages have, filled with invented things. Also the example of how to write one."""

import math
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts import plots
from dashboards.parts.agenda import DayColumn, DayGrid, Slot, day_grid
from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import ENVIRONMENT, render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.navigation import Found, MenuItem, NavItem, Notice
from dashboards.parts.page import Crumb, Page, Theme
from dashboards.parts.replies import Ask, Deliver, Done, Go, Redraw, Refused, Reply
from dashboards.parts.routes import PageFactory, Visit
from dashboards.parts.statuses import APPOINTMENT, CLAIM, NOTE
from dashboards.parts.tables import Bulk, Column, Kpi, Pages, Row, Step, Table, turned_to
from workbench.kernel.money import dollars

ZONE = ZoneInfo("America/New_York")
TODAY = date(2026, 3, 9)
NOW = datetime(2026, 3, 9, 15, 20, tzinfo=UTC)
BASE = "/app"
UI: Any = ENVIRONMENT.globals["ui"]
FIRST = (
    "Avery",
    "Jordan",
    "Riley",
    "Morgan",
    "Casey",
    "Quinn",
    "Rowan",
    "Skyler",
    "Emerson",
    "Harper",
    "Finley",
    "Sage",
)
LAST = ("Abernathy", "Brightwater", "Castellano", "Dunmore", "Everhart", "Fairbanks", "Greenwood", "Holloway", "Ives")
PAYERS = ("Blue Harbor Health", "Summit Mutual", "Evergreen Plan", "Lakeside Medicaid")
PEOPLE = tuple(f"{FIRST[n % 12]} {LAST[(n * 5 + n // 12) % 9]}" for n in range(96))


class Overview(Page):
    """A manager's first page: numbers that open, two figures, a work list."""

    title = "Overview"
    wide = True

    def __init__(self, visit: Visit) -> None:
        del visit
        self.months = "12"

    def render(self) -> Markup:
        """Numbers, figures, what needs somebody."""
        return render("gallery/overview.html", kpis=_kpis(), months=self.months, claims=_worklist(), base=BASE)

    def panes(self, theme: Theme) -> Mapping[str, Any]:
        """Two figures."""
        return {"sessions": _sessions(theme, int(self.months)), "aging": _aging(theme)}

    def do_view(self, message: Message) -> Reply:
        """Another span of months."""
        self.months = message.text("view")
        return Redraw()

    def do_open_number(self, message: Message) -> Reply:
        """What a number means, how it is asked and what it counts."""
        key = message.text("number")
        return flyout(f"Where “{key.replace('_', ' ')}” comes from", render("gallery/number.html", rows=_worklist()))


class Day(Page):
    """The front desk's day."""

    title = "Schedule"
    wide = True

    def __init__(self, visit: Visit) -> None:
        self.on = date.fromisoformat(visit.query.get("on", TODAY.isoformat()))
        self.arrived: set[str] = set()

    def render(self) -> Markup:
        """The grid."""
        return render("gallery/day.html", grid=self._grid(), on=self.on)

    def _grid(self) -> DayGrid:
        start = datetime(self.on.year, self.on.month, self.on.day, 9, tzinfo=ZONE)
        names = ("Dr. Noor Haddad", "Lena Okafor, LCSW", "Tomas Rivera, LMFT", "Ines Park, LPC")
        columns = [
            DayColumn(
                f"stf_{n}", name, f"{4 + n} booked · Room {n + 1}",
                hours=((start, start + timedelta(hours=3)), (start + timedelta(hours=4), start + timedelta(hours=8))),
            )
            for n, name in enumerate(names)
        ]  # fmt: skip
        return day_grid("Day by clinician", self.on, ZONE, columns, self._slots(start), now=NOW)

    def _slots(self, start: datetime) -> list[Slot]:
        states = ("kept", "arrived", "confirmed", "booked", "no_show", "cancelled_late", "requested", "in_session")
        made = []
        for n in range(4):
            for k in range(5 + n % 2):
                begin = start + timedelta(minutes=(k + (k > 2)) * 60 + 15 * (n % 2))
                key = f"apt_{n}{k}"
                state = "arrived" if key in self.arrived else states[(n * 3 + k) % 8]
                made.append(
                    Slot(key, f"stf_{n}", begin, begin + timedelta(minutes=(50, 50, 25, 80)[(n + k) % 4]),
                         PEOPLE[n * 7 + k], ("Therapy 50 min", "Intake", "Medication check", "Family")[(n + k) % 4],
                         APPOINTMENT.of(state))
                )  # fmt: skip
        overlap = start + timedelta(hours=5, minutes=20)
        made.append(Slot("apt_g", "stf_1", overlap, overlap + timedelta(minutes=90), "Grief group", "6 of 8 places",
                         APPOINTMENT.of("confirmed")))  # fmt: skip
        return made

    def do_open_appointment(self, message: Message) -> Reply:
        """A flyout with the one thing most wanted first."""
        key = message.text("id")
        return flyout(
            "Appointment", render("gallery/appointment.html", key=key, looks=APPOINTMENT, notes=NOTE, steps=STEPS)
        )

    def do_arrive(self, message: Message) -> Reply:
        """Mark it."""
        self.arrived.add(message.text("id"))
        return Done("Marked as arrived")

    def do_ask_cancel(self, message: Message) -> Reply:
        """Ask why."""
        return confirm("cancel", "Cancel this appointment?", "The patient gets a message. A late fee may apply.",
                       label="Cancel the appointment", args={"id": message.text("id")}, reason=True, danger=True)  # fmt: skip

    def do_cancel(self, message: Message) -> Reply:
        """It happened."""
        message.required("reason", "Please say why.")
        return Done("Cancelled, late fee $75.00", tone="info")

    def do_move(self, message: Message) -> Reply:
        """The day before or after; the address follows."""
        self.on += timedelta(days=message.whole("by", least=-31, most=31))
        return Redraw(path=f"/day?on={self.on.isoformat()}")


class Patients(Page):
    """A list that is searched, sorted and turned by the server."""

    title = "Patients"

    def __init__(self, visit: Visit) -> None:
        del visit
        self.query, self.state, self.column, self.descending, self.number = "", "", "name", False, 1

    def render(self) -> Markup:
        """The list."""
        names = [
            (n, p) for n, p in enumerate(PEOPLE) if self.query.lower() in p.lower() and self.state in ("", _state(n))
        ]
        names.sort(key=lambda pair: pair[1] if self.column == "name" else pair[0] * 37 % 101, reverse=self.descending)
        pages = turned_to(self.number, 12, len(names), "patients")
        rows = tuple(
            Row(
                f"pat_{n}",
                (
                    UI.person(name, f"#{1000 + n}"),
                    f"Mar {n % 9 + 1}",
                    PAYERS[n % 4],
                    UI.badge("Active", "good", "circle-check")
                    if _state(n) == "active"
                    else UI.badge("Waiting", "warn", "hourglass"),
                    UI.money(n * 37 % 101 * 100 - 2500),
                ),
                name=name,
                go=f"/patients/pat_{n}",
            )
            for n, name in names[(pages.number - 1) * 12 : pages.number * 12]
        )
        columns = (
            Column("name", "Patient", sorts=True, leads=True), Column("seen", "Last seen"), Column("payer", "Payer"),
            Column("state", "Status"), Column("balance", "Balance", number=True, sorts=True),
        )  # fmt: skip
        table = Table("patients", "Patients", columns, rows, base=BASE, sorted_by=self.column, descending=self.descending,
                      empty_title="Nobody by that name", empty_text="Try fewer letters, or register a new patient.",
                      empty_icon="search")  # fmt: skip
        return render("gallery/patients.html", table=table, pages=pages, page=self)

    def do_filter(self, message: Message) -> Reply:
        """Fewer rows."""
        self.query, self.state, self.number = message.text("q"), message.text("state"), 1
        return Redraw()

    def do_sort(self, message: Message) -> Reply:
        """Another order."""
        self.column, self.descending = message.text("column"), message.text("direction") == "down"
        return Redraw()

    def do_turn(self, message: Message) -> Reply:
        """Another page of rows."""
        self.number = message.whole("page", most=1000)
        return Redraw()


class Patient(Page):
    """One patient: tabs, facts, a history."""

    def __init__(self, visit: Visit) -> None:
        self.id = visit.ids["patient_id"]
        self.tab = visit.query.get("tab", "summary")
        self.title = (
            PEOPLE[int(self.id.removeprefix("pat_")) % 96] if self.id.removeprefix("pat_").isdigit() else "Patient"
        )

    def crumbs(self) -> tuple[Crumb, ...]:
        """From the list."""
        return (Crumb("Patients", "/patients"), Crumb(self.title))

    def render(self) -> Markup:
        """The open tab."""
        return render("gallery/patient.html", page=self, steps=STEPS, notes=NOTE, base=BASE)

    def do_tab(self, message: Message) -> Reply:
        """Another tab; the address follows."""
        self.tab = message.text("tab")
        return Redraw(path=f"/patients/{self.id}?tab={self.tab}")


class Claims(Page):
    """A biller's queue: totals, selection, bulk."""

    title = "Claims"
    wide = True

    def __init__(self, visit: Visit) -> None:
        del visit
        self.tab = "open"

    def render(self) -> Markup:
        """The queue."""
        return render("gallery/claims.html", page=self, table=_claims(self.tab), pages=Pages(1, 14, 14, "claims"))

    def do_tab(self, message: Message) -> Reply:
        """Another state."""
        self.tab = message.text("tab")
        return Redraw()

    def do_approve(self, message: Message) -> Reply:
        """The selected ones."""
        return Done(f"{len(message.all('row'))} claims approved")

    def do_export(self, message: Message) -> Reply:
        """A file."""
        del message
        return Deliver("claims.csv", "text/csv", b"claim,charge\nclm_1,160.00\n", "The file is on its way")


class NewPatient(Page):
    """A long form."""

    title = "New patient"

    def __init__(self, visit: Visit) -> None:
        del visit
        self.sent: list[str] = []

    def crumbs(self) -> tuple[Crumb, ...]:
        """From the list."""
        return (Crumb("Patients", "/patients"), Crumb(self.title))

    def render(self) -> Markup:
        """The form."""
        return render("gallery/form.html", sent=self.sent, payers=[(p, p) for p in PAYERS])

    def do_register(self, message: Message) -> Reply:
        """Slowly, so that a second click has time to do harm."""
        time.sleep(0.4)
        born = message.day("born_on")
        if born > TODAY:
            raise FieldProblem("born_on", "A birth date cannot be in the future.")
        if message.text("last").lower() == "taken":
            return Refused("A patient by that name and birth date is already here.", {"last": "Already registered."})
        message.money("fee")
        self.sent.append(f"{message.required('first')} {message.required('last')}")
        files = sum(len(f.content) for group in message.files.values() for f in group)
        return Done("Registered" + (f", with {files:,} bytes of files" if files else ""))


class Parts(Page):
    """Each part in each state."""

    title = "All parts"

    def __init__(self, visit: Visit) -> None:
        del visit
        self.clicks = 0

    def render(self) -> Markup:
        """Everything."""
        return render(
            "gallery/parts.html", page=self, steps=STEPS, kpis=_kpis(), appointment=APPOINTMENT, note=NOTE, claim=CLAIM,
            empty=Table("none", "Nothing", (), (), empty_title="No claims to send",
                        empty_text="Claims appear here when a clinician signs a note.", empty_icon="receipt"),
        )  # fmt: skip

    def do_count(self, message: Message) -> Reply:
        """How often it arrived."""
        del message
        time.sleep(0.3)
        self.clicks += 1
        return Redraw()

    def do_toast(self, message: Message) -> Reply:
        """One of each."""
        tone: Any = message.text("tone")
        return Done(f"This is how {tone} news looks.", tone=tone)

    def do_refuse(self, message: Message) -> Reply:
        """As the gate would."""
        del message
        return Refused("Somebody else changed this a moment ago. Please look at it again.")

    def do_dialog(self, message: Message) -> Reply:
        """Both kinds."""
        if message.text("kind") == "form":
            return Ask(render("gallery/dialog_form.html"), "Record a payment")
        return confirm("toast", "Void this payment?", "The ledger keeps both lines.", label="Void it", reason=True,
                       danger=True, args={"tone": "good"})  # fmt: skip

    def do_pay(self, message: Message) -> Reply:
        """Refused at first sight of nothing."""
        return Done(f"Recorded {dollars(message.money('amount'))}")

    def do_break(self, message: Message) -> Reply:
        """A bug."""
        raise RuntimeError(message.do)

    def do_jump(self, message: Message) -> Reply:
        """To another page."""
        del message
        return Go("/claims")


def find(query: str) -> tuple[Found, ...]:
    """People and pages."""
    people = [
        Found("Patients", p, f"/patients/pat_{n}", f"#{1000 + n}")
        for n, p in enumerate(PEOPLE)
        if query.lower() in p.lower()
    ]
    pages = [Found("Pages", i.label, i.path, "", i.icon) for i in NAV if query.lower() in i.label.lower()]
    return tuple(people[:6] + pages)


def news() -> tuple[Notice, ...]:
    """Three of them."""
    return (
        Notice("A remittance of Summit Mutual does not balance", "/claims", "12 minutes ago", "scale"),
        Notice("Two notes wait for your review", "/day", "1 hour ago", "file-pen-line"),
        Notice("The mirror was refreshed", "/", "Today, 6:00 am", "refresh-cw", is_new=False),
    )


STEPS = (
    Step("Booked", "Feb 24, 9:12 am", "calendar-plus", "info", "by Ruth Adeyemi", "Therapy, 50 minutes, Room 2"),
    Step("Confirmed by text message", "Mar 7, 4:03 pm", "calendar-check", "accent"),
    Step("Arrived", "Mar 9, 8:56 am", "door-open", "warn", "by Front desk"),
    Step("Note signed and locked", "Mar 9, 10:05 am", "lock", "good", "by Lena Okafor, LCSW"),
)


def _state(n: int) -> str:
    return "waiting" if n % 5 == 3 else "active"


def _kpis() -> tuple[Kpi, ...]:
    wave = tuple(90 + 14 * math.sin(n / 2) + n for n in range(16))
    return (
        Kpi("sessions", "Sessions kept", "1,284", delta="6.2%", delta_good=True, note="vs. February", trend=wave),
        Kpi("no_shows", "No-show rate", "7.4", "%", delta="1.1 pts", delta_good=True, delta_up=False, note="vs. February",
            trend=tuple(120 - v for v in wave)),
        Kpi("collected", "Collected", "$186,420", delta="3.8%", delta_good=True, note="97.1% of expected", trend=wave[::2]),
        Kpi("aging", "A/R over 90 days", "$21,905", delta="2.4%", delta_good=False, note="11% of all open", trend=wave[::-1]),
    )  # fmt: skip


def _worklist() -> Table:
    columns = (
        Column("what", "What", leads=True),
        Column("who", "Who"),
        Column("due", "Waiting"),
        Column("sum", "Amount", number=True),
    )
    rows = (
        Row(
            "1",
            ("Remittance does not balance", "Summit Mutual", "2 days", UI.money(428_500)),
            "remittance",
            go="/claims",
            tone="bad",
        ),
        Row(
            "2",
            ("Claims denied, can be corrected", "Blue Harbor Health", "5 days", UI.money(96_000)),
            "denials",
            go="/claims",
            tone="warn",
        ),
        Row("3", ("Notes not signed", "3 clinicians", "1 day", UI.money(64_000)), "notes", go="/day"),
        Row("4", ("Credit balances to refund", "4 patients", "12 days", UI.money(-18_250)), "credits", go="/patients"),
    )
    return Table("worklist", "What needs somebody", columns, rows, base=BASE)


def _claims(tab: str) -> Table:
    states = ("ready", "submitted", "denied", "partly_paid", "paid", "rejected", "approved")
    columns = (
        Column("claim", "Claim", leads=True), Column("patient", "Patient"), Column("payer", "Payer"), Column("on", "Service day"),
        Column("status", "Status"), Column("charge", "Charge", number=True), Column("paid", "Paid", number=True),
    )  # fmt: skip
    rows = tuple(
        Row(f"clm_{n}", (f"C-{1040 + n}", PEOPLE[n], PAYERS[n % 4], f"Mar {n % 9 + 1}", UI.status(CLAIM.of(states[n % 7])),
                         UI.money(16_000 + n % 3 * 2500), UI.money(8_500 if n % 7 in (3, 4) else 0)), f"claim C-{1040 + n}")
        for n in range(14)
        if tab == "all" or (n % 7 != 4) == (tab == "open")
    )  # fmt: skip
    total = len(rows) * 17_500
    return Table("claims", "Claims", columns, rows, base=BASE, selects=True, bulk=(Bulk("Approve", "approve", "badge-check"),),
                 totals=("Total", "", "", "", "", dollars(total), dollars(total // 3)), dense=True)  # fmt: skip


def _sessions(theme: Theme, months: int) -> Any:
    ink = plots.INKS[theme]
    names = [f"{m:%b %y}" for m in (date(2025 + (n + 3) // 12, (n + 3) % 12 + 1, 1) for n in range(12))][-months:]
    made = plots.plot(theme, x_range=names, height=272)
    kept = [90 + 18 * math.sin(n / 2) + 2 * n for n in range(len(names))]
    missed = [9 + 3 * math.cos(n) for n in range(len(names))]
    data = {"month": names, "kept": kept, "missed": missed}
    made.vbar_stack(["kept", "missed"], x="month", width=0.62, source=data, color=[ink.series[0], ink.series[1]],
                    legend_label=["Kept", "Missed"], line_color=None)  # fmt: skip
    made.y_range.start = 0
    plots.add_hover(made, [("Month", "@month"), ("Kept", "@kept{0}"), ("Missed", "@missed{0}")])
    plots.legend_above(made, theme)
    return made


def _aging(theme: Theme) -> Any:
    ink = plots.INKS[theme]
    bands, sums = ["0–30", "31–60", "61–90", "Over 90"], [84_000, 41_500, 26_100, 21_905]
    made = plots.plot(theme, y_range=bands[::-1], height=272)
    made.hbar(y=bands, right=sums, height=0.56, color=[ink.series[0]] * 3 + [ink.bad], line_color=None)
    made.x_range.start = 0
    made.xaxis.formatter = plots.NumeralTickFormatter(format="$0,0")
    made.ygrid.grid_line_color = None
    made.xgrid.grid_line_color = ink.line
    return made


NAV = (
    NavItem("Overview", "/", "layout-dashboard", first=True),
    NavItem("Schedule", "/day", "calendar-days", first=True),
    NavItem("Patients", "/patients", "users", first=True),
    NavItem("Claims", "/claims", "receipt-text", "Billing", count=lambda: 14, first=True),
    NavItem("All parts", "/parts", "package", "Gallery"),
    NavItem("A long form", "/patients/new", "notebook-pen", "Gallery"),
)
CREATE = (MenuItem("Appointment", "/day", "calendar-plus"), MenuItem("Patient", "/patients/new", "user-plus"),
          MenuItem("Payment", "/parts", "banknote"))  # fmt: skip
ROUTES: dict[str, PageFactory] = {
    "/": Overview, "/day": Day, "/patients": Patients, "/patients/new": NewPatient, "/patients/{patient_id}": Patient,
    "/claims": Claims, "/parts": Parts,
}  # fmt: skip
