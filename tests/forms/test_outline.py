"""The outline of a template becomes a Questionnaire, and a line that says nothing is named by its number."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.forms.building import taken
from workbench.forms.documents import Refused
from workbench.forms.outline import code_of, items_of
from workbench.forms.questionnaire import Condition, Form, Item, ItemType


def read(outline: str, **blocks: str) -> Form:
    return taken({"resourceType": "Questionnaire", "title": "T", "item": items_of(outline, blocks)}).form


def item(outline: str, key: str) -> Item:
    return next(one for one in read(outline).walk() if one.link_id == key)


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("short", ItemType.STRING), ("long", ItemType.TEXT), ("number", ItemType.DECIMAL), ("whole", ItemType.INTEGER),
        ("day", ItemType.DATE), ("moment", ItemType.DATE_TIME), ("time", ItemType.TIME), ("yes", ItemType.BOOLEAN),
        ("one{A;B}", ItemType.CHOICE), ("many{A;B}", ItemType.CHOICE), ("open{A;B}", ItemType.OPEN_CHOICE),
    ],
)  # fmt: skip
def test_each_type_is_one_of_fhir(kind: str, type_: ItemType) -> None:
    assert item(f"a {kind}: Text", "a").type is type_


def test_a_line_says_all_of_a_question() -> None:
    found = item("level whole*~(0..4)^score.phq9!: How much | From 0 to 4", "level")
    assert (found.is_required, found.is_carried, found.is_read_only, found.prefilled_by) == (
        True,
        True,
        True,
        "score.phq9",
    )
    assert (found.text, found.entry_format) == ("How much", "From 0 to 4")
    assert (found.bounds.min_value, found.bounds.max_value) == (0, 4)


def test_answers_have_codes_of_their_words_and_one_may_stand_alone() -> None:
    found = item("a many{!Not asked;Yes: twice;So-so}: Text", "a")
    assert [(one.label, one.is_exclusive) for one in found.options] == [
        ("Not asked", True), ("Yes: twice", False), ("So-so", False),
    ]  # fmt: skip
    assert [getattr(one.value, "code", "") for one in found.options] == ["not_asked", "yes_twice", "so_so"]
    assert found.repeats


def test_groups_nest_repeat_and_hang_on_answers() -> None:
    form = read("a yes: Any\n[g...1 ?a=yes] Group\n  b short*: Name\n  [h...] Inner\n    c long: Text\nd short: After")
    assert [one.link_id for one in form.items] == ["a", "g", "d"]
    group = form.items[1]
    assert (group.repeats, group.occurs[0], [one.link_id for one in group.walk()]) == (True, 1, ["g", "b", "h", "c"])
    assert group.conditions == (Condition("a", "=", True),)


@pytest.mark.parametrize(
    ("said", "operators", "needs_all"),
    [
        ("a", ["exists"], True), ("a=x", ["="], True), ("a!=x", ["exists", "!="], True), ("a=x/y", ["=", "="], False),
        ("a=x/a=y", ["=", "="], False), ("a=x&n>3", ["=", ">"], True), ("n<=3", ["<="], True),
    ],
)  # fmt: skip
def test_conditions(said: str, operators: list[str], needs_all: bool) -> None:
    found = item(f"a one{{X;Y}}: A\nn whole: N\nb short ?{said}: B", "b")
    assert ([one.operator for one in found.conditions], found.needs_all) == (operators, needs_all)


def test_a_block_is_written_once_and_words_are_numbered() -> None:
    form = read("! First\n@risk\n! Second", risk="[risk] Risk\n  level one{Low;High}: Level")
    assert [one.link_id for one in form.walk()] == ["words_1", "risk", "level", "words_2"]


def test_what_is_worked_out_is_a_formula() -> None:
    found = item("a moment: From\nb moment: To\nm whole =minutes([a], [b]): Minutes", "m")
    assert found.calculated is not None


@pytest.mark.parametrize(
    ("outline", "said"),
    [
        ("a short: A\na long: B", "line 2: “a” is there already"), ("nonsense", "line 1: it says neither"),
        ("a what: A", "line 1: it says neither"), ("a one: A", "line 1: a choice needs its answers"),
        ("a one{X;X}: A", "line 1: the answer “X” is empty or there twice"),
        ("a one{X;}: A", "is empty or there twice"),
        ("a short^nowhere: A", "line 1: “nowhere” is nothing the record"),
        ("@gone", "line 1: there is no block “gone”"),
        ("a short: A\n    b short: B", "line 2: it is indented"), ("a short: A\n b short: B", "line 2: it is indented"),
        ("b short ?a=x: B", "hangs on no question above it"),
        ("a short: A\nb short ?a>x: B", "compares what has no size"),
        ("a yes: A\nb short ?a=yes&a=no/a=yes: B", "joined by & or by /"),
    ],
)  # fmt: skip
def test_a_line_that_says_nothing_is_named(outline: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        items_of(outline, {})


@given(some.text(max_size=60))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    try:
        items_of(text, {})
    except Refused:
        return


@given(some.text(max_size=40))
def test_a_code_is_small_letters_and_digits(words: str) -> None:
    code = code_of(words)
    assert code == "" or code.replace("_", "").isascii()
    assert code_of(code) == code
