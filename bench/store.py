"""What sealing costs: patients as sealed documents against the same people in plain columns, same engine, same ORM."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, MetaData, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from bench.measuring import Section, compared, cpu_seconds
from workbench.kernel.ids import new_id
from workbench.kernel.settings import Settings
from workbench.people.tables import Patient, PatientDetails
from workbench.store.engine import Store, create_home, open_store, open_vault
from workbench.store.schema import migrate

ROWS = 2_000
AT = datetime(2026, 3, 9, tzinfo=UTC)


class Plain(DeclarativeBase):
    """Rows of the comparison only: what no practice may do."""

    metadata = MetaData()


class PlainPatient(Plain):
    """A patient that anybody with the file can read."""

    __tablename__ = "plain_patients"
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    registered_at: Mapped[datetime]
    given_name: Mapped[str]
    family_name: Mapped[str]
    born_on: Mapped[date]
    preferred_name: Mapped[str]
    pronouns: Mapped[str]
    sex: Mapped[str]
    phone: Mapped[str]
    email: Mapped[str]
    street: Mapped[str]
    city: Mapped[str]
    state: Mapped[str]
    zip_code: Mapped[str]
    zone: Mapped[str]


@contextmanager
def practice() -> Iterator[Store]:
    """An empty practice in a folder that goes away."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "practice")
        create_home(settings)
        store = open_store(settings, open_vault(settings))
        migrate(store)
        Plain.metadata.create_all(store.engine)
        yield store
        store.close()


def _details(number: int) -> PatientDetails:
    return PatientDetails(
        "Aspen", f"Fernbrook{number}", date(1980, 1, 1), sex="F", phone="5555550100", email=f"p{number}@example.test",
        street="1 Sample Lane", city="Samplebury", state="NY", zip_code="00010",
    )  # fmt: skip


def report(rounds: int = 5) -> Section:
    """Insert through the ORM, and load with every field read."""
    plain, sealed = "plain columns", "sealed, one key at a time"
    with practice() as store:
        fill = _Fill(store)
        inserts = cpu_seconds(
            {
                plain: lambda: _write(store, fill.plain),
                "sealed, their keys made in one write": lambda: _write(store, fill.sealed_with_keys),
                sealed: lambda: _write(store, fill.sealed),
            },
            rounds,
        )
        newest = next(fill.numbers) - 3 * ROWS  # the last round: plain, sealed, sealed
        loads = cpu_seconds(
            {plain: lambda: _load_plain(store.engine, newest), "sealed": lambda: _load_sealed(store, newest + ROWS)},
            rounds,
        )
    rows = [("insert, " + row[0], *row[1:]) for row in compared(inserts, plain, of=ROWS, noun="rows")]
    rows += [("load, " + row[0], *row[1:]) for row in compared(loads, plain, of=ROWS, noun="rows")]
    return Section(
        f"Sealed documents: {ROWS:,} patients through the ORM",
        ("", "CPU", "", "times plain"),
        tuple(rows),
        "Each sealed patient has a data key of their own: an insert also makes and wraps that key, in a store beside "
        "the store, one write for each where people come one at a time. A load opens and reads every field. Both "
        "sides are on the same encrypted pages.",
    )


class _Fill:
    """The same people, in each of the ways they are compared."""

    def __init__(self, store: Store) -> None:
        self._vault = store.vault
        self.numbers = count(1)

    def sealed(self, session: Session) -> None:
        session.add_all(self._people())

    def sealed_with_keys(self, session: Session) -> None:
        people = self._people()
        self._vault.make_keys(patient.id for patient in people)
        session.add_all(people)

    def plain(self, session: Session) -> None:
        session.add_all([
            PlainPatient(id=new_id("pat"), number=next(self.numbers), registered_at=AT, **asdict(_details(n)))
            for n in range(ROWS)
        ])  # fmt: skip

    def _people(self) -> list[Patient]:
        return [Patient(number=next(self.numbers), registered_at=AT, details=_details(n)) for n in range(ROWS)]


def _write(store: Store, fill: Callable[[Session], None]) -> None:
    with store.writing() as session:
        fill(session)
        session.commit()


def _load_sealed(store: Store, first: int) -> None:
    query = select(Patient).where(Patient.number >= first, Patient.number < first + ROWS)
    with store.reading() as session:
        found = [row.details.family_name for row in session.scalars(query)]
    _check(found)


def _load_plain(engine: Engine, first: int) -> None:
    query = select(PlainPatient).where(PlainPatient.number >= first, PlainPatient.number < first + ROWS)
    with Session(engine) as session:
        found = [row.family_name for row in session.scalars(query)]
    _check(found)


def _check(found: list[str]) -> None:
    if len(found) != ROWS:
        raise AssertionError(f"{len(found)} rows of {ROWS}")


if __name__ == "__main__":
    print(report().markdown())
