"""The list of diagnosis codes has its shape, is searched by code and by words, and names the nearest to a wrong one."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.charting.codes import UnknownCode, check_codes, codes, find_codes, nearest, not_given, title_of
from workbench.charting.rules import diagnosis

TODAY = date(2026, 3, 2)
VALID = sorted(code for code, one in codes().items() if one.is_valid(TODAY))


def test_every_line_is_a_code_with_a_title_under_a_parent_that_is_there():
    lines = codes()
    assert len(lines) > 1_900
    for code, one in lines.items():
        assert diagnosis(code) == code
        assert one.title == one.title.strip() != ""
        if len(code) > 3:
            above = [code[:length].rstrip(".") for length in range(3, len(code))]
            # A seventh character may stand after X that fill the place of those between.
            assert any(parent in lines for parent in above), code
        assert one.first_on is None or one.ended_on is None or one.first_on < one.ended_on


def test_no_code_is_there_twice_and_chapter_five_is_whole():
    assert list(codes()) == sorted(set(codes()))
    chapter = [code for code in VALID if re.fullmatch(r"F[0-9].*", code)]
    assert len(chapter) == 871
    assert (chapter[0], chapter[-1]) == ("F01.50", "F99")


def test_what_has_more_exact_codes_today_is_given_by_none_of_its_own():
    for code in VALID:
        assert not any(other.startswith(f"{code}.") or (len(code) > 3 and other.startswith(code) and other != code)
                       for other in VALID), code  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("f411", "F41.1"), ("F41.1", "F41.1"), ("anxiety generalized", "F41.1"), ("GAD", "F41.1"),
        ("recurrent mild depressive", "F33.0"), ("ptsd chronic", "F43.12"), ("prolonged grief", "F43.81"),
        ("spouse", "Z63.0"), ("panic", "F41.0"),
        ("borderline personality", "F60.3"), ("insomnia unspecified", "G47.00"),
    ],
)  # fmt: skip
def test_the_first_hit_is_the_one_that_is_meant(typed: str, first: str):
    assert find_codes(typed, TODAY)[0].code == first


@given(st.sampled_from(VALID), st.randoms(use_true_random=False))
def test_a_code_is_found_by_itself_by_its_beginning_and_by_all_words_of_its_title_in_any_order(code: str, chance):
    assert find_codes(code.lower().replace(".", ""), TODAY)[0].code == code
    assert code in [one.code for one in find_codes(code[:4], TODAY, most=2_000)]
    words = re.findall(r"[A-Za-z0-9]+", title_of(code))
    chance.shuffle(words)
    assert code in [one.code for one in find_codes(" ".join(words), TODAY, most=2_000)]


@given(st.text(max_size=30))
def test_whatever_is_typed_finds_only_what_can_be_given_and_never_more_than_asked(typed: str):
    found = find_codes(typed, TODAY)
    assert len(found) <= 12
    assert all(one.is_valid(TODAY) for one in found)
    assert len({one.code for one in found}) == len(found)


def test_a_code_is_good_for_its_time():
    assert "not given yet" in not_given("F32.A", date(2021, 9, 30))
    assert not not_given("F32.A", date(2021, 10, 1))
    assert not not_given("F50.2", date(2024, 9, 30))
    assert "not given any more" in not_given("F50.2", date(2024, 10, 1))


def test_a_wrong_one_is_refused_with_the_nearest_beside_it():
    with pytest.raises(UnknownCode) as refused:
        check_codes(("F41.1", "F41.7"), TODAY)
    assert "F41.0 Panic disorder" in refused.value.fields["diagnoses"]
    assert "F41" not in str(refused.value)
    assert "more exactly: F32.0" in not_given("F32", TODAY)
    assert [one.code for one in nearest("F43.19", TODAY)][:3] == ["F43.10", "F43.11", "F43.12"]
    assert (nearest("E11.9", TODAY), not_given("E11.9", TODAY)) == ((), "E11.9 is no code in our list.")
