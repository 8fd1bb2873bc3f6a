"""What a browser sends is judged by shape and size before anything acts on it."""

import base64
import string
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.parts.message import (
    CHUNK_BYTES,
    LARGEST_MESSAGE,
    LONGEST_VALUE,
    PIECE,
    BadMessage,
    FieldProblem,
    Message,
    read_message,
)
from dashboards.parts.uploads import MOST_BYTES, MOST_FILES, Uploads


def test_a_button_with_its_arguments_is_read() -> None:
    read = read_message({"do": "cancel", "values": {"id": "apt_1", "row": ["a", "b"]}, "key": "k" * 24, "seq": 7})
    assert (read.do, read.key, read.seq) == ("cancel", "k" * 24, 7)
    assert read.text("id") == "apt_1"
    assert read.all("row") == ("a", "b")
    assert read.text("absent", "x") == "x"


@pytest.mark.parametrize(
    "data",
    [
        None,
        "cancel",
        ["cancel"],
        {},
        {"do": 1},
        {"do": "__init__"},
        {"do": "Cancel"},
        {"do": "a.b.c"},
        {"do": "x" * 200},
        {"do": "cancel", "values": []},
        {"do": "cancel", "values": {"id": 1}},
        {"do": "cancel", "values": {"id": {"a": "b"}}},
        {"do": "cancel", "values": {"id": [["a"]]}},
        {"do": "cancel", "values": {"<b>": "a"}},
        {"do": "cancel", "values": {f"f{n}": "" for n in range(500)}},
        {"do": "cancel", "values": {"rows": ["a"] * 3000}},
        {"do": "cancel", "values": {"text": "x" * (LONGEST_VALUE + 1)}},
        {"do": "cancel", "values": {f"f{n}": "x" * LONGEST_VALUE for n in range(LARGEST_MESSAGE // LONGEST_VALUE + 1)}},
        {"do": "cancel", "key": "short"},
        {"do": "cancel", "key": "bad key with space"},
        {"do": "cancel", "seq": -1},
        {"do": "cancel", "seq": True},
        {"do": "cancel", "seq": "1"},
    ],
)
def test_what_no_page_of_ours_sends_is_refused(data: Any) -> None:
    with pytest.raises(BadMessage):
        read_message(data)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(ANYTHING | st.fixed_dictionaries({"do": ANYTHING, "values": ANYTHING, "key": ANYTHING, "seq": ANYTHING}))
def test_nothing_a_stranger_sends_does_more_than_be_refused(data: Any) -> None:
    try:
        read = read_message(data)
    except BadMessage:
        return
    assert all(isinstance(one, str) for value in read.values.values() for one in value)


@given(st.dictionaries(st.text(string.ascii_lowercase, min_size=1, max_size=20), st.text(max_size=200), max_size=20))
def test_every_value_can_be_stored(values: dict[str, str]) -> None:
    for many in read_message({"do": "save", "values": values}).values.values():
        for value in many:
            value.encode("utf-8")
            assert "\x00" not in value


def test_fields_are_read_as_what_they_should_be() -> None:
    form = Message(
        "save",
        {
            "on": ("2026-03-09",),
            "at": ("14:30",),
            "n": ("12",),
            "fee": ("$1,234.50",),
            "yes": ("on",),
            "pad": ("  a ",),
        },
    )
    assert form.day("on") == date(2026, 3, 9)
    assert form.time("at") == time(14, 30)
    assert form.whole("n", most=12) == 12
    assert form.money("fee") == 123_450
    assert form.ticked("yes")
    assert not form.ticked("no")
    assert form.text("pad") == "a"


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (Message.day, "03/09/2026"),
        (Message.day, ""),
        (Message.time, "25:00"),
        (Message.whole, "1.5"),
        (Message.whole, "٣"),
        (Message.whole, "-1"),
        (Message.money, "1.005"),
        (Message.money, "much"),
        (Message.required, "   "),
    ],
)
def test_a_field_that_cannot_be_read_names_itself(read: Any, value: str) -> None:
    with pytest.raises(FieldProblem) as problem:
        read(Message("save", {"field": (value,)}), "field")
    assert problem.value.name == "field"
    assert str(problem.value).endswith(".")


def piece(content: bytes, at: int = 0, upload: str = "up_000001") -> Message:
    values = {"upload": upload, "filename": "card.png", "media_type": "image/png", "at": str(at)}
    return read_message({"do": PIECE, "values": {**values, "data": base64.b64encode(content).decode()}})


def form_with(*uploads: str) -> Message:
    return Message("save", {"file:card": uploads, "name": ("a",)})


def test_a_file_in_pieces_arrives_whole_with_its_form() -> None:
    uploads = Uploads()
    uploads.take_piece(piece(b"a" * CHUNK_BYTES))
    uploads.take_piece(piece(b"b" * 10, at=CHUNK_BYTES))
    form = uploads.with_files(form_with("up_000001"))
    (card,) = form.files["card"]
    assert card.content == b"a" * CHUNK_BYTES + b"b" * 10
    assert card.filename == "card.png"
    assert form.values == {"name": ("a",)}


def test_a_missing_or_doubled_piece_is_noticed() -> None:
    uploads = Uploads()
    uploads.take_piece(piece(b"abc"))
    with pytest.raises(BadMessage):
        uploads.take_piece(piece(b"abc"))
    with pytest.raises(BadMessage):
        uploads.with_files(form_with("up_000001"))


def test_a_piece_larger_than_a_piece_or_not_base64_is_refused() -> None:
    with pytest.raises(BadMessage):
        piece(b"x" * (CHUNK_BYTES + 10))
    with pytest.raises(BadMessage):
        Uploads().take_piece(Message(PIECE, {"upload": ("u",), "at": ("0",), "data": ("%%%",)}))


def test_nobody_fills_the_memory_with_files() -> None:
    uploads = Uploads()
    with pytest.raises(BadMessage):
        for n in range(MOST_BYTES // CHUNK_BYTES + 1):
            uploads.take_piece(piece(b"x" * CHUNK_BYTES, at=n * CHUNK_BYTES))
    many = Uploads()
    with pytest.raises(BadMessage):
        for n in range(MOST_FILES + 1):
            many.take_piece(piece(b"x", upload=f"up_{n:06}"))
