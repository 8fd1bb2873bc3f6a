"""What a page may say over its socket, judged before Bokeh takes it apart."""

from typing import Any, Final

from bokeh.protocol.message import Message

PATCHES: Final = frozenset({"ModelChanged", "MessageSent", "ColumnDataChanged", "ColumnsStreamed", "ColumnsPatched"})
"""A page may change values and send events. It may not add or remove roots, nor rename itself."""

_NUMBERS: Final = frozenset({"uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64", "bool"})
"""The only kinds of array a page sends. Others (`S1000000000`) would make a few bytes into gigabytes."""

_INPUT_EVENTS: Final = frozenset(
    {
        "button_click",
        "menu_item_click",
        "value_submit",
        "tap",
        "doubletap",
        "press",
        "pan",
        "selectiongeometry",
        "reset",
        "cell-click",
        "table-edit",
        "dom_event",
    }
)
_INPUT_VALUES: Final = frozenset({"value", "value_input", "value_throttled", "active", "clicks", "checked", "indices"})


class NotExpected(Exception):
    """A message that no page of ours sends."""


def events_of(message: Message[Any]) -> list[dict[str, Any]]:
    """The events of a patch.

    Raises:
        NotExpected: one of them is not what a page sends.
    """
    content = message.content
    events = content.get("events") if isinstance(content, dict) else None
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise NotExpected
    if any(event.get("kind") not in PATCHES for event in events):
        raise NotExpected
    _accept_values(events)
    return events


def _accept_values(events: list[dict[str, Any]]) -> None:
    """Refuse what Bokeh would unpack or make on the browser's word: gzipped bytes, large arrays, new models."""
    rest: list[Any] = list(events)
    while rest:
        part = rest.pop()
        if isinstance(part, list):
            rest.extend(part)
        elif isinstance(part, dict):
            kind = part.get("type")
            packed = kind == "bytes" and isinstance(part.get("data"), str)
            strange = kind in ("ndarray", "typed_array") and part.get("dtype") not in _NUMBERS
            if packed or strange or kind == "object":
                raise NotExpected
            rest.extend(part.values())


def is_input(events: list[dict[str, Any]]) -> bool:
    """Whether a person's hand is behind one of these events; layout, polling and ready-signals are not input."""
    return any(_by_hand(event) for event in events)


def _by_hand(event: dict[str, Any]) -> bool:
    if event["kind"] == "ModelChanged":
        return event.get("attr") in _INPUT_VALUES
    data = event.get("msg_data")
    if event["kind"] != "MessageSent" or not isinstance(data, dict):
        return False
    return data.get("name") in _INPUT_EVENTS
