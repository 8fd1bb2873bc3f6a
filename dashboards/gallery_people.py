"""The gallery's pages about people: a list, a file with tabs, a long form."""

import time

from markupsafe import Markup

from dashboards.gallery_samples import (
    BASE,
    PAYERS,
    PEOPLE,
    STEPS,
    TODAY,
    UI,
    state_of,
)
from dashboards.parts.html import render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Done, Redraw, Refused, Reply
from dashboards.parts.routes import Visit
from dashboards.parts.statuses import NOTE
from dashboards.parts.tables import Column, Row, Table, turned_to
from workbench.gate.needs import Open

COLUMNS = (
    Column("name", "Patient", sorts=True, leads=True),
    Column("seen", "Last seen"),
    Column("payer", "Payer"),
    Column("state", "Status"),
    Column("balance", "Balance", number=True, sorts=True),
)


class Patients(Page):
    """A list that is searched, sorted and turned by the server."""

    needs = Open.SIGNED_IN
    title = "Patients"

    def __init__(self, visit: Visit) -> None:
        del visit
        self.query, self.state, self.column, self.descending, self.number = "", "", "name", False, 1

    def render(self) -> Markup:
        """The list."""
        names = [
            (n, p) for n, p in enumerate(PEOPLE) if self.query.lower() in p.lower() and self.state in ("", state_of(n))
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
                    if state_of(n) == "active"
                    else UI.badge("Waiting", "warn", "hourglass"),
                    UI.money(n * 37 % 101 * 100 - 2500),
                ),
                name=name,
                go=f"/patients/pat_{n}",
            )
            for n, name in names[(pages.number - 1) * 12 : pages.number * 12]
        )
        table = Table(
            "patients",
            "Patients",
            COLUMNS,
            rows,
            base=BASE,
            sorted_by=self.column,
            descending=self.descending,
            empty_title="Nobody by that name",
            empty_text="Try fewer letters, or register a new patient.",
            empty_icon="search",
        )
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

    needs = Open.SIGNED_IN

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


class NewPatient(Page):
    """A long form."""

    needs = Open.SIGNED_IN
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
