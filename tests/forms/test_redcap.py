"""REDCap dictionaries become questionnaires that ask the same, and say what they cannot."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.forms.documents import Refused
from workbench.forms.importing import Imported, import_form
from workbench.forms.questionnaire import Item
from workbench.forms.redcap_logic import as_formula
from workbench.formula.evaluating import Known, compiled
from workbench.formula.functions import Value
from workbench.formula.reading import read_formula

HEADER = (
    "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
    "Choices, Calculations, OR Slider Labels", "Field Note", "Text Validation Type OR Show Slider Number",
    "Text Validation Min", "Text Validation Max", "Identifier?", "Branching Logic (Show field only if...)",
    "Required Field?", "Custom Alignment", "Question Number (surveys only)", "Matrix Group Name", "Matrix Ranking?",
    "Field Annotation",
)  # fmt: skip
PLACES = {
    "section": 2, "choices": 5, "note": 6, "validation": 7, "least": 8, "most": 9, "identifier": 10, "branching": 11,
    "required": 12, "matrix": 15, "annotation": 17,
}  # fmt: skip


def field(name: str, kind: str = "text", label: str = "A label", form: str = "intake", **more: str) -> list[str]:
    cells = [name, form, "", kind, label, *[""] * 13]
    for place, value in more.items():
        cells[PLACES[place]] = value
    return cells


def dictionary(*rows: list[str], bom: bool = True) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, *rows])
    return out.getvalue().encode("utf-8-sig" if bom else "utf-8")


def read(*rows: list[str]) -> Imported:
    return import_form(dictionary(*rows))


def item(name: str, *rows: list[str]) -> Item:
    return next(one for one in read(*rows).form.walk() if one.link_id == name)


def told(imported: Imported) -> dict[str, str]:
    return {one.link_id: one.what for one in imported.form.warnings}


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (field("a"), "string"), (field("a", "notes"), "text"), (field("a", validation="integer"), "integer"),
        (field("a", validation="number_2dp"), "decimal"), (field("a", validation="date_mdy"), "date"),
        (field("a", validation="datetime_seconds_ymd"), "dateTime"), (field("a", validation="time"), "time"),
        (field("a", validation="email"), "string"), (field("a", "radio", choices="1, Yes"), "choice"),
        (field("a", "dropdown", choices="1, Yes"), "choice"), (field("a", "checkbox", choices="1, Yes"), "choice"),
        (field("a", "yesno"), "boolean"), (field("a", "truefalse"), "boolean"), (field("a", "slider"), "integer"),
        (field("a", "calc", choices="1 + 1"), "decimal"), (field("a", "descriptive"), "display"),
        (field("a", "file"), "attachment"), (field("a", "sql", choices="select 1"), "string"),
    ],
)  # fmt: skip
def test_each_field_type_is_a_type_of_item(row: list[str], kind: str) -> None:
    assert item("a", row).type == kind


def test_forms_are_groups_and_a_matrix_is_a_table() -> None:
    imported = read(
        field("a", section="<b>About you</b>", label="<p>First<br>line</p>"),
        field("b", "radio", choices="0, No | 1, Yes, often", matrix="m"),
        field("c", "radio", choices="0, No | 1, Yes, often", matrix="m", required="y"),
        field("d", form="second_form"), field("e", form="intake"),
    )  # fmt: skip
    assert [one.link_id for one in imported.form.items] == ["form:intake", "form:second_form", "form:intake:2"]
    assert [one.text for one in imported.form.items] == ["Intake", "Second form", "Intake"]
    section, a, table = imported.form.items[0].items
    assert (section.type, section.text, a.text) == ("display", "About you", "First\nline")
    assert (table.control, [one.link_id for one in table.items]) == ("gtable", ["b", "c"])
    assert table.items[1].is_required
    assert [option.label for option in table.items[0].options] == ["No", "Yes, often"]
    assert imported.form.title == "Intake and 1 more forms"


def test_boxes_repeat_and_limits_notes_and_tags_are_kept_to() -> None:
    imported = read(
        field("a", "checkbox", choices="1, A | 2, B"),
        field("b", validation="integer", least="0", most="10", note="in years", annotation="@READONLY @HIDDEN"),
        field("c", validation="date_ymd", least="2020-01-01", most="today", annotation="@DEFAULT='x' @NOW"),
        field("f", validation="number", least="0.5", most="9.75"),
        field("d", annotation='@DEFAULT="London"', identifier="y"),
        field("e", "radio", choices="1, Yes | 999, Rather not say"),
    )  # fmt: skip
    a, b, c, f, d, _ = imported.form.items[0].items
    assert (f.bounds.min_value, f.bounds.max_value) == (Decimal("0.5"), Decimal("9.75"))
    assert a.repeats
    assert (b.bounds.min_value, b.bounds.max_value, b.entry_format) == (0, 10, "in years")
    assert b.is_read_only
    assert b.is_hidden
    assert c.bounds.min_value == "2020-01-01"
    assert d.initial == ("London",)
    assert set(told(imported)) == {"c", "e"}
    assert "999 may stand for no answer" in told(imported)["e"]


KINDS = {"yes": "truth", "pick": "code", "box": "code", "age": "number", "word": "other", "score": "number"}
ANSWERS: dict[str, Value] = {"yes": True, "pick": 2, "box": (1, 3), "age": 30, "word": "blue", "score": None}


@pytest.mark.parametrize(
    ("logic", "value"),
    [
        ("[yes] = '1'", True), ("[yes] = 0", False), ('[pick] = "2"', True), ("[pick] <> '2'", False),
        ("[pick] = '02'", None),
        ("[box(1)] = '1'", True), ("[box(2)] = '1'", False), ("[box(2)] = '0'", True), ("[age] >= '18'", True),
        ("[age] > 18 AND [word] = 'blue'", True), ("([pick] = '1' or [box(3)] = '1') and [yes] = '1'", True),
        ("[word] = ''", False), ("[score] = ''", True), ("[score] <> ''", False), ("[age] + 1", 31),
        ("sum([age], [score])", 30), ("mean([age], sum([age], 10))", 35), ("if([yes] = '1', 5, 6)", 5),
        ("round([age] / 4, 1)", 7.5),
    ],
)  # fmt: skip
def test_logic_comes_to_what_it_does_in_redcap(logic: str, value: Value) -> None:
    formula = as_formula(logic, KINDS)
    assert formula
    assert compiled(read_formula(formula))(Known(ANSWERS)) == value


@pytest.mark.parametrize(
    "logic", ["datediff([age], 'today', 'y') > 3", "[event][age] = 1", "[nobody] = '1'", "[age] ^ 2", "sum([age]"]
)
def test_logic_that_means_something_else_here_is_kept_and_told(logic: str) -> None:
    assert as_formula(logic, KINDS) == ""
    imported = read(field("age", validation="integer"), field("a", "calc", choices=logic), field("b", branching=logic))
    assert set(told(imported)) == {"a", "b"}
    kept: Any = imported.questionnaire["item"][0]["item"]
    assert kept[1]["extension"][0]["valueExpression"] == {"language": "text/x-redcap", "expression": logic}


@given(st.text(max_size=40))
def test_every_logic_is_a_formula_or_none(logic: str) -> None:
    formula = as_formula(logic, KINDS)
    if formula:
        compiled(read_formula(formula))(Known(ANSWERS))


def test_the_names_of_the_api_are_known_too() -> None:
    text = "field_name,form_name,field_type,field_label\na,intake,text,Name\n"
    assert [one.link_id for one in import_form(text.encode()).form.walk()] == ["form:intake", "a"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (dictionary(), "has no field"), (dictionary(field("a"), field("a")), "Line 3: the field “a” is there twice"),
        (dictionary(field("a", "colour")), "Line 2: “colour” is no field type"),
        (dictionary(field("")), "Line 2: a field needs a name"),
        (dictionary(field("a")[:9]), "Line 2: the line has 9 columns and the header 18"),
        (dictionary(field("a", "radio", choices="1, A | B")), "Line 2: each choice is a code, a comma"),
        (dictionary(field("a", "radio", choices="1, A | 1, B")), "Line 2: two choices have the same code"),
        (dictionary(field("a", label="<script>x</script>")), "Line 2: it holds a script"),
        (dictionary(*[field(f"a{n}") for n in range(2_001)]), "Line 2002: a dictionary has at most 2,000 fields"),
        (b"field_name,form_name\na,b\n", "Line 1: The column “Field Type” is missing"),
        (dictionary() + b'a,b,"open', "quotes of this line"), (dictionary() + b"\xff", "is not UTF-8"),
        (dictionary(field("a", branching="[a] = '1'")), "a → a"),
        (dictionary(field("a", "radio", choices=" | ".join(f"{n}, x" for n in range(501)))), "at most 500 answers"),
    ],
)  # fmt: skip
def test_what_is_no_dictionary_is_refused_with_the_line(data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        import_form(data)


def test_a_dictionary_of_1_900_fields_in_59_forms_is_taken_whole() -> None:
    kinds = ("text", "notes", "yesno", "slider", "descriptive")
    rows = [
        field(f"v{n}", kinds[n % 5], form=f"form_{n // 33}", section="S" * (n % 8 == 0)) for n in range(1_903)
    ]  # fmt: skip
    imported = read(*rows)
    assert len(imported.form.items) == 58
    assert sum(one.link_id.startswith("v") for one in imported.form.walk()) == 1_903
