"""What may be taken over from the last note, and that whatever stands as it stood there is marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.charting.carrying import (
    Carried,
    carried_from,
    in_pieces,
    must_be_written_anew,
    repeated_though_new,
    unchanged,
)
from workbench.charting.tables import NoteText
from workbench.charting.wording import PARTS, paragraph

LINES = st.lists(st.sampled_from(["", " ", "Slept badly.", "Weekly.", "Goes  to work.", "Denies SI.", "x"]), max_size=8)
TEXTS = LINES.map("\n".join) | st.text(max_size=60)
NOTES = st.builds(NoteText, TEXTS, TEXTS, TEXTS, TEXTS)
LONG = "Oriented, calm, good eye contact, thought process in order."


@given(TEXTS, NOTES)
def test_pieces_joined_are_the_text(text: str, last: NoteText) -> None:
    assert "".join(piece.text for piece in in_pieces(text, last)) == text


@given(NOTES, NOTES)
def test_what_is_marked_stands_in_the_last_note_and_what_is_not_does_not(text: NoteText, last: NoteText) -> None:
    known = {paragraph(line) for part in PARTS for line in getattr(last, part).splitlines()}
    for part in PARTS:
        marked = 0
        for piece in in_pieces(getattr(text, part), last):
            for line in filter(str.strip, piece.text.splitlines()):
                assert (paragraph(line) in known) == piece.is_carried
                marked += piece.is_carried
        assert unchanged(text, last).get(part, 0) == marked


@given(NOTES)
def test_what_is_carried_is_marked_until_it_is_edited(last: NoteText) -> None:
    for part, carried in carried_from(last).items():
        assert all(piece.is_carried for piece in in_pieces(carried.text, last) if piece.text.strip())
        edited = "\n".join(f"{line}, and now this" for line in carried.text.splitlines() if line.strip())
        assert not any(piece.is_carried for piece in in_pieces(edited, last))
        assert part in ("subjective", "plan")


@given(NOTES)
def test_no_risk_and_no_time_is_ever_carried(last: NoteText) -> None:
    for carried in carried_from(last).values():
        assert not any(must_be_written_anew(line) for line in carried.text.splitlines())


@pytest.mark.parametrize("said", [
    "Denies SI and HI.", "No suicidal ideation.", "Self-harm: none", "Safety plan reviewed.", "Low risk.",
    "Homicidal thoughts denied", "Session 10:00 to 10:50.", "50 minutes.", "Began at two", "Hurting himself: no.",
    "C-SSRS negative", "Call 988.", "No danger to self or others.",
])  # fmt: skip
def test_what_speaks_of_risk_or_the_clock_stays_behind(said: str) -> None:
    last = NoteText(subjective=f"Slept badly.\n{said}", plan=said)
    assert carried_from(last) == {"subjective": Carried("Slept badly.", 1)}


@pytest.mark.parametrize("said", ["His sister is better.", "Walks daily.", "Situation at work.", "Plan: weekly."])
def test_everyday_words_are_carried(said: str) -> None:
    assert carried_from(NoteText(plan=said)) == {"plan": Carried(said, 0)}


def test_what_was_seen_and_judged_is_offered_to_nobody() -> None:
    assert carried_from(NoteText(objective=LONG, assessment=LONG)) == {}


def test_repeating_what_has_to_be_new_is_found_wherever_it_stands() -> None:
    last = NoteText("Said nothing of note.", LONG, "Better.", "Risk stays low, the plan for safety holds.")
    assert repeated_though_new(NoteText(objective=f"Tearful.\n{LONG}"), last) == ("objective",)
    assert repeated_though_new(NoteText(assessment=LONG), last) == ("assessment",)
    assert repeated_though_new(NoteText(plan="Risk stays low, the plan for safety holds."), last) == ("plan",)
    assert repeated_though_new(NoteText(assessment="Better."), last) == ()  # as short as that is no copy
    assert repeated_though_new(NoteText(subjective="Said nothing of note."), last) == ()
