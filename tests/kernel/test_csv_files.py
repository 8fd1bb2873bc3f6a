"""A file a spreadsheet opens, and runs nothing of."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as some

from workbench.kernel.csv_files import csv_file


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def test_what_would_run_is_text() -> None:
    cells = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "plain", "1,5", 'a "b"', "two\nlines", ""]
    assert read(csv_file(["head"], [cells]))[1] == [*(f"'{one}" for one in cells[:6]), *cells[6:]]


@given(some.lists(some.lists(some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\r\x00")),
                             min_size=2, max_size=3), max_size=5))  # fmt: skip
def test_every_cell_comes_back_as_it_went_but_for_its_apostrophe(rows: list[list[str]]) -> None:
    back = read(csv_file(["a"], rows))[1:]
    assert [[one.removeprefix("'") for one in row] for row in back] == [
        [one.removeprefix("'") for one in row] for row in rows
    ]
