"""A practice that reminds: Fern has an address and said yes, and reminders are on."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select

from tests.factories.small_practice import FERN, open_practice, people, visit
from workbench.actions.messaging.begin_reminder import ReminderBegun, begin_reminder
from workbench.actions.messaging.plan_reminders import plan_reminders
from workbench.actions.messaging.record_consent import record_consent
from workbench.actions.messaging.set_reminders import set_reminders
from workbench.actions.people.correct_patient import correct_patient
from workbench.gate.action import Gate
from workbench.gate.actor import SystemActor
from workbench.gate.permissions import Permission
from workbench.messaging.reminder_rules import SendingHours
from workbench.messaging.tables import Reminder
from workbench.messaging.wording import DEFAULT
from workbench.people.tables import Patient
from workbench.scheduling.tables import Appointment

PLANNER = SystemActor("plan_reminders", frozenset({Permission.PLAN_REMINDERS}))
SENDER = SystemActor("send_reminder", frozenset({Permission.SEND_REMINDERS}))
ADDRESS = "fern@example.test"
HOW = {"is_on": True, "display": "Juniper", "body": DEFAULT, "hours": SendingHours()}


@dataclass
class Reminding:
    """The practice, with what tests do to it again and again."""

    gate: Gate
    now: datetime

    def __post_init__(self) -> None:
        open_practice(self.gate.store, self.now)
        self.address(ADDRESS)
        self.consent()
        set_reminders(self.gate, people().manager, now=self.now, **HOW)  # type: ignore[arg-type]

    def address(self, email: str, patient_id: str = FERN) -> None:
        """Write the address into the file, past the gate."""
        with self.gate.store.writing() as session:
            patient = session.get_one(Patient, patient_id)
            patient.details = replace(patient.details, email=email)
            session.commit()

    def lives_by(self, zone: str) -> None:
        """The desk writes down that Fern's clock is another one."""
        with self.gate.store.reading() as session:
            said = asdict(session.get_one(Patient, FERN).details)
        correct_patient(self.gate, people().desk, FERN, now=self.now, **{**said, "zone": zone})

    def consent(
        self, *, is_given: bool = True, patient_id: str = FERN, now: datetime | None = None, channel: str = "email"
    ) -> str:
        """The desk writes down what was said."""
        done = record_consent(
            self.gate, people().desk, patient_id, now=now or self.now, channel=channel, is_given=is_given,
            source="at_desk", given_on=date(2026, 3, 2),
        )  # fmt: skip
        return done.consent_id

    def visit(self, number: int = 1, *, after: timedelta = timedelta(days=5)) -> str:
        """An appointment of Fern's, booked a week before it; the id of the attendance."""
        return visit(self.gate.store, number, self.now + after)

    def plan(self, attendance_id: str, now: datetime | None = None) -> list[Reminder]:
        """Its reminders, by their time."""
        plan_reminders(self.gate, PLANNER, attendance_id, now=now or self.now)
        return self.rows(attendance_id)

    def rows(self, attendance_id: str) -> list[Reminder]:
        """The rows as they are."""
        with self.gate.store.reading() as read:
            query = select(Reminder).where(Reminder.attendance_id == attendance_id)
            return list(read.scalars(query.order_by(Reminder.due_at, Reminder.id)))

    def row(self, reminder_id: str) -> Reminder:
        """One as it is."""
        with self.gate.store.reading() as read:
            return read.get_one(Reminder, reminder_id)

    def begin(self, reminder: Reminder, *, now: datetime | None = None, service: str = "") -> ReminderBegun:
        """Begin to send it, at its time."""
        return begin_reminder(
            self.gate, SENDER, reminder.id, now=now or reminder.due_at, service=service, link_base="https://x.test/r"
        )

    def move(self, number: int, by: timedelta) -> None:
        """Move an appointment past the gate."""
        with self.gate.store.writing() as session:
            row = session.get_one(Appointment, f"apt_{number}")
            row.starts_at, row.ends_at = row.starts_at + by, row.ends_at + by
            session.commit()
