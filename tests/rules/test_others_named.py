"""A note of one member of a group names no other one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.charting.others_named import parts_that_name
from workbench.charting.tables import NoteText

OTHERS = [("Catherine", "Moss"), ("Kit", "Moss"), ("José", "Fernández-Oak"), ("", "Moss")]
OWN = [("Mara", "Finch"), ("", "Finch")]


@pytest.mark.parametrize("said", [
    "Catherine Moss spoke first.", "to CATHERINE MOSS's story", "Moss, Catherine", "with Kit\nMoss",
    "jose fernandez oak", "(Catherine  Moss)",
])  # fmt: skip
def test_a_name_is_found_as_whole_words_in_either_order(said: str) -> None:
    assert parts_that_name(NoteText(plan=said), OTHERS, OWN) == ("plan",)


@pytest.mark.parametrize(
    "said", ["", "Moss", "Catherine", "Catherine Mossberg", "Kitty Moss", "moss and a kit", "Mara Finch"]
)
def test_half_a_name_and_one_s_own_are_none(said: str) -> None:
    assert parts_that_name(NoteText(subjective=said), OTHERS, OWN) == ()


def test_who_is_called_the_same_cannot_be_told_apart() -> None:
    assert parts_that_name(NoteText(subjective="Mara Finch"), [("Mara", "Finch"), ("Finch", "Mara")], OWN) == ()


@given(st.text(alphabet="ab .,\n", max_size=20), st.text(alphabet="ab .,\n", max_size=20))
def test_a_name_is_found_in_any_company(before: str, after: str) -> None:
    text = NoteText(assessment=f"{before} Catherine Moss {after}")
    assert parts_that_name(text, OTHERS, OWN) == ("assessment",)
