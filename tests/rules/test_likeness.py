"""How much of a note stands in another: what the measure promises, and where the practice is told."""

from hypothesis import assume, given
from hypothesis import strategies as st

from workbench.charting.likeness import LEAST_WORDS, RUN, Likeness, likeness, words_found
from workbench.charting.tables import NoteText
from workbench.charting.wording import words_of

WORDS = st.lists(st.sampled_from([f"w{n}" for n in range(30)]), max_size=60).map(tuple)
LONG = st.lists(st.sampled_from([f"w{n}" for n in range(30)]), min_size=LEAST_WORDS, max_size=60)


def note(words: list[str]) -> NoteText:
    return NoteText(subjective=" ".join(words))


@given(WORDS, WORDS)
def test_it_is_a_part_of_the_whole(own: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert 0 <= words_found(own, other) <= len(own)


@given(WORDS)
def test_a_text_stands_whole_in_itself_and_in_whatever_holds_it(words: tuple[str, ...]) -> None:
    assume(len(words) >= RUN)
    assert words_found(words, words) == len(words)
    assert words_found(words, ("before", *words, "after")) == len(words)


@given(WORDS, WORDS)
def test_strange_words_are_in_no_other_text(own: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert words_found(own, tuple(f"x{word}" for word in other)) == 0


@given(LONG, LONG, st.integers(1, 30))
def test_each_new_word_at_the_end_lowers_it(own: list[str], other: list[str], more: int) -> None:
    longer = [*own, *(f"new{n}" for n in range(more))]
    assert likeness(note(longer), [note(other)]).percent <= likeness(note(own), [note(other)]).percent


@given(LONG)
def test_capitals_accents_points_and_the_part_make_no_difference(words: list[str]) -> None:
    dressed = NoteText(objective=", ".join(words[:7]).upper(), plan="! ".join(words[7:]).replace("w", "ẁ"))
    found = likeness(note(words), [dressed])
    assert (found.percent, found.is_over, found.is_same) == (100, True, True)


@given(LONG, st.integers(0, 60))
def test_moving_a_paragraph_hides_little(words: list[str], at: int) -> None:
    turned = words[at % len(words) :] + words[: at % len(words)]
    assert words_found(tuple(words), tuple(turned)) >= len(words) - 2 * (RUN - 1)


@given(LONG, st.lists(LONG, max_size=4))
def test_the_most_alike_counts(own: list[str], others: list[list[str]]) -> None:
    each = [likeness(note(own), [note(one)]).percent for one in others]
    found = likeness(note(own), [note(one) for one in others])
    assert (found.percent, found.compared) == (max(each, default=0), len(others))


def test_what_is_too_short_is_not_compared() -> None:
    assert likeness(note(["well"] * 19), [note(["well"] * 19)]) == Likeness(compared=1)
    assert likeness(note(["well"] * 20), [note(["well"] * 20)]) == Likeness(100, 1, True, True)
    assert likeness(NoteText(), []) == Likeness()


def test_exactly_the_limit_is_not_over_it() -> None:
    known = [f"w{n}" for n in range(85)]
    at_limit = likeness(note(known + [f"n{n}" for n in range(15)]), [note(known)])
    assert (at_limit.percent, at_limit.is_over, at_limit.is_same) == (85, False, False)
    over = likeness(note(known + [f"n{n}" for n in range(14)]), [note(known)])
    assert (over.percent, over.is_over) == (85, True)


def test_words_of_any_script_are_words() -> None:
    assert words_of("Fernández-Oak’s Straße, 2×, Любовь") == ("fernandez", "oak", "s", "strasse", "2", "любовь")
