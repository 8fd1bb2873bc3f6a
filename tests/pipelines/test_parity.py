"""After any run of changes the mirror holds what the store holds, and its numbers are those of a mirror built anew."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, insert, select, text, update

from pipelines.copying import Copier
from pipelines.files import MirrorFolder
from pipelines.keeping import Keeper
from tests.factories.small_practice import ADA, BEN, FERN, INDIVIDUAL, MOSS, OFFICE, VIDEO, open_practice
from tests.stores import Templates
from workbench.scheduling.tables import Appointment, Attendance, AttendanceStatus
from workbench.store.engine import Store, open_store, open_vault

NOW = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")
OUT = ("out_scheduling__days", "out_charting__days", "out_charting__unsigned", "out_people__patients")


def keeper(store: Store, folder: Path) -> Keeper:
    files = MirrorFolder(folder)
    files.take()
    kept = Keeper(store, Copier(store.vault, ZONE), files, lambda: NOW)
    kept.open()
    return kept


def numbers(kept: Keeper) -> dict[str, list[tuple[object, ...]]]:
    assert kept.duck is not None
    with kept.duck.reading() as connection:
        return {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in OUT}


class Changes(RuleBasedStateMachine):
    """Books, moves, ends, deletes and rewrites at random; looks at the mirror only now and then."""

    store: Store

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="parity"))
        self.kept = keeper(self.store, self.folder)
        self.number = self._largest()

    def _largest(self) -> int:
        with self.store.reading() as session:
            return max([0, *(int(one.split("_")[1]) for one in session.scalars(select(Appointment.id)))])

    @rule(clinician=st.sampled_from((ADA, BEN)), minutes=st.integers(15, 120), how_many=st.integers(1, 4))
    def book(self, clinician: str, minutes: int, how_many: int) -> None:
        with self.store.writing() as session:
            for _ in range(how_many):
                self.number += 1
                at = NOW + timedelta(hours=3 * self.number)
                session.execute(insert(Appointment).values(
                    id=f"apt_{self.number}", clinician_id=clinician, type_id=INDIVIDUAL, location_id=OFFICE,
                    starts_at=at, ends_at=at + timedelta(minutes=minutes), booked_at=NOW, status="held", version=1,
                ))  # fmt: skip
                session.execute(insert(Attendance).values(
                    id=f"att_{self.number}", appointment_id=f"apt_{self.number}", patient_id=FERN, status="booked",
                    version=1,
                ))  # fmt: skip
            session.commit()

    @rule(status=st.sampled_from(AttendanceStatus), below=st.integers(0, 30))
    def end_many(self, status: AttendanceStatus, below: int) -> None:
        ids = [f"att_{number}" for number in range(1, below)]
        with self.store.writing() as session:
            session.execute(update(Attendance).where(Attendance.id.in_(ids)).values(status=status))
            session.commit()

    @rule(number=st.integers(1, 30), days=st.integers(-40, 40))
    def move(self, number: int, days: int) -> None:
        at = NOW + timedelta(days=days, hours=3 * number, minutes=1)
        with self.store.writing() as session:
            session.execute(
                text("UPDATE appointments SET status = 'cancelled' WHERE id = :id"), {"id": f"apt_{number}"}
            )
            session.execute(
                update(Appointment)
                .where(Appointment.id == f"apt_{number}")
                .values(starts_at=at, ends_at=at + timedelta(minutes=30), location_id=VIDEO)
            )
            session.commit()

    @rule(number=st.integers(1, 30))
    def add_a_second_person(self, number: int) -> None:
        with self.store.writing() as session:
            exists = session.get(Appointment, f"apt_{number}") and not session.get(Attendance, f"at2_{number}")
            if exists:
                session.execute(insert(Attendance).values(
                    id=f"at2_{number}", appointment_id=f"apt_{number}", patient_id=MOSS, status="booked", version=1,
                ))  # fmt: skip
            session.commit()

    @rule(number=st.integers(1, 30), keeps=st.booleans())
    def delete_one(self, number: int, keeps: bool) -> None:
        with self.store.writing() as session:
            session.execute(delete(Attendance).where(Attendance.appointment_id == f"apt_{number}"))
            session.execute(delete(Appointment).where(Appointment.id == f"apt_{number}"))
            if keeps:
                session.commit()

    @rule()
    def catch_up(self) -> None:
        self.kept.settle()

    @rule()
    def start_again(self) -> None:
        self.kept.forget("")
        self.kept.open()

    @invariant()
    def the_file_is_open(self) -> None:
        assert self.kept.duck is not None

    def teardown(self) -> None:
        self.kept.settle()
        assert all(table.is_equal for table in self.kept.verify())
        followed = numbers(self.kept)
        self.kept.build("to compare")
        assert numbers(self.kept) == followed
        self.kept.forget("")


@pytest.fixture
def emptied(templates: Templates, engine: str, tmp_path: Path) -> Iterator[Store]:
    with templates.settings(engine, tmp_path / "practice") as made:
        store = open_store(made, open_vault(made))
        open_practice(store, NOW)
        yield store
        store.close()


def test_any_run_of_changes_leaves_both_sides_equal(emptied: Store) -> None:
    machine = type("ChangesHere", (Changes,), {"store": emptied})
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
