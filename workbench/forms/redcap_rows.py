"""A REDCap data dictionary as rows. It is a CSV of 18 columns; every field of every form is a line.

Source: REDCap's help, "Data Dictionary"; the names of the columns as it exports them, and as its API does.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workbench.forms.documents import LARGEST, Refused
from workbench.forms.markup import holds_script
from workbench.forms.questionnaire import LONGEST_TEXT, MOST_ITEMS

_COLUMNS: Final = {
    "name": ("Variable / Field Name", "field_name"),
    "form": ("Form Name", "form_name"),
    "section": ("Section Header", "section_header"),
    "type": ("Field Type", "field_type"),
    "label": ("Field Label", "field_label"),
    "choices": ("Choices, Calculations, OR Slider Labels", "select_choices_or_calculations"),
    "note": ("Field Note", "field_note"),
    "validation": ("Text Validation Type OR Show Slider Number", "text_validation_type_or_show_slider_number"),
    "least": ("Text Validation Min", "text_validation_min"),
    "most": ("Text Validation Max", "text_validation_max"),
    "identifier": ("Identifier?", "identifier"),
    "branching": ("Branching Logic (Show field only if...)", "branching_logic"),
    "required": ("Required Field?", "required_field"),
    "matrix": ("Matrix Group Name", "matrix_group_name"),
    "annotation": ("Field Annotation", "field_annotation"),
}
_MUST: Final = ("name", "form", "type", "label")


@dataclass(frozen=True)
class Row:
    """One field. `line`: where it begins in the file, counted from 1."""

    line: int
    name: str
    form: str
    section: str
    type: str
    label: str
    choices: str
    note: str
    validation: str
    least: str
    most: str
    identifier: bool
    branching: str
    required: bool
    matrix: str
    annotation: str

    @property
    def where(self) -> str:
        """The place as it is named in a refusal."""
        return f"Line {self.line}"


def is_dictionary(data: bytes) -> bool:
    """Whether a file begins as a data dictionary does."""
    head = data[:400].decode("utf-8-sig", errors="replace").lstrip()
    return any(head.strip('"').startswith(name) for name in _COLUMNS["name"])


def read_rows(data: bytes) -> list[Row]:
    """The fields of a dictionary, in their order.

    Raises:
        Refused: it is no dictionary, is too large, or a line is not what its header promises.
    """
    if len(data) > LARGEST:
        raise Refused(f"The file is larger than {LARGEST // (1024 * 1024)} MB.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Refused(f"Byte {wrong.start + 1}: the file is not UTF-8.") from None
    rows = list(_rows(text))
    if not rows:
        raise Refused("The dictionary has no field.")
    return rows


def _rows(text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        places = _places(header)
        line = reader.line_num + 1
        taken: set[str] = set()
        for count, cells in enumerate(reader, start=1):
            if count > MOST_ITEMS:
                raise Refused(f"a dictionary has at most {MOST_ITEMS:,} fields.", f"Line {line}")
            if any(cells):
                row = _row(cells, places, len(header), line)
                if row.name in taken:
                    raise Refused(f"the field “{row.name[:60]}” is there twice.", row.where)
                taken.add(row.name)
                yield row
            line = reader.line_num + 1
    except csv.Error:
        raise Refused("the quotes of this line do not close as CSV wants it.", f"Line {reader.line_num}") from None


def _places(header: list[str]) -> dict[str, int]:
    known = {alias.casefold(): name for name, aliases in _COLUMNS.items() for alias in aliases}
    places = {known[cell.strip().casefold()]: at for at, cell in enumerate(header) if cell.strip().casefold() in known}
    if missing := [_COLUMNS[name][0] for name in _MUST if name not in places]:
        raise Refused(f"The column “{missing[0]}” is missing.", "Line 1")
    return places


def _row(cells: list[str], places: dict[str, int], width: int, line: int) -> Row:
    where = f"Line {line}"
    if len(cells) != width:
        raise Refused(f"the line has {len(cells)} columns and the header {width}.", where)
    if any(len(cell) > LONGEST_TEXT for cell in cells):
        raise Refused(f"a text has at most {LONGEST_TEXT:,} characters.", where)
    if any(holds_script(cell) for cell in cells):
        raise Refused("it holds a script, and a form runs none.", where)
    said = {name: cells[places[name]].strip() if name in places else "" for name in _COLUMNS}
    if not said["name"]:
        raise Refused("a field needs a name.", where)
    return Row(
        line=line,
        **{name: said[name] for name in _COLUMNS if name not in ("identifier", "required")},
        identifier=said["identifier"].casefold() == "y",
        required=said["required"].casefold() == "y",
    )
