"""Numbers asked by hand, from a notebook: one number split, or one SELECT over the published tables. Each is logged."""

import hashlib
import re
from dataclasses import replace

import duckdb

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.errors import WorkbenchError
from workbench.marts.number import SMALLEST_CELL, Asked
from workbench.marts.periods import By, period
from workbench.marts.practice_numbers import names_of, number_of
from workbench.marts.reader import Reader, Rows

MOST_ROWS = 100_000
_PUBLISHED = ("out_", "core_")
_CATALOGUES = re.compile(r"\b(duckdb_|pragma_|information_schema|pg_catalog|sqlite_master)", re.IGNORECASE)


class NotPublished(WorkbenchError):
    """The SELECT asks for something else than the published tables."""


@view(Permission.SEE_NUMBERS, shows=AuditEvent.NUMBERS_QUERIED)
def number_points(look: Look, *, reader: Reader, key: str, period_key: str, by: By) -> Rows:
    """One number over a period, split; clinicians and payers by name, small counts of patients left out.

    Raises:
        NoSuchNumber, NoSuchPeriod, NotSplit: as named.
    """
    number, chosen = number_of(key), period(period_key, look.today)
    asked = Asked(chosen.span, look.today, look.now)
    look.facts.update(number=number.key, period=chosen.key, by=str(by))
    names = names_of(look) if by in (By.CLINICIAN, By.PAYER) else {}
    few = SMALLEST_CELL if number.key == "patients_seen" and by is not By.ALL else 0
    with reader.reading() as asker:
        if by in (By.WEEK, By.MONTH):
            points = number.course(asker, replace(chosen, step=by), asked)
        else:
            points = number(asker, asked, by)
    return Rows(
        (str(by), number.key),
        tuple(
            (names.get(one.bucket, one.bucket or "Patients and unassigned"), one.value)
            for one in points
            if one.value is None or one.value == 0 or one.value >= few
        ),
    )


@view(Permission.SEE_NUMBERS, shows=AuditEvent.NUMBERS_QUERIED)
def number_select(look: Look, *, reader: Reader, sql: str) -> Rows:
    """The rows of one SELECT over `out_` and `core_` tables, at most `MOST_ROWS`; the log keeps the text's hash.

    Raises:
        NotPublished: it names another table, or the catalogue of the database.
    """
    look.facts["sql_hash"] = hashlib.sha256(sql.encode()).hexdigest()[:32]
    check_published(sql)
    found = reader.query(f"SELECT * FROM (\n{sql.strip().removesuffix(';')}\n) LIMIT {MOST_ROWS}")  # noqa: S608
    look.facts["rows"] = len(found.rows)
    return found


def check_published(sql: str) -> None:
    """Let pass what reads published tables only.

    Raises:
        NotPublished: it reads something else, or is not SQL that can be read.
    """
    try:
        with duckdb.connect() as parser:
            named = parser.get_table_names(sql)
    except duckdb.Error as error:
        raise NotPublished("This is not a SELECT that can be read.") from error
    others = sorted(name for name in named if not name.startswith(_PUBLISHED))
    if others or not named or _CATALOGUES.search(sql):
        raise NotPublished("Only published tables can be asked: those whose names begin with out_ or core_.")
