"""Short texts: what they may be, and what of them is still open in a note."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.charting.rules import missing_to_sign
from workbench.charting.snippets import LONGEST_NAME, LONGEST_TEXT, SnippetUnclear, blanks, blanks_sentence, checked
from workbench.charting.tables import NoteText

WHOLE = NoteText("s", "o", "a", "p", ("F41.1",))


def test_name_and_text_are_kept_tidy() -> None:
    assert checked("  Mental   status ", " Mood [[mood]].\n") == ("Mental status", "Mood [[mood]].")


@pytest.mark.parametrize(("name", "text", "fields"), [
    (" ", "Text", {"name"}), ("x" * (LONGEST_NAME + 1), "Text", {"name"}), ("A", " ", {"text"}),
    ("A", "x" * (LONGEST_TEXT + 1), {"text"}), ("A", "Mood [[mood", {"text"}), ("A", "Mood mood]]", {"text"}),
    ("", "", {"name", "text"}),
])  # fmt: skip
def test_what_is_unclear_is_told_at_its_field(name: str, text: str, fields: set[str]) -> None:
    with pytest.raises(SnippetUnclear) as refused:
        checked(name, text)
    assert set(refused.value.fields) == fields


@given(st.text(alphabet="[]ab ", max_size=30))
def test_what_can_be_kept_has_no_half_a_blank(text: str) -> None:
    try:
        _, kept = checked("Name", text)
    except SnippetUnclear:
        return
    for one in blanks(kept):
        kept = kept.replace(one, "")
    assert "[[" not in kept
    assert "]]" not in kept


def test_open_blanks_are_named_once_and_in_order() -> None:
    assert blanks("[[b]] and [[a]] and [[b]], [c]") == ("[[b]]", "[[a]]")
    assert blanks_sentence("All said.") == ""
    assert blanks_sentence("[[a]] [[b]]") == "Still to be filled in: [[a]], [[b]]."
    assert blanks_sentence("[[a]] [[b]] [[c]] [[d]]") == "Still to be filled in: [[a]], [[b]], [[c]] and 1 more."


@pytest.mark.parametrize("part", ["subjective", "objective", "assessment", "plan"])
def test_an_open_blank_stops_the_signature_by_part(part: str) -> None:
    text = NoteText(**{**WHOLE.__dict__, part: "Mood [[mood]]."})
    assert missing_to_sign(text) == {part: "Still to be filled in: [[mood]]."}
    assert missing_to_sign(WHOLE) == {}
