"""What holds for every measure of the library: bands without gaps, nothing guessed, nothing clamped, nothing lost."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.measures.catalogue import NoSuchMeasure, measure_named, measures
from workbench.measures.change import changed
from workbench.measures.definition import Item, Licence, Measure
from workbench.measures.reading import BadDefinition, read_measure
from workbench.measures.scoring import NotAnAnswer, Score, score

KEYS = sorted(measures())
PHQ_9 = measure_named("PHQ-9")


def responses(item: Item) -> st.SearchStrategy[int]:
    """Whatever the item allows."""
    return st.sampled_from(sorted(item.values)) if item.values else st.integers(item.least, item.most)


@st.composite
def answered(draw: st.DrawFn) -> tuple[Measure, dict[str, int]]:
    """A measure with every item answered."""
    measure = measures()[draw(st.sampled_from(KEYS))]
    return measure, {item.key: draw(responses(item)) for item in measure.items}


def test_every_measure_of_the_list_is_there_with_its_licence_rule_and_source() -> None:
    by_licence = {licence: [one for one in measures().values() if one.licence is licence] for licence in Licence}
    assert {licence: len(found) for licence, found in by_licence.items()} == {
        Licence.SHIP: 27, Licence.PACK: 15, Licence.SHELL: 17, Licence.SCORE_ONLY: 8,
    }  # fmt: skip
    for key, measure in measures().items():
        assert key == measure.key
        assert measure.rights
        assert measure.source
        assert measure.title


@pytest.mark.parametrize("key", [key for key in KEYS if measures()[key].bands])
def test_bands_leave_no_total_without_a_name_and_give_none_two(key: str) -> None:
    measure = measures()[key]
    assert measure.bands[0].least == measure.lowest
    assert measure.bands[-1].most == measure.highest
    for band, following in zip(measure.bands, measure.bands[1:], strict=False):
        assert band.most + 1 == following.least


@given(answered())
def test_a_whole_answer_has_a_score_within_its_range(drawn: tuple[Measure, dict[str, int]]) -> None:
    measure, answers = drawn
    found = score(measure, answers, {"age": 30, "sex": "female"})
    assert found.is_complete
    assert found.missing == ()
    if measure.total is None:
        assert found.total is None
        return
    assert found.total is not None
    assert measure.lowest <= found.total <= measure.highest
    assert bool(found.band) is bool(measure.bands or measure.band)


@given(answered(), st.data())
def test_one_item_left_out_leaves_no_total_unless_the_rule_allows_it_and_then_says_so(
    drawn: tuple[Measure, dict[str, int]], data: st.DataObject
) -> None:
    measure, answers = drawn
    key = data.draw(st.sampled_from([item.key for item in measure.scored]))
    found = score(measure, {**answers, key: None}, {"age": 30, "sex": "female"})
    if key in found.missing:
        assert ("prorated" in found.flags) is found.is_complete
        assert (found.total is None) is (measure.total is None or not found.is_complete)
    else:
        skip = measure.by_key[key].skip
        assert skip is not None


@given(answered(), st.data())
def test_critical_answers_raise_their_flag_whatever_else_is_missing(
    drawn: tuple[Measure, dict[str, int]], data: st.DataObject
) -> None:
    measure, answers = drawn
    kept = data.draw(st.sets(st.sampled_from(sorted(answers))))
    found = score(measure, {key: answers[key] for key in kept})
    for key in measure.critical:
        points = measure.by_key[key].points
        value = answers[key] if not points else points[answers[key]]
        assert (f"item{key}_positive" in found.flags) is (key in kept and value >= 1)


@given(answered(), st.data())
def test_what_is_outside_an_item_is_refused_and_never_clamped(
    drawn: tuple[Measure, dict[str, int]], data: st.DataObject
) -> None:
    measure, answers = drawn
    item = data.draw(st.sampled_from(measure.items))
    wrong = data.draw(
        st.sampled_from([item.least - 1, item.most + 1, Decimal("NaN"), Decimal("0.55e30"), "maybe", "", True, 10**20])
    )
    with pytest.raises(NotAnAnswer, match=f"item {item.key}:"):
        score(measure, {**answers, item.key: wrong})


@pytest.mark.parametrize(
    ("name", "key", "answer"),
    [("AUDIT", "9", 1), ("AUDIT", "10", 3), ("PHQ-9", "1", Decimal("1.5")), ("PHQ-9", "1", "NA"), ("PHQ-9", "1", "yes"),
     ("GDS-15", "2", 2), ("AUDIT", "5", "NA")],
)  # fmt: skip
def test_an_answer_that_this_item_does_not_have_is_refused(name: str, key: str, answer: int | Decimal | str) -> None:
    measure = measure_named(name)
    whole: dict[str, int | Decimal | str | None] = {item.key: item.most for item in measure.items}
    with pytest.raises(NotAnAnswer, match=f"{name}, item {key}:"):
        score(measure, {**whole, key: answer})


def test_a_line_to_mark_has_parts_and_steps_have_none() -> None:
    assert score(measure_named("ORS"), dict.fromkeys("1234", Decimal("7.3"))).total == Decimal("29.2")


def test_an_item_nobody_knows_is_refused() -> None:
    with pytest.raises(NotAnAnswer, match="no item 11"):
        score(PHQ_9, {"11": 0})


def test_a_measure_is_found_however_its_name_is_written() -> None:
    assert measure_named("phq 9") is measure_named("PHQ-9") is measures()["phq9@1"]
    assert measure_named("C-SSRS screener") is measures()["cssrs@1"]
    names = [
        re.sub(r"[^a-z0-9]", "", name.casefold()) for one in measures().values() for name in (one.measure, *one.aliases)
    ]
    assert len(set(names)) == len(names)
    with pytest.raises(NoSuchMeasure):
        measure_named("PHQ-99")


@pytest.mark.parametrize(
    ("change", "words"),
    [("total = 'sum([1..9])'", "total = 'sum([1..10])'"), ("total = 'sum([1..9])'", "total = 'height'"),
     ("total = 'sum([1..9])'", "total = 'sum('"), ("source = 'S'", ""), ("source = 'S'", "source = 'S'\nsauce = 'S'")],
)  # fmt: skip
def test_a_file_that_is_no_measure_is_a_mistake_that_says_where(change: str, words: str) -> None:
    text = (
        "measure = 'X'\nrule = 'x@1'\ntitle = 'T'\nlicence = 'A'\nrights = 'R'\nsource = 'S'\n"
        "total = 'sum([1..9])'\n[[items]]\nkeys = '1..9'\nscale = [0, 3]\n"
    )
    assert score(read_measure(text), {str(item): 1 for item in range(1, 10)}).total == 9
    with pytest.raises(BadDefinition, match="x@1"):
        read_measure(text.replace(change, words))


@pytest.mark.parametrize(
    ("name", "first", "last", "expected"),
    [
        ("PHQ-9", 12, 5, (-7, True, True, True, False)), ("PHQ-9", 12, 4, (-8, True, True, True, True)),
        ("PHQ-9", 12, 7, (-5, False, True, False, False)), ("PHQ-9", 9, 4, (-5, False, True, True, False)),
        ("PHQ-9", 5, 12, (7, True, True, False, False)), ("GAD-7", 10, 6, (-4, True, True, False, False)),
        ("PCL-5", 50, 44, (-6, True, False, None, None)), ("PCL-5", 50, 40, (-10, True, True, None, None)),
        ("WHO-5", 40, 50, (10, None, True, None, None)), ("CORE-10", 20, 14, (-6, True, None, None, None)),
        ("Y-BOCS", 20, 13, (-7, None, None, True, None)),
        ("PEG", 6, Decimal("4.2"), (Decimal("-1.8"), None, True, None, None)),
        ("HAM-D", 20, 7, (-13, None, None, True, True)), ("SDQ", 20, 10, (-10, None, None, None, None)),
        ("ORS", 20, 25, (5, True, None, None, None)), ("PEG", 0, 0, (0, None, False, None, None)),
    ],
)  # fmt: skip
def test_a_change_is_what_the_published_thresholds_make_of_it(
    name: str, first: int, last: int | Decimal, expected: tuple[object, ...]
) -> None:
    found = changed(measure_named(name), first, last)
    told = (found.change, found.reliable, found.clinically_meaningful, found.responded, found.remission)
    assert told == expected


def test_a_score_says_what_it_does_not_know() -> None:
    assert score(PHQ_9, {}) == Score(
        total=None, band="", flags=(), missing=tuple("123456789"), positive=None, is_complete=False
    )
