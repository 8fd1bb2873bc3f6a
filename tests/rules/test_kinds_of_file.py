"""What a file is, by its bytes: what may run something when it is opened is not taken in."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.documents.kinds_of_file import LARGEST, NotAFileWeKeep, kind_of


def packed(*names: str, size: int = 10) -> bytes:
    """A zip with these entries."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, b"x" * size)
    return held.getvalue()


WORD = ("[Content_Types].xml", "word/document.xml")
KEPT = {
    b"%PDF-1.7 ...": "pdf",
    b"\x89PNG\r\n\x1a\n....": "png",
    b"\xff\xd8\xff\xe0....": "jpg",
    b"GIF89a....": "gif",
    b"RIFF\x00\x00\x00\x00WEBPVP8 ": "webp",
    "Dear Dr. Oak,\r\n\tthank you – José".encode(): "txt",
    packed(*WORD): "docx",
}
REFUSED = {
    "nothing": b"",
    "a program": b"MZ\x90\x00\x03",
    "another program": b"\x7fELF\x02\x01",
    "a page": b"<!doctype html><script>x</script>",
    "a page after a mark": "\ufeff  <html>".encode(),
    "a picture that runs scripts": b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
    "a script": b"#!/bin/sh\nrm -rf /",
    "rich text": b"{\\rtf1 hello}",
    "an archive": packed("a.txt"),
    "a broken archive": b"PK\x03\x04 and no more",
    "a spreadsheet": packed("[Content_Types].xml", "xl/workbook.xml"),
    "a Word document with macros": packed(*WORD, "word/vbaProject.bin"),
    "a Word document with controls": packed(*WORD, "word/activeX/activeX1.bin"),
    "a Word document that is a bomb": packed(*WORD, "word/media/big", size=201 * 1024 * 1024),
    "bytes of nothing known": bytes(range(256)),
    "another encoding": "Größe".encode("latin-1"),
    "too much": b"%PDF-" + b"0" * LARGEST,
}


@pytest.mark.parametrize(("content", "ending"), KEPT.items(), ids=KEPT.values())
def test_what_is_kept_is_known_by_its_bytes(content: bytes, ending: str) -> None:
    assert kind_of(content).ending == ending


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED.keys())
def test_what_could_run_or_is_nothing_known_is_refused(content: bytes) -> None:
    with pytest.raises(NotAFileWeKeep) as refused:
        kind_of(content)
    assert list(refused.value.fields) == ["file"]


@given(st.binary(max_size=300))
def test_any_bytes_are_known_or_refused_and_nothing_else_happens(content: bytes) -> None:
    try:
        kind = kind_of(content)
    except NotAFileWeKeep:
        return
    assert kind.is_text or content[:4] in (b"%PDF", b"\x89PNG", b"GIF8", b"RIFF") or content.startswith(b"\xff\xd8\xff")


@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=100))
def test_words_are_text_unless_they_begin_as_a_page(words: str) -> None:
    begins = words.lstrip("\ufeff \t\r\n").lower()
    if begins.startswith(("<", "#!", "{\\rtf", "%pdf-", "gif8")):
        return
    assert kind_of(words.encode()).is_text
