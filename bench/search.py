"""Finding one of 100,000 people by a few letters, a birth date or a phone number, by blind tokens alone."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random
from statistics import quantiles
from time import perf_counter
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select

from bench.measuring import Section
from bench.store import practice
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.people.queries import tokens_of
from workbench.people.tables import Patient, PatientDetails, PatientToken, Practice, PracticeDetails
from workbench.screens.patient_search import search_patients
from workbench.store.engine import Store

PEOPLE, SEARCHES, AT_ONCE = 100_000, 40, 2_000
NOW = datetime(2026, 3, 9, 14, tzinfo=UTC)
DESK = Actor("usr_desk", "stf_desk", frozenset({Role.FRONT_DESK}))
_SYLLABLES = ("al", "ber", "cor", "dun", "el", "far", "gro", "hil", "is", "jor", "ka", "lin", "mo", "ner", "os", "pel",
              "quin", "ro", "sto", "tam", "ul", "ver", "wyn", "yar", "zel")  # fmt: skip


def _details(draw: Random, number: int) -> PatientDetails:
    def name() -> str:
        return "".join(draw.choices(_SYLLABLES, k=3)).capitalize()

    born = date(1940, 1, 1) + timedelta(days=draw.randrange(25_000))
    return PatientDetails(name(), name(), born, phone=f"555{number:07d}")


def _fill(store: Store, draw: Random) -> list[PatientDetails]:
    us = PracticeDetails(
        "Sample", "2000000002", "000000019", "1 Sample Lane", "Samplebury", "NY", "00010", "5555550100"
    )
    with store.writing() as session:
        session.add(Practice(zone="America/New_York", is_synthetic=True, details=us))
        session.commit()
    everybody = [_details(draw, number) for number in range(PEOPLE)]
    numbered = iter(enumerate(everybody, start=1))
    while some := list(islice(numbered, AT_ONCE)):
        _insert(store, some)
    return everybody


def _insert(store: Store, some: list[tuple[int, PatientDetails]]) -> None:
    store.vault.make_keys(f"pat_{number}" for number, _ in some)
    rows = [
        {"id": f"pat_{number}", "number": number, "registered_at": NOW, "is_active": True, "version": 1,
         "sealed": Patient.details.envelope(
             store.vault, table="patients", row_id=f"pat_{number}", owner=f"pat_{number}", document=details)}
        for number, details in some
    ]  # fmt: skip
    tokens = [
        {"patient_id": f"pat_{number}", "token": token}
        for number, details in some for token in tokens_of(store.vault, details)
    ]  # fmt: skip
    with store.engine.begin() as connection:
        connection.execute(insert(Patient), rows)
        connection.execute(insert(PatientToken), tokens)


def report(rounds: int = 5) -> Section:
    """Each way of asking, through the gate; the floor is one row by its number."""
    del rounds  # each way is asked forty times for somebody else
    draw = Random(20260309)
    with practice() as store:
        everybody = _fill(store, draw)
        gate = Gate(store, ZoneInfo("America/New_York"))
        ways: dict[str, Callable[[PatientDetails], str]] = {
            "two letters": lambda one: one.family_name[:2],
            "four letters": lambda one: one.family_name[:4],
            "given and family name": lambda one: f"{one.given_name} {one.family_name}",
            "birth date": lambda one: f"{one.born_on:%m/%d/%Y}",
            "phone": lambda one: one.phone,
            "last four of the phone": lambda one: one.phone[-4:],
        }
        floor = _timed(lambda one: _row(store, int(one.phone[3:]) + 1), draw, everybody)
        found = {"one row by its number (the floor)": floor}
        for name, typed in ways.items():
            found[name] = _timed(
                lambda one, typed=typed: search_patients(gate, DESK, now=NOW, query=typed(one)), draw, everybody
            )
    return Section(
        f"Searching {PEOPLE:,} people",
        ("", "half of them within", "95 of 100 within", "times the floor"),
        tuple((name, f"{half * 1e3:.1f} ms", f"{most * 1e3:.1f} ms", f"{half / floor[0]:.1f}")
              for name, (half, most) in found.items()),
        "Names, birth dates and numbers stand in the store as blind tokens and sealed documents only; what is found is "
        "unsealed to be shown and sorted, and every search is a line in the log before it is answered.",
    )  # fmt: skip


def _timed(
    call: Callable[[PatientDetails], object], draw: Random, everybody: list[PatientDetails]
) -> tuple[float, float]:
    took = []
    for one in draw.sample(everybody, SEARCHES):
        begun = perf_counter()
        call(one)
        took.append(perf_counter() - begun)
    return sorted(took)[len(took) // 2], quantiles(took, n=20)[-1]


def _row(store: Store, number: int) -> None:
    with store.reading() as session:
        session.execute(select(Patient.id, Patient.sealed).where(Patient.number == number)).one()


if __name__ == "__main__":
    print(report().markdown())
