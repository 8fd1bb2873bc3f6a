"""Each notebook runs from its first cell to its last on a small synthetic practice, through the door."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from pipelines.mirror import Mirror
from workbench.analytics import TICKET, NoServer, NotebookDoor, Refused, connect
from workbench.demo.draw import ZONE
from workbench.demo.load import load_practice
from workbench.demo.sizes import SIZES
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.store.engine import Store

from tests.factories.small_practice import events  # isort: skip

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture
def practice(store: Store, now: datetime) -> Store:
    """A small synthetic practice."""
    load_practice(Gate(store, ZONE), SIZES["small"], now=now, seed=1)
    return store


@pytest.fixture
def mirror(practice: Store, now: datetime) -> Iterator[Mirror]:
    """Its mirror, running."""
    running = Mirror(practice, ZONE, lambda: now)
    running.start()
    assert running.wait_ready()
    yield running
    running.stop()


@pytest.fixture
def door(practice: Store, mirror: Mirror, actor: Callable[..., Actor], now: datetime) -> Iterator[NotebookDoor]:
    """The door of notebooks, open for a manager."""
    opened = NotebookDoor(Gate(practice, ZONE), lambda: actor(Role.MANAGER), mirror, lambda: now)
    opened.open()
    yield opened
    opened.close()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_to_its_end(
    path: Path, practice: Store, door: NotebookDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    logging.getLogger("traitlets").setLevel(logging.ERROR)
    monkeypatch.setenv("WORKBENCH_HOME", str(practice.home))
    notebook = nbformat.read(path, as_version=4)
    done = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parents[1])}}).execute()
    said = [output for cell in done.cells if cell.cell_type == "code" for output in cell.outputs]
    assert any("Collections" in _text(output) for output in said)
    assert events(practice)[-1] == ("numbers.queried", "shown")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_what_it_once_said(path: Path, engine: str) -> None:
    notebook = nbformat.read(path, as_version=4)
    assert notebook.metadata["workbench"]["title"]
    assert all(not cell.outputs and cell.execution_count is None for cell in notebook.cells if cell.cell_type == "code")


def test_a_notebook_asks_numbers_by_name_and_published_tables_only(practice: Store, door: NotebookDoor) -> None:
    asking = connect(practice.home)
    assert set(asking.number("sessions", by="clinician").columns) == {"clinician", "sessions"}
    assert len(asking.number("receivable", by="month")) == 12
    assert asking.select("SELECT count(*) AS days FROM out_scheduling__days")["days"][0] > 0
    for attempt in (
        "SELECT * FROM raw_patients",
        "SELECT * FROM duckdb_settings(), out_ledger__days",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT 1; DROP TABLE out_ledger__days",
        "DELETE FROM out_ledger__days",
        "SELECT * FROM (SELECT 1) UNION SELECT id FROM mirror.raw_staff",
        "nothing at all",
    ):
        with pytest.raises(Refused):
            asking.select(attempt)
    with pytest.raises(Refused, match="no such number"):
        asking.number("happiness")
    asking.close()


def test_without_a_server_or_with_an_old_ticket_a_notebook_is_told_so(practice: Store, door: NotebookDoor) -> None:
    ticket = practice.home / TICKET
    kept = ticket.read_text()
    assert ticket.stat().st_mode & 0o077 == 0
    door.close()
    with pytest.raises(NoServer):
        connect(practice.home)
    ticket.write_text(kept)
    with pytest.raises(NoServer):
        connect(practice.home)


def test_a_clinician_is_refused_by_the_door(
    practice: Store, mirror: Mirror, actor: Callable[..., Actor], now: datetime
) -> None:
    opened = NotebookDoor(Gate(practice, ZONE), lambda: actor(Role.CLINICIAN), mirror, lambda: now)
    opened.open()
    asking = connect(practice.home)
    with pytest.raises(Refused, match="role"):
        asking.number("sessions")
    asking.close()
    opened.close()


def _text(output: Any) -> str:
    return str(output.get("text", "")) + str(output.get("data", {}).get("text/plain", ""))
