"""How the rows of each stage look: what names them, what they show and where they lead."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboards.parts.html import ENVIRONMENT
from dashboards.parts.navigation import Words
from dashboards.parts.statuses import APPOINTMENT, CLAIM, REMITTANCE
from dashboards.parts.tables import Bulk, Cell, Column, Row, Table
from workbench.kernel.money import dollars
from workbench.screens.claims_queue import QueueRow, Stage

UI: Any = ENVIRONMENT.globals["ui"]
OLD_DAYS = 30
"""Days after the service from which an open claim is marked: most payers answer within a month."""


@dataclass(frozen=True)
class StageLook:
    """A stage in words and shape. `{clients}` stands for what the practice calls them."""

    label: str
    icon: str
    lead: str
    tone: str = ""

    def told(self, words: Words) -> tuple[str, str, str]:
        """Name, shape and tone."""
        return self.label.format(Clients=words.clients.capitalize()), self.icon, self.tone


LOOKS: dict[Stage, StageLook] = {
    Stage.TO_WRITE: StageLook(
        "Notes to sign", "notebook-pen", "Sessions that took place and have no signed note. No note, no claim."
    ),
    Stage.READY: StageLook(
        "Ready to claim", "receipt-text", "Signed and charged. Choose what goes out and approve it.", "accent"
    ),
    Stage.WITH_PAYER: StageLook(
        "With the payer", "hourglass", "Approved claims that wait for an answer, oldest first."
    ),
    Stage.TO_POST: StageLook(
        "To post", "landmark", "Remittances that are read and in balance, but not in the books yet."
    ),
    Stage.NEEDS_WORK: StageLook(
        "Needs work",
        "triangle-alert",
        "Denied, or paid less than agreed. Nothing of it is written off by itself.",
        "warn",
    ),
    Stage.PATIENT_OWES: StageLook("{Clients} owe", "wallet", "Every {client} with an open balance, highest first."),
    Stage.SETTLED: StageLook("Settled", "circle-check", "Claims of which the payer owes nothing any more.", "good"),
}

EMPTY: dict[Stage, tuple[str, str]] = {
    Stage.TO_WRITE: ("Every session has its note", "Sessions appear here once they end without a signed note."),
    Stage.READY: ("Nothing waits to be claimed", "When a clinician signs a note, its session appears here."),
    Stage.WITH_PAYER: ("No claim is out", "Approve sessions that are ready: their claims appear here."),
    Stage.TO_POST: ("Every remittance is posted", "Upload the next one under Remittances."),
    Stage.NEEDS_WORK: ("Nothing was denied", "Denials and short payments appear here once they are posted."),
    Stage.PATIENT_OWES: ("Nobody owes anything", "Shares that payers leave appear here once they are posted."),
    Stage.SETTLED: ("Nothing is settled yet", "Post a remittance: the claims it pays appear here."),
}

Cellmaker = Callable[[QueueRow, date], Cell]


@dataclass(frozen=True)
class Setting:
    """Where the table stands: the practice's words and day, and where rows lead. `note_path` holds `{id}`."""

    words: Words
    today: date
    base: str = ""
    note_path: str = ""


@dataclass(frozen=True)
class Showing:
    """What the table is asked for. problems: what is missing, by charge, for rows that could not be approved."""

    stage: Stage
    may_approve: bool
    sorted_by: str
    descending: bool
    narrowed: bool
    problems: Mapping[str, str]


def queue_table(setting: Setting, asked: Showing, rows: Sequence[QueueRow], shown: Sequence[QueueRow]) -> Table:
    """The table of the open stage. `rows`: all that fit, for the total; `shown`: those of this page."""
    cells = _columns(asked.stage, setting.words)
    columns = tuple(column for column, _ in cells)
    title, text = ("Nothing fits", "Widen the filters.") if asked.narrowed else EMPTY[asked.stage]
    return Table(
        id=f"queue-{asked.stage}",
        caption=LOOKS[asked.stage].told(setting.words)[0],
        columns=columns,
        rows=tuple(_row(setting, asked, cells, row) for row in shown),
        base=setting.base,
        sorted_by=asked.sorted_by,
        descending=asked.descending,
        selects=asked.may_approve,
        bulk=(Bulk("Approve and write 837P…", "ask_approve", "badge-check"),) if asked.may_approve else (),
        totals=_totals(columns, rows),
        dense=True,
        empty_title=title,
        empty_text=text,
        empty_icon="search" if asked.narrowed else "inbox",
    )


def _row(setting: Setting, asked: Showing, cells: Sequence[tuple[Column, Cellmaker]], row: QueueRow) -> Row:
    goes = {
        "attendance": setting.note_path.replace("{id}", row.id) or None,
        "remittance": f"/remittances/{row.id}",
        "patient": f"/balances/{row.id}",
        "charge": f"/held-charges/{row.id}" if row.holds else None,
    }
    return Row(
        key=row.id,
        cells=tuple(make(row, setting.today) for _, make in cells),
        name=" ".join(part for part in (row.number, row.patient or row.payer) if part),
        go=goes.get(row.what),
        do="claim" if row.what == "claim" else None,
        tone="bad" if row.id in asked.problems or row.state == "denied" else "warn" if row.holds else "",
    )


def _totals(columns: Sequence[Column], rows: Sequence[QueueRow]) -> tuple[Cell, ...]:
    if len(rows) < 2 or all(row.cents is None for row in rows):
        return ()
    total = sum(row.cents or 0 for row in rows)
    middle: list[Cell] = [""] * (len(columns) - 2)
    return (f"{len(rows):,} in all", *middle, dollars(total))


def _columns(stage: Stage, words: Words) -> list[tuple[Column, Cellmaker]]:
    client = words.client.capitalize()
    who = (Column("patient", client, sorts=True, leads=True), lambda row, _: row.patient)
    whose = (Column("patient", client, sorts=True), lambda row, _: row.patient)
    clinician = (Column("clinician", "Clinician", sorts=True, only_wide=True), lambda row, _: row.clinician)
    payer = (Column("payer", "Payer", sorts=True), lambda row, _: row.payer)
    on = (Column("on", "Service day", sorts=True), lambda row, _: _short(row.on))
    age = (Column("age", "Age", number=True), _age)
    charge = (Column("cents", "Charge", number=True, sorts=True), _money)
    number = (Column("number", "Claim", leads=True), lambda row, _: row.number)
    code = (Column("code", "Code"), lambda row, _: row.code)
    claim = (Column("state", "Status"), lambda row, _: UI.status(CLAIM.of(row.state)))
    return {
        Stage.TO_WRITE: [
            who, clinician, on, age, (Column("state", "Session"), lambda row, _: UI.status(APPOINTMENT.of(row.state))),
        ],
        Stage.READY: [who, clinician, payer, on, code, (Column("state", "Before it goes"), _before), age, charge],
        Stage.WITH_PAYER: [number, whose, payer, clinician, on, age, charge],
        Stage.TO_POST: [
            (Column("payer", "Payer", leads=True), lambda row, _: row.payer),
            (Column("number", "Trace"), lambda row, _: row.number),
            (Column("on", "Paid on", sorts=True), lambda row, _: _short(row.on)),
            (Column("state", "Status"), lambda row, _: UI.status(REMITTANCE.of(row.state))),
            (Column("cents", "Payment", number=True, sorts=True), _money),
        ],
        Stage.NEEDS_WORK: [number, whose, payer, clinician, on, claim, charge],
        Stage.PATIENT_OWES: [
            who, (Column("number", "Number"), lambda row, _: f"#{row.number}"),
            (Column("cents", "Owes", number=True, sorts=True), _money),
        ],
        Stage.SETTLED: [number, whose, payer, clinician, on, claim, charge],
    }[stage]  # fmt: skip


def _before(row: QueueRow, today: date) -> Cell:
    """What holds it, in the words of the rules."""
    del today
    held = UI.badge("Held", "warn", "circle-slash")
    cell: Cell = held + " " + " ".join(row.holds) if row.holds else UI.badge("Ready", "good", "circle-check")
    return cell


def _money(row: QueueRow, today: date) -> Cell:
    del today
    return "–" if row.cents is None else UI.money(row.cents)


def _age(row: QueueRow, today: date) -> Cell:
    if row.on is None:
        return "–"
    days = (today - row.on).days
    text = "today" if days <= 0 else f"{days} day" + ("" if days == 1 else "s")
    return UI.badge(text, "warn", "clock-alert") if days > OLD_DAYS else text


def _short(on: date | None) -> str:
    return f"{on:%b} {on.day}, {on.year}" if on else "–"
