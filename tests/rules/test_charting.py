"""When a note can be signed, and what its hash covers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.charting.rules import (
    Due,
    NotADiagnosis,
    Signature,
    codes_typed,
    content_hash,
    diagnosis,
    due,
    missing_to_sign,
    tidied,
)
from workbench.charting.tables import NoteText

NOW = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
SIGNED = Signature("nte_1", "att_1", "pat_1", "stf_1", "Ada Byron, LCSW", NOW, date(2026, 3, 9))
TEXT = NoteText("s", "o", "a", "p", ("F41.1",))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("F41.1", "F41.1"),
        ("f411", "F41.1"),
        (" f32a ", "F32.A"),
        ("F90", "F90"),
        ("T74.01XA", "T74.01XA"),
        ("C7A.1", "C7A.1"),
    ],
)
def test_codes_are_kept_in_one_form(typed: str, kept: str) -> None:
    assert diagnosis(typed) == kept == diagnosis(kept)


@pytest.mark.parametrize(
    "typed", ["", "F", "F4", "41.1", "F41.", "F41.12345", "FX1.1", "F41,1", "F41.1 F32.A", "É41.1"]
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    if typed == "F41.":  # a point with nothing after it is a slip that harms nobody
        assert diagnosis(typed) == "F41"
        return
    with pytest.raises(NotADiagnosis):
        diagnosis(typed)


@given(st.text(max_size=12))
def test_any_text_is_a_code_in_its_form_or_refused(typed: str) -> None:
    try:
        kept = diagnosis(typed)
    except NotADiagnosis:
        return
    assert diagnosis(kept) == kept
    assert 3 <= len(kept.replace(".", "")) <= 7


def test_codes_are_kept_once_and_in_order() -> None:
    assert tidied(NoteText(diagnoses=("f411", "F32.A", "F41.1", " "))).diagnoses == ("F41.1", "F32.A")
    with pytest.raises(NotADiagnosis):
        tidied(NoteText(diagnoses=tuple(f"F{number}" for number in range(10, 23))))


def test_codes_may_stand_between_commas_spaces_and_semicolons() -> None:
    assert codes_typed(" F41.1, F32.A;F90  G47 ") == ("F41.1", "F32.A", "F90", "G47")


def test_what_is_missing_is_told_part_by_part() -> None:
    assert missing_to_sign(TEXT) == {}
    assert list(missing_to_sign(NoteText(subjective="s"))) == ["assessment", "plan", "diagnoses"]


@pytest.mark.parametrize(
    "signature",
    [
        replace(SIGNED, signed_as="Ada Byron, PhD"),
        replace(SIGNED, signed_at=NOW + timedelta(microseconds=1)),
        replace(SIGNED, service_on=date(2026, 3, 8)),
        replace(SIGNED, patient_id="pat_2"),
        replace(SIGNED, author_id="stf_2"),
        replace(SIGNED, note_id="nte_2"),
        replace(SIGNED, attendance_id="att_2"),
    ],
)
def test_the_hash_covers_who_what_and_when(signature: Signature) -> None:
    assert content_hash(signature, TEXT) != content_hash(SIGNED, TEXT)


@given(*[st.text(max_size=20)] * 4)
def test_the_hash_tells_parts_apart(subjective: str, objective: str, assessment: str, plan: str) -> None:
    text = NoteText(subjective, objective, assessment, plan)
    moved = NoteText(subjective + objective, "", assessment, plan)
    assert (content_hash(SIGNED, text) == content_hash(SIGNED, moved)) == (text == moved)


def test_the_hash_never_changes_its_meaning() -> None:
    assert content_hash(SIGNED, TEXT).hex() == "ba6e67467e28633bc17ec1f55b345572a37b0a56c51d380907c8bf6e158a15ae"


@pytest.mark.parametrize(
    ("waited", "how"), [(0, Due.NEW), (23.9, Due.NEW), (24, Due.REMIND), (71.9, Due.REMIND), (72, Due.OVERDUE)]
)
def test_notes_become_due(waited: float, how: Due) -> None:
    assert due(NOW - timedelta(hours=waited), NOW) is how
