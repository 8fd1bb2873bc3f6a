"""Rows as a CSV file that a spreadsheet opens. Source: RFC 4180; CWE-1236, formula elements in a CSV file."""

import csv
import io
from collections.abc import Iterable


def csv_file(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """UTF-8, one line a row. What a spreadsheet would run as a formula begins with an apostrophe and is text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow(_safe(str(cell)) for cell in row)
    return out.getvalue().encode()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
