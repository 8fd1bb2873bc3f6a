"""A house of a few files in which every rule holds, for `test_breaches.py` to break one at a time."""

from pathlib import Path

FILES = {
    "workbench/kernel/settings.py": """
import os


def read_settings():
    return os.environ.get("WORKBENCH_HOME")
""",
    "workbench/gate/permissions.py": """
class Permission(StrEnum):
    CANCEL_APPOINTMENT = "scheduling:appointment:cancel"
    SEE_SCHEDULE = "scheduling:schedule:see"
""",
    "workbench/gate/policy_rows.py": """
POLICY: dict = {
    Permission.CANCEL_APPOINTMENT: (practice_wide(),),
    Permission.SEE_SCHEDULE: (practice_wide(),),
}
""",
    "workbench/gate/audit_events.py": """
class AuditEvent(StrEnum):
    APPOINTMENT_CANCELLED = "appointment.cancelled"
    SCHEDULE_SEEN = "schedule.seen"
""",
    "workbench/gate/audit_sentences.py": """
from workbench.gate.audit_events import AuditEvent

SENTENCES: dict = {
    AuditEvent.APPOINTMENT_CANCELLED: "cancelled an appointment",
    AuditEvent.SCHEDULE_SEEN: "saw the schedule",
}
""",
    "workbench/gate/action.py": """
from sqlalchemy.orm import Session


def run(session: Session):
    session.commit()
""",
    "workbench/scheduling/rules.py": """
from workbench.kernel.settings import read_settings


def is_late(starts_at, now):
    return starts_at - now < read_settings()
""",
    "workbench/actions/scheduling/cancel_appointment.py": """
from workbench.gate.action import action
from workbench.scheduling.rules import is_late


@action(Permission.CANCEL_APPOINTMENT, on=Appointment)
def cancel_appointment(work, appointment, *, reason):
    work.record(AuditEvent.APPOINTMENT_CANCELLED, late=is_late(appointment.starts_at, work.now))
""",
    "workbench/screens/day_schedule.py": """
from sqlalchemy import select


@view(Permission.SEE_SCHEDULE, shows=AuditEvent.SCHEDULE_SEEN)
def day_schedule(look, *, on):
    return look.scalars(select(Appointment))
""",
    "dashboards/pages/day.py": """
import panel as pn

from workbench.screens.day_schedule import day_schedule


def page(rows):
    return pn.Column(pn.widgets.Tabulator(rows))
""",
    "pipelines/mirror.py": """
from sqlalchemy import text


def copy(duck):
    duck.begin()
    duck.execute(text("select 1"))
    duck.commit()
""",
    "workbench/marts/sql/sessions.sql": "-- one row a week\nselect week from out_scheduling__weeks where week < $now\n",
    "tests/actions/test_cancel_appointment.py": """
def test_exactly_the_notice_is_in_time():
    assert call("(555) 010-0123", "front.desk@example.test")
""",
    "tests/screens/test_day_schedule.py": """
def test_a_day_shows_its_appointments(gate):
    assert day_schedule(gate)
""",
}


def build(root: Path) -> Path:
    """The house, written under `root`."""
    for path, text in FILES.items():
        put(root, path, text)
    return root


def put(root: Path, path: str, text: str) -> None:
    """One file of it, new or in place of the old one."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
