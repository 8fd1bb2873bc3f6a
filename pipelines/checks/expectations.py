"""What a day's snapshot of the mirror must look like, as great-expectations suites, a table each.

Runs in a process of its own: the library takes seconds to import and has no place in a server. Rows come in through
the pipe as Arrow, results go out as JSON; nothing is written to disk and nothing is sent anywhere.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import pyarrow as pa

STATUSES = (
    "requested", "booked", "confirmed", "arrived", "in_session", "completed", "no_show", "late_cancelled", "cancelled",
)  # fmt: skip
PSEUDONYM = r"^[a-z]{2}_[0-9a-f]{24}$"


@dataclass(frozen=True)
class Expectation:
    """One expectation: the library's name for it, what it is asked about, and whether numbers rest on it."""

    table: str
    kind: str
    asked: dict[str, Any]
    is_critical: bool = True


def _keys(table: str, *columns: str) -> tuple[Expectation, ...]:
    looks = tuple(
        Expectation(table, "ExpectColumnValuesToMatchRegex", {"column": column, "regex": PSEUDONYM})
        for column in ("id", *columns)
    )
    return (
        *looks,
        Expectation(table, "ExpectColumnValuesToBeUnique", {"column": "id"}),
        Expectation(table, "ExpectColumnValuesToNotBeNull", {"column": "id"}),
    )


EXPECTED: tuple[Expectation, ...] = (
    *_keys("raw_appointments", "clinician_id", "type_id", "location_id"),
    Expectation("raw_appointments", "ExpectColumnValuesToBeInSet",
                {"column": "status", "value_set": ["held", "cancelled"]}),
    Expectation("raw_appointments", "ExpectColumnPairValuesAToBeGreaterThanB",
                {"column_A": "ends_at", "column_B": "starts_at"}),
    *_keys("raw_attendances", "appointment_id", "patient_id"),
    Expectation("raw_attendances", "ExpectColumnValuesToBeInSet", {"column": "status", "value_set": [*STATUSES]}),
    *_keys("raw_notes", "attendance_id", "author_id"),
    Expectation("raw_notes", "ExpectColumnValuesToBeInSet", {"column": "state", "value_set": ["draft", "locked"]}),
    *_keys("raw_charges", "patient_id", "clinician_id"),
    Expectation("raw_charges", "ExpectColumnValuesToBeBetween",
                {"column": "amount_cents", "min_value": 0, "max_value": 1_000_000}, is_critical=False),
    *_keys("raw_ledger_lines", "entry_id"),
    Expectation("raw_ledger_lines", "ExpectColumnSumToBeBetween",
                {"column": "cents", "min_value": 0, "max_value": 0}),
    Expectation("out_scheduling__days", "ExpectColumnPairValuesAToBeGreaterThanB",
                {"column_A": "attendances", "column_B": "completed", "or_equal": True}),
    Expectation("out_ledger__open", "ExpectColumnValuesToNotBeNull", {"column": "day_on"}),
)  # fmt: skip

TABLES = tuple(dict.fromkeys(expectation.table for expectation in EXPECTED))


def write_tables(stream: IO[bytes], tables: Iterator[tuple[str, pa.Table]]) -> None:
    """Tables into the pipe: a line with name and length, then the Arrow stream, one after another."""
    for name, table in tables:
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
        content = sink.getvalue()
        stream.write(json.dumps({"table": name, "bytes": content.size}).encode() + b"\n")
        stream.write(content)


def read_tables(stream: IO[bytes]) -> Iterator[tuple[str, pa.Table]]:
    """The tables that `write_tables` wrote."""
    while line := stream.readline():
        head = json.loads(line)
        with pa.ipc.open_stream(pa.py_buffer(stream.read(head["bytes"]))) as reader:
            yield head["table"], reader.read_all()


def validate(table: str, frame: Any) -> Iterator[dict[str, Any]]:
    """The results of one table's expectations; `frame` is a pandas DataFrame."""
    import great_expectations as gx

    context: Any = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas(name=table).add_dataframe_asset(name=table)
    batch = asset.add_batch_definition_whole_dataframe(table).get_batch(batch_parameters={"dataframe": frame})
    for expectation in EXPECTED:
        if expectation.table == table:
            made = getattr(gx.expectations, expectation.kind)(**expectation.asked)
            result = batch.validate(made)
            about = expectation.asked.get("column") or "{column_A}, {column_B}".format(**expectation.asked)
            yield {
                "table": table,
                "expectation": expectation.kind,
                "column": about,
                "is_critical": expectation.is_critical,
                "success": bool(result.success),
                "unexpected": int(result.result.get("unexpected_count") or 0),
            }


def main() -> None:
    """Read tables from the pipe, write one JSON line a result."""
    for table, rows in read_tables(sys.stdin.buffer):
        for result in validate(table, rows.to_pandas()):
            sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
