"""Makes a synthetic practice in an empty store: draws it, then loads it batch by batch through the gate."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import Final

from sqlalchemy import select

from workbench.demo.accounts import provision_accounts
from workbench.demo.draw import draw_plan
from workbench.demo.notes import draw_notes, note_rows
from workbench.demo.plan import Draw, Making, Plan
from workbench.demo.rows import Batch, client_batches, house_rows, visit_rows
from workbench.demo.sizes import Size
from workbench.gate.action import Gate
from workbench.gate.actor import SystemActor
from workbench.gate.audit_events import AuditEvent
from workbench.gate.bulk import load_rows
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError
from workbench.people.tables import Practice

LOADER: Final = SystemActor("load_synthetic_practice", frozenset({Permission.LOAD_SYNTHETIC_PRACTICE}))
VISITS_AT_ONCE: Final = 10_000


class NotEmpty(WorkbenchError):
    """The store holds a practice already."""

    def __init__(self) -> None:
        super().__init__("This folder holds a practice already; a synthetic one is made only in an empty folder.")


Progress = Callable[[str, int], None]
"""Told after each batch: what it held, and how many visits of the whole are done."""


def load_practice(
    gate: Gate, size: Size, *, now: datetime, seed: int = 1, progress: Progress = lambda _what, _done: None
) -> Plan:
    """Make the practice as if it had been worked in until `now`.

    Raises:
        NotEmpty: there is a practice in the store, real or synthetic.
    """
    with gate.store.reading() as session:
        if session.scalar(select(Practice.id)) is not None:
            raise NotEmpty
    plan = draw_plan(size, now=now, seed=seed)
    progress("drawn", 0)
    # A stream of chance of its own, so that how rows are written never changes who is drawn.
    draw = Draw(seed + 1)
    _load(gate, house_rows(Making(plan, gate.store.vault, draw, {})), now)
    making = Making(plan, gate.store.vault, draw, provision_accounts(gate, plan, now))
    for batch in client_batches(making):
        _load(gate, batch, now)
    for batch, done in _visit_batches(making):
        _load(gate, batch, now)
        progress("visits", done)
    return plan


def _visit_batches(making: Making) -> Iterator[tuple[Batch, int]]:
    visits, done = iter(making.plan.visits), 0
    while some := list(islice(visits, VISITS_AT_ONCE)):
        notes = list(draw_notes(some, making))
        done += len(some)
        yield {**visit_rows(some, making), **note_rows(notes, making)}, done


def _load(gate: Gate, rows: Batch, now: datetime) -> None:
    load_rows(gate, LOADER, Permission.LOAD_SYNTHETIC_PRACTICE, AuditEvent.DEMO_LOADED, rows=rows, now=now)
