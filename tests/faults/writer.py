"""A writer to be killed at any moment: books appointments through the gate, and notes each one that was promised.

Its notebook is a text file: `try <n>` before a booking, `done <n> <appointment id>` once the gate has answered. What a
kill leaves of an unfinished line is what a browser has of an answer that never came.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.factories.small_practice import ADA, FERN, INDIVIDUAL, OFFICE, people
from workbench.actions.scheduling.book_appointment import book_appointment
from workbench.cli.every_table import import_every_table
from workbench.gate.action import Gate
from workbench.kernel.settings import Settings
from workbench.store.engine import open_store, open_vault

import_every_table()
NOW = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)


def tried(notebook: Path) -> list[int]:
    """Numbers of the bookings that were begun."""
    return [int(line.split()[1]) for line in _lines(notebook) if line.startswith("try ")]


def promised(notebook: Path) -> dict[int, str]:
    """Appointments that the gate said were booked, by number."""
    found = [line.split() for line in _lines(notebook) if line.startswith("done ")]
    return {int(words[1]): words[2] for words in found}


def _lines(notebook: Path) -> list[str]:
    text = notebook.read_text() if notebook.exists() else ""
    return text.split("\n")[:-1]  # the last is empty, or was cut by a kill


def book_until_killed(home: Path, database_url: str, notebook: Path) -> None:
    """First the booking that was left without an answer, under the same key as before; then one after another."""
    settings = Settings(home=home, database_url=database_url)
    gate = Gate(open_store(settings, open_vault(settings)), ZoneInfo("America/New_York"))
    desk, begun = people().desk, tried(notebook)
    number = begun[-1] if begun else 1
    page = os.open(notebook, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(page, b"\n")  # ends a line that the last kill cut
    while True:
        os.write(page, f"try {number}\n".encode())
        booked = book_appointment(
            gate, desk, FERN, now=NOW, idempotency_key=f"form-{number}", clinician_id=ADA, type_id=INDIVIDUAL,
            location_id=OFFICE, starts_at=NOW + timedelta(hours=number),
        )  # fmt: skip
        os.write(page, f"done {number} {booked.appointment_id}\n".encode())
        number += 1
