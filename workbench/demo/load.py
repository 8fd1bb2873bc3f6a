"""Makes a synthetic practice in an empty store: draws it, then loads it batch by batch through the gate."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final, TypeVar

from sqlalchemy import select

from workbench.actions.billing.set_missed_terms import set_missed_terms
from workbench.billing.tables import Charge
from workbench.demo.access import clearance_rows, make_requests
from workbench.demo.accounts import provision_accounts
from workbench.demo.assessments import assessment_rows
from workbench.demo.books import Books, Posted, answers_by, by_client
from workbench.demo.claiming import (
    DrawnBatch,
    DrawnCharge,
    DrawnRemittance,
    draw_batches,
    draw_charges,
    draw_remittances,
)
from workbench.demo.draw import draw_plan
from workbench.demo.drop import write_files
from workbench.demo.emergencies import a_reviewed_emergency, an_emergency_to_review
from workbench.demo.forms import take_forms
from workbench.demo.groups import kind_rows, put_together, staff_actor
from workbench.demo.habits import look_around
from workbench.demo.measures import Courses
from workbench.demo.money_rows import batch_rows, charge_row, posted_answers, remittance_rows
from workbench.demo.notes import draw_notes, newest_of_each, note_rows
from workbench.demo.plan import Draw, Making, Plan
from workbench.demo.portal import open_portal
from workbench.demo.profiles import profile_rows
from workbench.demo.rows import Batch, client_batches, house_rows, visit_rows
from workbench.demo.sizes import Size
from workbench.demo.statements import statement_rows
from workbench.demo.treatment_plans import Plans
from workbench.demo.waitlist import waitlist_rows
from workbench.gate.action import Gate
from workbench.gate.actor import Role, SystemActor
from workbench.gate.audit_events import AuditEvent
from workbench.gate.bulk import load_rows
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError
from workbench.people.tables import Practice

LOADER: Final = SystemActor("load_synthetic_practice", frozenset({Permission.LOAD_SYNTHETIC_PRACTICE}))
STOOD: Final = timedelta(days=30)
VISITS_AT_ONCE: Final = 10_000
_FILES_AT_ONCE: Final = 25
_CLIENTS_AT_ONCE: Final = 1_000


class NotEmpty(WorkbenchError):
    """The store holds a practice already."""

    def __init__(self) -> None:
        super().__init__("This folder holds a practice already; a synthetic one is made only in an empty folder.")


Progress = Callable[[int, int], None]
"""Told after each batch how much of how much is done."""

T = TypeVar("T")


def load_practice(
    gate: Gate, size: Size, *, now: datetime, seed: int = 1, progress: Progress = lambda _done, _of: None
) -> Plan:
    """Make the practice as if it had been worked in until `now`, and the files to drop in.

    Raises:
        NotEmpty: there is a practice in the store, real or synthetic.
    """
    with gate.store.reading() as session:
        if session.scalar(select(Practice.id)) is not None:
            raise NotEmpty
    plan = draw_plan(size, now=now, seed=seed)
    # A stream of chance of its own, so that how rows are written never changes who is drawn.
    draw = Draw(seed + 1)
    house = Making(plan, gate.store.vault, draw, {})
    _load(gate, house_rows(house), now - STOOD)
    accounts = provision_accounts(gate, plan, now - STOOD)
    making = Making(plan, gate.store.vault, draw, accounts, *newest_of_each(plan.visits))
    # Visits, then claims, then books: each is about as much work as the visits are.
    whole = 3 * len(plan.visits)
    for batch in client_batches(making):
        _load(gate, batch, now - STOOD)
    _lately(gate, making, now, seed)
    charges = _visits(gate, making, Draw(seed + 6), lambda done: progress(done, whole))
    batches = draw_batches(charges, making)
    remittances = draw_remittances(batches, making)
    posted = posted_answers(remittances, making)
    for rows, part in _money(making, charges, batches, remittances, posted):
        _load(gate, rows, now)
        progress(len(plan.visits) + int(part * 2 * len(plan.visits)), whole)
    open_portal(gate, plan, accounts)
    write_files(gate, remittances, now=now, today=plan.setting.today)
    return plan


def _visits(gate: Gate, making: Making, chance: Draw, progress: Callable[[int], None]) -> list[DrawnCharge]:
    """The visits with all that was written about them, and the plans before them; what was charged.

    chance: what the plans are drawn by, a stream of their own.
    """
    now = making.plan.setting.now
    charges: list[DrawnCharge] = []
    courses, plans = Courses(making), Plans(making, chance)
    _load(gate, {**plans.rows(), **assessment_rows(gate, making, plans.first.values(), chance)}, now)
    _load(gate, statement_rows(gate, making, plans.first.values(), Draw(making.plan.setting.seed + 7)), now)
    for done, some in _portions(making.plan.visits, VISITS_AT_ONCE):
        notes = list(plans.named(draw_notes(some, making)))
        new = draw_charges(notes, making.draw)
        charged: Batch = {Charge: [charge_row(one, making) for one in new]}
        written = {**plans.named_rows(notes), **note_rows(notes, making)}
        _load(gate, {**visit_rows(some, making), **written, **courses.rows(some), **charged}, now)
        charges += new
        progress(done)
    return charges


def _lately(gate: Gate, making: Making, now: datetime, seed: int) -> None:
    """What people did in the last weeks. The log goes forward in time, so what is older is written first."""
    plan, accounts = making.plan, making.accounts
    _load(gate, clearance_rows(plan, Draw(seed + 2), now - STOOD), now - STOOD)
    said = {**profile_rows(making, Draw(seed + 4)), **waitlist_rows(making, Draw(seed + 3))}
    _load(gate, {**said, **kind_rows(Draw(seed + 5))}, now - STOOD)
    put_together(gate, making, now - STOOD)
    manager = staff_actor(plan, accounts, Role.MANAGER)
    take_forms(gate, manager, now - STOOD)
    set_missed_terms(gate, manager, now=now - STOOD, notice_hours=24, late_cents=6_000, no_show_cents=9_000)
    look_around(gate, plan, accounts, now)
    a_reviewed_emergency(gate, plan, accounts, now)
    make_requests(gate, plan, accounts, now)
    an_emergency_to_review(gate, plan, accounts, now)


def _money(
    making: Making,
    charges: list[DrawnCharge],
    batches: list[DrawnBatch],
    remittances: list[DrawnRemittance],
    posted: Sequence[Posted],
) -> Iterator[tuple[Batch, float]]:
    """Batches of claims, of remittances and of the books, each with the part of the whole that is done."""
    by_claim = answers_by(lambda one: one.told.claim.id, posted)
    for done, some in _portions(batches, _FILES_AT_ONCE):
        yield batch_rows(some, by_claim, making), done / len(batches) / 3
    by_remittance = answers_by(lambda one: one.remittance.id, posted)
    done_with = [(number, one) for number, one in enumerate(remittances, start=1) if one.posted_at is not None]
    for done, paid in _portions(done_with, _FILES_AT_ONCE):
        yield remittance_rows(paid, by_remittance, making), (1 + done / len(done_with)) / 3
    charged, answered, books = (
        by_client(charges),
        answers_by(lambda one: one.told.claim.charge.visit.client.id, posted),
        Books(making),
    )
    books.keep_back(one for _, one in done_with)
    for done, clients in _portions(making.plan.clients, _CLIENTS_AT_ONCE):
        for client in clients:
            books.keep(client, charged.get(client.id, []), answered.get(client.id, []))
        yield books.rows(), (2 + done / len(making.plan.clients)) / 3


def _portions(all_of: Sequence[T], at_once: int) -> Iterator[tuple[int, Sequence[T]]]:
    """The sequence in portions, each with how much is done after it."""
    for start in range(0, len(all_of), at_once):
        portion = all_of[start : start + at_once]
        yield start + len(portion), portion


def _load(gate: Gate, rows: Batch, now: datetime) -> None:
    load_rows(gate, LOADER, Permission.LOAD_SYNTHETIC_PRACTICE, AuditEvent.DEMO_LOADED, rows=rows, now=now)
