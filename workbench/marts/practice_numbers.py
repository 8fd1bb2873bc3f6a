"""The practice's numbers as a page shows them: figures, who owes how much for how long, clinicians, rows behind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select

from workbench.claims.tables import Payer
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.errors import WorkbenchError
from workbench.marts.catalog import NUMBERS
from workbench.marts.number import SMALLEST_CELL, Asked, Figure, Number, Point, params_for
from workbench.marts.periods import By, Period, period
from workbench.marts.pseudonyms import PAYER, STAFF, names_by_pseudonym
from workbench.marts.reader import Asker, Reader, State
from workbench.people.tables import Staff

_SQL = Path(__file__).parent / "sql"
PATIENTS = "Patients"
NOBODY_NAMED = "Not assigned"


class NoSuchNumber(WorkbenchError):
    """The catalogue has no number of this key."""


@dataclass(frozen=True)
class AgingRow:
    """What one payer, or all patients together, owe, in cents by days since the service; the last is over 120.

    key: the payer's pseudonym, "" for patients. patients: whose charges these are; None where they are fewer than
    may be told.
    """

    key: str
    owed_by: str
    buckets: tuple[int, int, int, int, int]
    total: int
    patients: int | None


@dataclass(frozen=True)
class ClinicianRow:
    """One clinician's period. Rates are None where there is nothing to divide by; the rest as in `AgingRow`."""

    key: str
    name: str
    sessions: int
    minutes: int
    utilisation: Decimal | None
    no_show_rate: Decimal | None
    charged_cents: int
    collected_cents: int
    unsigned: int
    patients: int | None


@dataclass(frozen=True)
class PracticeNumbers:
    """Everything a page of numbers shows, from one snapshot."""

    period: Period
    figures: tuple[Figure, ...]
    aging: tuple[AgingRow, ...]
    clinicians: tuple[ClinicianRow, ...]
    state: State


@dataclass(frozen=True)
class SplitPoint:
    """A number of one clinician or payer, by name."""

    name: str
    value: Decimal | None


@dataclass(frozen=True)
class NumberPage:
    """One number opened: its figure, its splits, the text that was run, and one page of the rows behind it.

    rows: by column of `number.columns`; clinicians and payers by name, patients by pseudonym.
    only: the clinician or payer the rows are narrowed to, by name; "" for all.
    """

    number: Number
    period: Period
    figure: Figure
    splits: Mapping[By, tuple[SplitPoint, ...]]
    only: str
    sql: str
    rows: tuple[tuple[Any, ...], ...]
    total: int
    state: State


@view(Permission.SEE_NUMBERS, shows=AuditEvent.NUMBERS_SEEN)
def practice_numbers(look: Look, *, reader: Reader, period_key: str, numbers: tuple[str, ...]) -> PracticeNumbers:
    """The named numbers over a period, with who owes what and how each clinician's period went.

    Raises:
        NoSuchPeriod, NoSuchNumber: as named.
    """
    chosen = period(period_key, look.today)
    asked = Asked(chosen.span, look.today, look.now)
    look.facts["period"] = chosen.key
    with reader.reading() as asker:
        return PracticeNumbers(
            chosen,
            tuple(number_of(key).figure(asker, chosen, asked) for key in numbers),
            _aging(asker, asked, _payers(look)),
            _clinicians(asker, asked, _staff(look)),
            reader.state(),
        )


@view(Permission.SEE_NUMBERS, shows=AuditEvent.NUMBER_ROWS_SEEN)
def number_page(
    look: Look,
    *,
    reader: Reader,
    key: str,
    period_key: str,
    only: tuple[By, str] = (By.ALL, ""),
    sorted_by: str = "",
    descending: bool = True,
    page: int = 1,
    size: int = 25,
) -> NumberPage:
    """One number with its definition, its splits and a page (from 1) of the rows it counts.

    only: narrow the rows to one clinician or payer, by pseudonym.

    Raises:
        NoSuchPeriod, NoSuchNumber, NoSuchColumn: as named.
    """
    number, chosen = number_of(key), period(period_key, look.today)
    asked = Asked(chosen.span, look.today, look.now)
    names = names_of(look)
    text = number.rows_sql(sorted_by or next(iter(number.columns)), descending=descending, only=only[0])
    params = params_for(text, asked) | ({"only": only[1]} if "$only" in text else {})
    with reader.reading() as asker:
        total = int(asker.query(f"SELECT count(*) FROM ({text})", params).rows[0][0])  # noqa: S608 - our own file
        offset = max(page - 1, 0) * size
        rows = asker.query(f"{text} LIMIT {int(size)} OFFSET {int(offset)}", params).rows
        look.facts.update(number=number.key, period=chosen.key, rows=len(rows))
        return NumberPage(
            number,
            chosen,
            number.figure(asker, chosen, asked),
            {by: _split(number, number(asker, asked, by), names) for by in sorted(number.splits)},
            names.get(only[1], ""),
            _with_params(number.sql(), params_for(number.sql(), asked)),
            tuple(_named(number, row, names) for row in rows),
            total,
            reader.state(),
        )


def names_of(look: Look) -> dict[str, str]:
    """The names of clinicians and payers by pseudonym."""
    return {**_staff(look), **_payers(look)}


def number_of(key: str) -> Number:
    """The number of the catalogue with this key.

    Raises:
        NoSuchNumber: there is none.
    """
    number = NUMBERS.get(key)
    if number is None:
        raise NoSuchNumber("There is no such number. It may have been renamed.")
    return number


def _aging(asker: Asker, asked: Asked, payers: Mapping[str, str]) -> tuple[AgingRow, ...]:
    text = _text("aging")
    found = asker.query(text, params_for(text, asked)).records()
    return tuple(
        AgingRow(
            "" if row["owed_by"] in ("patients", None) else row["owed_by"],
            PATIENTS if row["owed_by"] == "patients" else payers.get(row["owed_by"] or "", NOBODY_NAMED),
            (
                int(row["to_30"] or 0),
                int(row["to_60"] or 0),
                int(row["to_90"] or 0),
                int(row["to_120"] or 0),
                int(row["over_120"] or 0),
            ),
            int(row["total"]),
            _told(int(row["patients"])),
        )
        for row in found
    )


def _clinicians(asker: Asker, asked: Asked, staff: Mapping[str, str]) -> tuple[ClinicianRow, ...]:
    text = _text("clinicians")
    found = asker.query(text, params_for(text, asked)).records()
    return tuple(
        ClinicianRow(
            row["clinician_id"],
            staff.get(row["clinician_id"], NOBODY_NAMED),
            int(row["sessions"]),
            int(row["minutes"]),
            _share(row["minutes"], row["capacity_minutes"]),
            _share(row["no_shows"], row["expected"]),
            int(row["charged_cents"]),
            int(row["collected_cents"]),
            int(row["unsigned"]),
            _told(int(row["patients"])),
        )
        for row in found
    )


def _split(number: Number, points: Iterable[Point], names: Mapping[str, str]) -> tuple[SplitPoint, ...]:
    counts_patients = number.key == "patients_seen"
    found = [
        SplitPoint(
            names.get(point.bucket, "Patients and unassigned" if not point.bucket else NOBODY_NAMED),
            None if counts_patients and point.value is not None and point.value < SMALLEST_CELL else point.value,
        )
        for point in points
    ]
    return tuple(sorted(found, key=lambda one: (one.value is None, -(one.value or 0), one.name)))


def _named(number: Number, row: tuple[Any, ...], names: Mapping[str, str]) -> tuple[Any, ...]:
    return tuple(
        names.get(cell, NOBODY_NAMED) if column in ("clinician_id", "payer_id") and cell else cell
        for column, cell in zip(number.columns, row, strict=True)
    )


def _staff(look: Look) -> dict[str, str]:
    rows = look.scalars(select(Staff))
    return names_by_pseudonym(look.vault, STAFF, ((row.id, row.details.shown_name) for row in rows))


def _payers(look: Look) -> dict[str, str]:
    return names_by_pseudonym(
        look.vault, PAYER, ((row.id, row.name) for row in look.execute(select(Payer.id, Payer.name)))
    )


def _told(patients: int) -> int | None:
    """A count of patients, or None where it is so small that it may point to a person."""
    return patients if patients == 0 or patients >= SMALLEST_CELL else None


def _share(part: Any, whole: Any) -> Decimal | None:
    return Decimal(str(part)) / Decimal(str(whole)) if whole else None


def _text(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


def _with_params(sql: str, params: Mapping[str, Any]) -> str:
    """The text with a comment that says what its parameters are, so that it can be read and run by hand."""
    values = "".join(f"-- ${name} = {_written(value)}\n" for name, value in params.items())
    return values + sql


def _written(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_written(one) for one in value) + "]"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes") + " UTC"
    return value.isoformat() if isinstance(value, date) else str(value)
