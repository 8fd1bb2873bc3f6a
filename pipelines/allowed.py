"""What the mirror may hold: the list of tables and columns. What is not listed does not leave the store.

A column is refused by name and by type as well, so that one listed by mistake stops the start instead of leaking.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, MetaData, String, Table
from sqlalchemy.types import TypeEngine

from workbench.kernel.errors import WorkbenchError
from workbench.marts import pseudonyms
from workbench.store.types import Envelope, UtcDateTime


class ColumnRefused(WorkbenchError):
    """The allow-list names a column that must not leave the store, or that the store does not have."""


@dataclass(frozen=True)
class Plain:
    """Copied as it is: a code, a number, a day, an instant (UTC). Text must look like a code, or it is blanked."""


@dataclass(frozen=True)
class Pseudonym:
    """A store id, replaced by a keyed hash. The same `of` gives the same id the same pseudonym in every table."""

    of: str


@dataclass(frozen=True)
class DayOf:
    """The practice's calendar day of an instant; the instant itself is copied only if it is listed too."""

    source: str


Kept = Plain | Pseudonym | DayOf
PLAIN: Final = Plain()


@dataclass(frozen=True)
class Mirrored:
    """One table of the store and what of it is mirrored, as `raw_<name>`; `of` is the pseudonym of its own id."""

    name: str
    of: str
    columns: dict[str, Kept]

    @property
    def raw(self) -> str:
        """Its name in the mirror."""
        return f"raw_{self.name}"

    @property
    def kept(self) -> dict[str, Kept]:
        """All columns in order, the id first."""
        return {"id": Pseudonym(self.of), **self.columns}


PATIENT, STAFF, KIND, PLACE = (
    Pseudonym(pseudonyms.PATIENT),
    Pseudonym(pseudonyms.STAFF),
    Pseudonym("ty"),
    Pseudonym("lo"),
)
APPOINTMENT, ATTENDANCE, CHARGE = Pseudonym("ap"), Pseudonym("at"), Pseudonym("ch")
CLAIM, PAYER, ENTRY = Pseudonym("cl"), Pseudonym(pseudonyms.PAYER), Pseudonym("en")

MIRRORED: tuple[Mirrored, ...] = (
    Mirrored("patients", "pt", {"is_active": PLAIN, "registered_on": DayOf("registered_at")}),
    Mirrored("staff", "st", {
        "is_clinician": PLAIN, "weekly_hours": PLAIN, "started_on": PLAIN, "ended_on": PLAIN,
    }),
    Mirrored("locations", "lo", {"place_code": PLAIN, "is_telehealth": PLAIN}),
    Mirrored("appointment_types", "ty", {"minutes": PLAIN, "service_code": PLAIN, "is_active": PLAIN}),
    Mirrored("appointments", "ap", {
        "clinician_id": STAFF, "type_id": KIND, "location_id": PLACE, "starts_at": PLAIN,
        "starts_on": DayOf("starts_at"), "ends_at": PLAIN, "status": PLAIN, "booked_at": PLAIN,
    }),
    Mirrored("attendances", "at", {"appointment_id": APPOINTMENT, "patient_id": PATIENT, "status": PLAIN}),
    Mirrored("attendance_moves", "mv", {
        "attendance_id": ATTENDANCE, "from_status": PLAIN, "to_status": PLAIN, "moved_at": PLAIN,
    }),
    Mirrored("notes", "nt", {
        "attendance_id": ATTENDANCE, "patient_id": PATIENT, "author_id": STAFF, "state": PLAIN,
        "service_on": PLAIN, "started_at": PLAIN, "signed_at": PLAIN,
    }),
    Mirrored("services", "sv", {
        "code": PLAIN, "amount_cents": PLAIN, "least_minutes": PLAIN, "most_minutes": PLAIN, "is_active": PLAIN,
    }),
    Mirrored("charges", "ch", {
        "attendance_id": ATTENDANCE, "patient_id": PATIENT, "clinician_id": STAFF, "payer_id": PAYER,
        "service_on": PLAIN, "service_code": PLAIN, "units": PLAIN, "minutes": PLAIN, "place_code": PLAIN,
        "amount_cents": PLAIN, "captured_on": DayOf("captured_at"),
    }),
    Mirrored("payers", "py", {"filing": PLAIN, "filing_days": PLAIN, "is_active": PLAIN}),
    Mirrored("claims", "cl", {
        "patient_id": PATIENT, "clinician_id": STAFF, "payer_id": PAYER, "service_on": PLAIN, "state": PLAIN,
        "charged_cents": PLAIN, "paid_cents": PLAIN, "patient_cents": PLAIN, "approved_at": PLAIN,
        "approved_on": DayOf("approved_at"), "answered_at": PLAIN,
    }),
    Mirrored("claim_lines", "li", {
        "claim_id": CLAIM, "charge_id": CHARGE, "position": PLAIN, "service_code": PLAIN, "amount_cents": PLAIN,
    }),
    Mirrored("remittances", "rm", {
        "payer_id": PAYER, "method": PLAIN, "effective_on": PLAIN, "payment_cents": PLAIN, "claim_count": PLAIN,
        "state": PLAIN, "uploaded_at": PLAIN, "posted_at": PLAIN, "posted_on": DayOf("posted_at"),
    }),
    Mirrored("ledger_entries", "en", {
        "kind": PLAIN, "happened_on": PLAIN, "recorded_on": DayOf("recorded_at"), "reverses_id": ENTRY,
    }),
    Mirrored("ledger_lines", "ll", {
        "entry_id": ENTRY, "account": PLAIN, "cents": PLAIN, "patient_id": PATIENT, "payer_id": PAYER,
        "charge_id": CHARGE,
    }),
    Mirrored("payments", "pm", {
        "patient_id": PATIENT, "method": PLAIN, "amount_cents": PLAIN, "received_on": PLAIN,
    }),
)  # fmt: skip

# Words in a column's name that say: this is about who somebody is, what was written, or a secret.
_REFUSED_WORDS: Final = frozenset({
    "address", "birth", "body", "born", "city", "comment", "contact", "content", "credentials", "details",
    "diagnoses", "diagnosis", "dob", "document", "email", "envelope", "family", "file", "filename", "gender", "given",
    "hash", "key", "mail", "member", "memo", "message", "mobile", "name", "notes", "npi", "number", "password",
    "payload", "phone", "pronouns", "reason", "sealed", "secret", "sex", "ssn", "street", "subscriber", "tax", "text",
    "title", "token", "trace", "url", "zip",
})  # fmt: skip
_CODE: Final = re.compile(r"[A-Za-z0-9_.:+/-]{0,40}")
NOT_A_CODE: Final = "(refused)"

_TYPES: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (UtcDateTime, "TIMESTAMP"),
    (Boolean, "BOOLEAN"),
    (Integer, "BIGINT"),
    (Date, "DATE"),
    (String, "VARCHAR"),
)


def check_allowed(metadata: MetaData, mirrored: tuple[Mirrored, ...] = MIRRORED) -> None:
    """Hold the list against the store's tables and the rules of what may leave.

    Raises:
        ColumnRefused: with the table and column, and why.
    """
    for listed in mirrored:
        table = metadata.tables.get(listed.name)
        if table is None:
            raise ColumnRefused(f"The store has no table {listed.name} to mirror.")
        for name, kept in listed.kept.items():
            _check_column(table, name, kept)


def _check_column(table: Table, name: str, kept: Kept) -> None:
    source = kept.source if isinstance(kept, DayOf) else name
    place = f"{table.name}.{source}"
    column = table.columns.get(source)
    if column is None:
        raise ColumnRefused(f"The store has no column {place} to mirror.")
    if words := sorted(_REFUSED_WORDS & set(re.split(r"[^a-z]+", f"{source}_{name}".lower()))):
        raise ColumnRefused(f"{place} must not be mirrored: its name says “{words[0]}”.")
    if isinstance(column.type, (Envelope, LargeBinary)):
        raise ColumnRefused(f"{place} must not be mirrored: its type holds sealed or raw bytes.")
    if isinstance(kept, DayOf) and not isinstance(column.type, UtcDateTime):
        raise ColumnRefused(f"{place} is no instant, so it has no day.")
    if isinstance(kept, Plain) and _is_id(column):
        raise ColumnRefused(f"{place} must not be mirrored as it is: it is an id of the store.")
    duck_type(kept, column)


def duck_type(kept: Kept, column: Column[object]) -> str:
    """The DuckDB type of a mirrored column.

    Raises:
        ColumnRefused: a type that is not a code, number, day or instant.
    """
    if isinstance(kept, Pseudonym):
        return "VARCHAR"
    if isinstance(kept, DayOf):
        return "DATE"
    for known, name in _TYPES:
        if isinstance(column.type, known):
            return name
    raise ColumnRefused(f"{column.table.name}.{column.name} must not be mirrored: its type is not on the list.")


def code_or_blank(value: str | None) -> str | None:
    """Text that looks like a code; anything else, such as a sentence in a column of codes, is blanked."""
    return value if value is None or _CODE.fullmatch(value) else NOT_A_CODE


def _is_id(column: Column[object]) -> bool:
    return bool(column.primary_key or column.foreign_keys or column.name.endswith(("_id", "_by")))
