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
    panes = pn.custom.Children(default=[])
    slots = param.List(default=[], item_type=str)

    _esm = "export function render({model}) { return window.workbench.attach(model) }"

    def __init__(self, on_message: Callable[[Message], None], **params: Any) -> None:
        super().__init__(**params)
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
        self.param.update(html=str(html), slots=list(named), panes=list(named.values()))

    def place(self, **regions: Markup) -> None:
        """Draw other named places of the page, leaving those not named as they are."""
        self.regions = {**self.regions, **{name: str(html) for name, html in regions.items()}}

    def tell(self, kind: str, **facts: Any) -> None:
        """Send one thing that happens once: an answer, a toast, a file."""
        self._send_msg({"kind": kind, **facts})

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
