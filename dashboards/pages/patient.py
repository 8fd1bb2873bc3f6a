"""One patient's file: who they are, when they come, the notes and the account, as far as the role allows."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.booking import Chosen
from dashboards.pages.measure_change import change_badges, thresholds
from dashboards.pages.measure_plans import due_words
from dashboards.pages.measures import results_table
from dashboards.pages.patient_dialogs import DialogCalls, PatientDialogs
from dashboards.pages.patient_forms import forms_table
from dashboards.pages.proxies import STATES, link_words
from dashboards.pages.schedule_calls import ScheduleCalls
from dashboards.pages.visits import Opened
from dashboards.parts.course_chart import course_chart
from dashboards.parts.html import ENVIRONMENT, clock, day, phone, render
from dashboards.parts.message import Message
from dashboards.parts.page import Crumb
from dashboards.parts.replies import Redraw, Reply
from dashboards.parts.routes import Visit as Opening
from dashboards.parts.statuses import APPOINTMENT, NOTE
from dashboards.parts.tables import Column, Row, Table
from workbench.kernel.money import dollars
from workbench.screens.alerts import Alerts
from workbench.screens.amount_due import AmountDue
from workbench.screens.form_responses import PatientForms
from workbench.screens.measures_over_time import Course
from workbench.screens.patient_balance import PatientBalance
from workbench.screens.patient_chart import PatientChart
from workbench.screens.patient_file import ZONES, PatientFile, Visit

UI: Any = ENVIRONMENT.globals["ui"]
PARTS = ("subjective", "objective", "assessment", "plan")


class PatientPage(PatientDialogs):
    """The hub. The chart and the account are read only when their tab is opened, so that the log says who looked."""

    wide = True
    may_open_file = False

    def __init__(
        self,
        opening: Opening,
        *,
        patient_file: Callable[..., PatientFile],
        patient_chart: Callable[..., PatientChart],
        patient_balance: Callable[..., PatientBalance],
        amount_due: Callable[..., AmountDue],
        measures_over_time: Callable[..., tuple[Course, ...]],
        calls: ScheduleCalls,
        dialogs: DialogCalls,
        zone: ZoneInfo,
        clock: Callable[[], datetime],
        patient_word: str = "client",
        base: str = "",
    ) -> None:
        super().__init__(calls=calls, zone=zone, clock=clock, patient_word=patient_word, base=base)
        self._dialogs, self.measures = dialogs, dialogs.measures
        self.alerts, self.filled = Alerts(), PatientForms()
        self.plans = ()
        self._patient_file, self._patient_chart, self._patient_balance = patient_file, patient_chart, patient_balance
        self._amount_due = amount_due
        self._measures = measures_over_time
        self.patient_id = opening.ids["patient_id"]
        self.file = None
        self.tab = opening.query.get("tab", "info")
        self.chart: PatientChart | None = None
        self.account: PatientBalance | AmountDue | None = None
        self.courses: tuple[Course, ...] = ()
        self.title = patient_word.capitalize()

    def load(self) -> None:
        """The file, and what the open tab shows."""
        file = self.file = self._patient_file(self.patient_id)
        self.tab = self.tab if self.tab in (key for key, _, _ in self._tabs(file)) else "info"
        self.chart = self._patient_chart(self.patient_id) if self.tab == "notes" else None
        is_measures = self.tab == "measures"
        self.courses = self._measures(self.patient_id) if is_measures else ()
        self.alerts = self.measures.alerts(patient_id=self.patient_id) if is_measures and self.measures else Alerts()
        plans = self._dialogs.plans if is_measures else None
        self.plans = plans.shown(self.patient_id) if plans else ()
        forms = self._dialogs.forms if self.tab == "forms" else None
        self.filled = forms.shown(self.patient_id) if forms else PatientForms()
        see = self._patient_balance if file.may_see_balance else self._amount_due
        self.account = see(self.patient_id) if self.tab == "billing" else None

    def crumbs(self) -> tuple[Crumb, ...]:
        """From the list to the file's number; no name."""
        number = f"File {self.file.number}" if self.file else self.title
        return (Crumb(f"{self.patient_word.capitalize()}s", "/patients"), Crumb(number))

    def render(self) -> Markup:
        """The header, the tabs and the open one."""
        file = self.file
        if file is None:
            return Markup("")
        self.title = f"File {file.number}"
        return render(
            "pages/patient.html",
            file=file,
            tab=self.tab,
            tabs=self._tabs(file),
            coming=self._table([v for v in file.visits if v.starts_at > self.clock()][::-1], "coming"),
            past=self._table([v for v in file.visits if v.starts_at <= self.clock()], "past"),
            following=next((v for v in reversed(file.visits) if _is_to_come(v, self.clock())), None),
            chart=self.chart,
            courses=[self._course(one) for one in self.courses],
            alerts=self.alerts,
            plans=[(one, due_words(one)) for one in self.plans],
            filled=forms_table(self.filled, self.zone, self.base),
            account=self.account,
            charges=_charges(self.account) if isinstance(self.account, PatientBalance) else None,
            parts=PARTS,
            notes=NOTE,
            looks=APPOINTMENT,
            zone=self.zone,
            base=self.base,
            word=self.patient_word,
            phone=phone(file.phone),
            may=self._dialogs,
            zones=ZONES,
            proxies=[(one, STATES.of(one.state), *link_words(one)) for one in file.proxies],
        )

    def _course(self, course: Course) -> tuple[Course, Markup, Table, Markup, str]:
        badges = change_badges(course.changed, course.is_better)
        return course, course_chart(course, self.zone), results_table(course, self.zone), badges, thresholds(course)

    def find(self, attendance_id: str) -> Opened | None:
        """The appointment among this patient's."""
        file = self.file
        found = next((v for v in file.visits if v.attendance_id == attendance_id), None) if file else None
        if file is None or found is None:
            return None
        return Opened(
            their_zone=file.details.zone,
            visit=found,
            patient_id=file.patient_id,
            patient_name=file.name,
            pronouns=file.pronouns,
            clinician_name=found.clinician_name,
            type_name=found.type_name,
            location_name=found.location_name,
            starts_at=found.starts_at,
            ends_at=found.ends_at,
            status=found.status,
            offers=found.offers,
            attendance_version=found.attendance_version,
        )

    def do_tab(self, message: Message) -> Reply:
        """Another part of the file."""
        self.tab = message.text("tab")
        self.load()
        return Redraw(path=f"/patients/{self.patient_id}?tab={self.tab}")

    def do_book_open(self, message: Message) -> Reply:
        """Book for this patient."""
        del message
        file = self.file
        if file is None:
            return Redraw()
        return self.open_booking(Chosen(self.today, file.patient_id, file.name, is_fixed=True))

    def _tabs(self, file: PatientFile) -> list[tuple[str, str, int | None]]:
        tabs: list[tuple[str, str, int | None]] = [("info", "Info", None)]
        if file.may_book:
            tabs.append(
                ("schedule", "Schedule", sum(_is_to_come(visit, self.clock()) for visit in file.visits) or None)
            )
        if file.may_read_chart:
            tabs += [("notes", "Notes", None), ("measures", "Measures", None), ("forms", "Forms", None)]
        if file.may_see_due:
            tabs.append(("billing", "Billing", None))
        return tabs

    def _table(self, visits: list[Visit], key: str) -> Table:
        columns = (
            Column("day", "Day", leads=True),
            Column("time", "Time"),
            Column("type", "Type"),
            Column("with", "Clinician"),
            Column("where", "Place", only_wide=True),
            Column("status", "Status"),
        )
        rows = tuple(
            Row(
                visit.attendance_id,
                (
                    day(visit.starts_at, self.zone),
                    clock(visit.starts_at, self.zone),
                    visit.type_name,
                    visit.clinician_name,
                    visit.location_name,
                    UI.status(APPOINTMENT.of(visit.status)),
                ),
                name=day(visit.starts_at, self.zone),
                do="open_row",
            )
            for visit in visits
        )
        empty = (
            ("Nothing is booked", "Book the next appointment from here.") if key == "coming" else ("No visits yet", "")
        )
        return Table(key, "Appointments to come" if key == "coming" else "Past appointments", columns, rows,
                     base=self.base, empty_title=empty[0], empty_text=empty[1], empty_icon="calendar")  # fmt: skip

    def do_open_row(self, message: Message) -> Reply:
        """The drawer of the appointment in this row."""
        return self.do_open_visit(
            Message(message.do, {**message.values, "id": message.all("row")}, message.key, message.seq)
        )


def _is_to_come(visit: Visit, now: datetime) -> bool:
    return visit.starts_at > now and visit.status in ("booked", "confirmed")


def _charges(account: PatientBalance) -> Table:
    columns = (
        Column("on", "Session", leads=True),
        Column("code", "Code"),
        Column("charged", "Charged", number=True),
        Column("paid", "Payer paid", number=True, only_wide=True),
        Column("off", "Written off", number=True, only_wide=True),
        Column("payer", "Payer owes", number=True),
        Column("patient", "Owes", number=True),
    )
    rows = tuple(
        Row(
            one.charge_id,
            (
                day(one.on),
                one.code,
                dollars(one.charged_cents),
                dollars(one.payer_paid_cents),
                dollars(one.written_off_cents),
                dollars(one.payer_owes_cents),
                dollars(one.patient_owes_cents),
            ),
            name=day(one.on),
        )
        for one in account.charges
    )
    return Table("charges", "Charges, newest first", columns, rows, dense=True, empty_title="No charges yet",
                 empty_text="A session is charged when its note is signed.", empty_icon="receipt")  # fmt: skip
