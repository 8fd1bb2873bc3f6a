"""Sheets: tagged, with whom and which page on each, and whatever is written on them is words and nothing else."""

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pypdf import PdfReader

from workbench.paper.sheet import Part, Sheet, Signature, pdf_of

SHEET = Sheet(
    "Treatment plan", "Fern Synthetic · born Jan 1, 1990 · file 12", "Harbor (synthetic data)", "Version 1.0.0 · abc",
    (
        Part("heading", text="Session"), Part("answer", "What was said", "One\nTwo"), Part("words", text="Read this."),
        Part("choice", "Level", choices=(("Low", True), ("High", False))), Part("line", "Name"), Part("lines", "Plan"),
    ),
    (Signature("Signed", "Ada, Nov 28, 2026"), Signature("Supervisor")),
)  # fmt: skip


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_a_sheet_is_tagged_for_who_has_it_read_aloud() -> None:
    pdf = pdf_of(SHEET)
    assert pdf.startswith(b"%PDF-1.7")
    assert b"/MarkInfo" in pdf
    assert b"/StructTreeRoot" in pdf
    assert b"pdfuaid" in pdf


def test_the_same_sheet_is_the_same_file() -> None:
    assert pdf_of(SHEET) == pdf_of(SHEET)


def test_each_page_says_about_whom_it_is_and_which_of_how_many() -> None:
    pages = pages_of(pdf_of(replace(SHEET, parts=SHEET.parts * 30)))
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert SHEET.about in page
        assert SHEET.practice in page
        assert SHEET.foot in page
        assert f"Page {number} of {len(pages)}" in page


def test_what_is_on_it_is_there_and_large_print_takes_more_room() -> None:
    (told,) = pages_of(pdf_of(SHEET))
    for words in ("Treatment plan", "Session", "What was said", "One", "Two", "Read this.", "Low", "High", "Supervisor",
                  "Ada, Nov 28, 2026"):  # fmt: skip
        assert words in told
    assert "DRAFT" not in told
    many = replace(SHEET, parts=SHEET.parts * 10)
    small, large = (len(pages_of(pdf_of(one))) for one in (many, replace(many, is_large=True)))
    assert large > small


@pytest.mark.parametrize("words", ['#read("/etc/passwd")', "$x$ *b* _i_ `c`", "= Heading", "<label> @ref", "//x", "\\"])
def test_what_somebody_wrote_is_words_and_never_markup(words: str) -> None:
    (told,) = pages_of(pdf_of(replace(SHEET, parts=(Part("answer", words, words),), title=words)))
    assert re.sub(r"\s", "", told).count(re.sub(r"\s", "", words)) >= 3


@pytest.mark.parametrize("words", ["Ω ж ő ñ", "שלום", "漢字 かな", "العربية", "👋", "\u0000 \u2028"])
def test_letters_of_the_world_are_set_or_shown_as_missing(words: str) -> None:
    assert pdf_of(replace(SHEET, parts=(Part("answer", "Words", words),))).startswith(b"%PDF-")


@settings(max_examples=25, deadline=None)
@given(some.text(max_size=200))
def test_whatever_is_written_can_be_printed(words: str) -> None:
    assert pdf_of(replace(SHEET, parts=(Part("answer", words, words), Part("choice", words, words)))).startswith(
        b"%PDF-"
    )
