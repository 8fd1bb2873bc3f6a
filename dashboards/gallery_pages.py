"""The gallery's pages: the shapes that real pages have. Also the example of how to write one."""

import time
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from markupsafe import Markup

from dashboards.gallery_people import NewPatient, Patient, Patients
from dashboards.gallery_samples import (
    BASE,
    NOW,
    PEOPLE,
    STEPS,
    TODAY,
    ZONE,
    aging_figure,
    claims,
    kpis,
    sessions_figure,
    worklist,
)
from dashboards.parts.agenda import DayColumn, DayGrid, Slot, day_grid
from dashboards.parts.dialogs import confirm, flyout
from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.navigation import Found, MenuItem, NavItem
from dashboards.parts.page import Page, Theme
from dashboards.parts.replies import Ask, Deliver, Done, Go, Redraw, Refused, Reply
from dashboards.parts.routes import PageFactory, Visit
from dashboards.parts.statuses import APPOINTMENT, CLAIM, NOTE
from dashboards.parts.tables import Pages, Table
from workbench.gate.needs import Open
from workbench.kernel.money import dollars


class Overview(Page):
    """A manager's first page: numbers that open, two figures, a work list."""

    needs = Open.SIGNED_IN
    title = "Overview"
    wide = True

    def __init__(self, visit: Visit) -> None:
        del visit
        self.months = "12"

    def render(self) -> Markup:
        """Numbers, figures, what needs somebody."""
        return render("gallery/overview.html", kpis=kpis(), months=self.months, claims=worklist(), base=BASE)

    def panes(self, theme: Theme) -> Mapping[str, Any]:
        """Two figures."""
        return {"sessions": sessions_figure(theme, int(self.months)), "aging": aging_figure(theme)}

    def do_view(self, message: Message) -> Reply:
        """Another span of months."""
        self.months = message.text("view")
        return Redraw()

    def do_open_number(self, message: Message) -> Reply:
        """What a number means, how it is asked and what it counts."""
        key = message.text("number")
        return flyout(f"Where “{key.replace('_', ' ')}” comes from", render("gallery/number.html", rows=worklist()))


class Day(Page):
    """The front desk's day."""

    needs = Open.SIGNED_IN
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
                f"stf_{n}",
                name,
                self.on,
                f"{4 + n} booked · Room {n + 1}",
                hours=((start, start + timedelta(hours=3)), (start + timedelta(hours=4), start + timedelta(hours=8))),
            )
            for n, name in enumerate(names)
        ]
        return day_grid("Day by clinician", ZONE, columns, self._slots(start), now=NOW)

    def _slots(self, start: datetime) -> list[Slot]:
        states = ("kept", "arrived", "confirmed", "booked", "no_show", "cancelled_late", "requested", "in_session")
        made = []
        for n in range(4):
            for k in range(5 + n % 2):
                begin = start + timedelta(minutes=(k + (k > 2)) * 60 + 15 * (n % 2))
                key = f"apt_{n}{k}"
                state = "arrived" if key in self.arrived else states[(n * 3 + k) % 8]
                made.append(
                    Slot(
                        key,
                        f"stf_{n}",
                        begin,
                        begin + timedelta(minutes=(50, 50, 25, 80)[(n + k) % 4]),
                        PEOPLE[n * 7 + k],
                        ("Therapy 50 min", "Intake", "Medication check", "Family")[(n + k) % 4],
                        APPOINTMENT.of(state),
                    )
                )
        overlap = start + timedelta(hours=5, minutes=20)
        made.append(
            Slot(
                "apt_g",
                "stf_1",
                overlap,
                overlap + timedelta(minutes=90),
                "Grief group",
                "6 of 8 places",
                APPOINTMENT.of("confirmed"),
            )
        )
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
        return confirm(
            "cancel",
            "Cancel this appointment?",
            "The patient gets a message. A late fee may apply.",
            label="Cancel the appointment",
            args={"id": message.text("id")},
            reason=True,
            danger=True,
        )

    def do_cancel(self, message: Message) -> Reply:
        """It happened."""
        message.required("reason", "Please say why.")
        return Done("Cancelled, late fee $75.00", tone="info")

    def do_move(self, message: Message) -> Reply:
        """The day before or after; the address follows."""
        self.on += timedelta(days=message.whole("by", least=-31, most=31))
        return Redraw(path=f"/day?on={self.on.isoformat()}")


class Claims(Page):
    """A biller's queue: totals, selection, bulk."""

    needs = Open.SIGNED_IN
    title = "Claims"
    wide = True

    def __init__(self, visit: Visit) -> None:
        del visit
        self.tab = "open"

    def render(self) -> Markup:
        """The queue."""
        return render("gallery/claims.html", page=self, table=claims(self.tab), pages=Pages(1, 14, 14, "claims"))

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


NO_CLAIMS = Table("none", "Nothing", (), (), empty_title="No claims", empty_text="They come when a note is signed.")


class Parts(Page):
    """Each part in each state."""

    needs = Open.SIGNED_IN
    title = "All parts"

    def __init__(self, visit: Visit) -> None:
        del visit
        self.clicks = 0

    def render(self) -> Markup:
        """Everything."""
        return render(
            "gallery/parts.html",
            page=self,
            steps=STEPS,
            kpis=kpis(),
            appointment=APPOINTMENT,
            note=NOTE,
            claim=CLAIM,
            empty=NO_CLAIMS,
        )

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
        return confirm(
            "toast",
            "Void this payment?",
            "The ledger keeps both lines.",
            label="Void it",
            reason=True,
            danger=True,
            args={"tone": "good"},
        )

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


NAV = (
    NavItem("Overview", "/", "layout-dashboard", first=True),
    NavItem("Schedule", "/day", "calendar-days", first=True),
    NavItem("Patients", "/patients", "users", first=True),
    NavItem("Claims", "/claims", "receipt-text", "Billing", count=lambda: 14, first=True),
    NavItem("All parts", "/parts", "package", "Gallery"),
    NavItem("A long form", "/patients/new", "notebook-pen", "Gallery"),
)
CREATE = (
    MenuItem("Appointment", "/day", "calendar-plus"),
    MenuItem("Patient", "/patients/new", "user-plus"),
    MenuItem("Payment", "/parts", "banknote"),
)
ROUTES: dict[str, PageFactory] = {
    "/": Overview,
    "/day": Day,
    "/patients": Patients,
    "/patients/new": NewPatient,
    "/patients/{patient_id}": Patient,
    "/claims": Claims,
    "/parts": Parts,
}
