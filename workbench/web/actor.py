"""Who is acting on a page: asked at every callback, never remembered."""

from typing import Any

import panel as pn
from bokeh.document import Document

from workbench.accounts.rules import SignedOut
from workbench.gate.actor import Actor
from workbench.web.watch import Visitor


def session_actor(document: Document | None = None) -> Actor:
    """The person of the page that runs now (or of `document`), with the roles they hold at this moment.

    Raises:
        SignedOut: their session is over, or nobody's page is running.
    """
    return visitor_on(document).actor()


def visitor_on(document: Document | None = None) -> Visitor:
    """The session that a page belongs to.

    Raises:
        SignedOut: nobody's page is running.
    """
    page = document or pn.state.curdoc
    context: Any = page.session_context if page is not None else None
    visitor = getattr(context.request, "visitor", None) if context is not None else None
    if not isinstance(visitor, Visitor):
        raise SignedOut
    return visitor
