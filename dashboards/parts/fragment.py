"""The one Panel component of the staff site: a channel that carries HTML down and messages up.

The browser side (`static/js`) morphs the HTML into the page's own `<main>`, so type size, focus, scroll position and
half-typed text survive a new drawing. Bokeh figures and Panel objects sit in the HTML's slots as children.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

import panel as pn
import param
from markupsafe import Markup
from panel.models.esm import ESMEvent

from dashboards.parts.message import BadMessage, Message, read_message

logger = logging.getLogger(__name__)


class Fragment(pn.custom.JSComponent):
    """HTML that was made by our templates, shown in the page; what the person does comes back as a `Message`.

    html: the content of `<main>`. regions: the content of other named places (`crumbs`, `dialog`, …), by name.
    panes and slots: Bokeh figures or Panel objects and, in the same order, the slots in `html` they belong to.
    Nothing the browser claims about these is taken over: only messages are listened to.
    """

    html = param.String(default="")
    regions = param.Dict(default={})
    panes = pn.custom.Children(default=[])  # type: ignore[attr-defined]
    slots = param.List(default=[], item_type=str)

    _esm = "export function render({model}) { return window.workbench.attach(model) }"

    def __init__(self, on_message: Callable[[Message], None], **params: Any) -> None:
        super().__init__(**params)  # type: ignore[no-untyped-call]
        self._on_message = on_message

    @property
    def _linked_properties(self) -> tuple[str, ...]:
        """None: a browser cannot write what it was given to show."""
        return ()

    def draw(self, html: Markup, panes: Mapping[str, Any] | None = None) -> None:
        """Draw `<main>`. Only templates make `html`: plain text is refused, because it was not escaped."""
        if not isinstance(html, Markup):
            raise TypeError("draw() takes Markup made by a template; plain text must be escaped by one.")
        named = panes or {}
        self._put(html=str(html), slots=list(named), panes=list(named.values()))

    def fill(self, panes: Mapping[str, Any]) -> None:
        """Put figures into the slots of what is drawn already."""
        self._put(slots=list(panes), panes=list(panes.values()))

    def place(self, **regions: Markup) -> None:
        """Draw other named places of the page, leaving those not named as they are."""
        self._put(regions={**self.regions, **{name: str(html) for name, html in regions.items()}})

    def tell(self, kind: str, **facts: Any) -> None:
        """Send one thing that happens once: an answer, a toast, a file."""
        self._send_msg({"kind": kind, **facts})

    # Panel drops what changes between the browser's first look at the document and its being marked as connected, and
    # sends events and changes by different ways, so that they may overtake each other. Everything here is called while
    # the document is locked for us, so Bokeh's own way is open, keeps the order and loses nothing.

    def _put(self, **values: Any) -> None:
        before = list(self.panes)
        with param.parameterized.discard_events(self):
            self.param.update(**values)
        for model, _ in list(self._models.values()):
            fresh = {name: getattr(self, name) for name in values if name != "panes"}
            if "panes" in values and (before or self.panes):
                fresh |= self._get_children(model.data, model.document, model, None, None)[0]
            _change(model, fresh)
            for pane in before:
                if pane not in self.panes:
                    pane._cleanup(model)

    def _send_msg(self, data: Any) -> None:
        for model, _ in list(self._models.values()):
            if model.document is not None:
                model.document.callbacks.send_event(ESMEvent(model=model, data=data))  # type: ignore[no-untyped-call]

    def _handle_msg(self, data: Any) -> None:
        try:
            message = read_message(data)
        except BadMessage as refusal:
            logger.warning("a message was refused: %s", type(refusal).__name__)
            seq = data.get("seq") if isinstance(data, dict) else None
            if type(seq) is int:
                self.tell("ack", seq=seq, ok=False, sentence=str(refusal), fields={})
            return
        self._on_message(message)


def _change(model: Any, values: dict[str, Any]) -> None:
    """All values in one message, so that no browser draws half of them."""
    document = model.document
    if document is None:
        model.data.update(**values)
        return
    document.hold("combine")
    try:
        model.data.update(**values)
    finally:
        document.unhold()
