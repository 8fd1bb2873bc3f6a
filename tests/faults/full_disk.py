"""Books in a practice until its disk takes no more, in a process of its own; prints what it saw as JSON.

    python -m tests.faults.full_disk KIND HOME ROOM

KIND `disk`: HOME is copied onto a small file system of its own, for which the process wants to be in its own mount
namespace. KIND `reserve`: the same, and what makes room is what the practice itself set aside. KIND `file limit`: no
file may grow by more than ROOM bytes, which needs no privilege at all.
"""

import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from tests.factories.small_practice import ADA, FERN, INDIVIDUAL, OFFICE, people
from tests.faults.writer import NOW
from workbench.actions.scheduling.book_appointment import book_appointment
from workbench.cli.every_table import import_every_table
from workbench.gate.action import Gate
from workbench.gate.audit import AuditRow
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.settings import Settings
from workbench.scheduling.tables import Appointment
from workbench.screens.audit_trail import audit_verdict
from workbench.store.engine import open_store, open_vault
from workbench.store.reserve import keep_reserve, open_reserve

MOST = 9_000


def own_disk(home: Path, room: int) -> tuple[Path, Callable[[], None]]:
    """The practice on a file system with `room` bytes to spare, and how to make room again."""
    place = home.with_name("small-disk")
    place.mkdir()
    held = sum(file.stat().st_size for file in home.rglob("*") if file.is_file())
    # Half of the room is taken by a file that can be deleted later.
    size = held + 2 * room + 256 * 1024
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], check=True)
    there = place / "practice"
    shutil.copytree(home, there)
    ballast = place / "ballast"
    ballast.write_bytes(bytes(room))
    return there, ballast.unlink


def own_disk_with_reserve(home: Path, room: int) -> tuple[Path, Callable[[], None]]:
    """The same, with nothing to delete but what the practice itself has set aside."""
    assert keep_reserve(home, room)
    there, remove_ballast = own_disk(home, room)
    remove_ballast()
    (there.parent / "never given back").write_bytes(bytes(room))

    def give_back() -> None:
        assert open_reserve(there) == room

    return there, give_back


def file_limit(home: Path, room: int) -> tuple[Path, Callable[[], None]]:
    """The practice where it lies, with a limit to how large a file may grow, and how to lift it."""
    largest = max(file.stat().st_size for file in home.rglob("*") if file.is_file())
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest + room, resource.RLIM_INFINITY))
    return home, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def book(gate: Gate, number: int) -> str:
    """One booking; the name of the refusal and what it says, or nothing."""
    try:
        book_appointment(
            gate, people().desk, FERN, now=NOW, clinician_id=ADA, type_id=INDIVIDUAL, location_id=OFFICE,
            starts_at=NOW + timedelta(hours=number),
        )  # fmt: skip
    except WorkbenchError as refusal:
        return f"{type(refusal).__name__}: {refusal}"
    return ""


def counts(gate: Gate) -> list[int]:
    """Appointments, and lines of the log that say one was booked."""
    with gate.store.reading() as session:
        booked = select(func.count()).where(AuditRow.event == "appointment.booked")
        return [session.scalar(select(func.count()).select_from(Appointment)) or 0, session.scalar(booked) or 0]


KINDS = {"disk": own_disk, "reserve": own_disk_with_reserve, "file limit": file_limit}


def run(kind: str, home: Path, room: int) -> dict[str, object]:
    """Fill, be refused, look, make room, go on."""
    there, make_room = KINDS[kind](home, room)
    settings = Settings(home=there)
    gate = Gate(open_store(settings, open_vault(settings)), ZoneInfo("America/New_York"))
    done, refusals = 0, []
    for number in range(1, MOST):
        refusal = book(gate, number)
        refusals += [refusal] if refusal else []
        done += not refusal
        if len(refusals) == 3:  # it stays a refusal, and does not become something worse
            break
    full = counts(gate)
    make_room()
    after = [book(gate, MOST + number) for number in range(3)]
    verdict = audit_verdict(gate, people().compliance, now=NOW)
    return {"done": done, "refusals": refusals, "full": full, "after": after, "room": counts(gate),
            "broken_at": verdict.broken_at}  # fmt: skip


if __name__ == "__main__":
    import_every_table()
    print(json.dumps(run(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
