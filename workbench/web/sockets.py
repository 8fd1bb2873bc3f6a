"""The socket of a page: bound to the sign-in that opened the page, checked at every message, silent about faults."""

import hmac
import logging
from collections.abc import Awaitable
from typing import Any, Final

from bokeh.protocol.message import Message
from bokeh.server.session import ServerSession
from bokeh.util.token import check_token_signature, get_token_payload
from panel.io.server import WSHandler
from tornado.websocket import WebSocketClosedError

from workbench.accounts.rules import SignedIn
from workbench.gate.needs import Open
from workbench.web.documents import BOUND, NotBuilt, SessionAuth, binding
from workbench.web.edge import edge_of, visitor_of
from workbench.web.logs import where
from workbench.web.messages import NotExpected, events_of, is_input
from workbench.web.pages import SafeHandler
from workbench.web.watch import SIGNED_OUT, Visitor

log = logging.getLogger(__name__)

LARGEST_FRAME: Final = 1024 * 1024
LARGEST_MESSAGE: Final = 2 * LARGEST_FRAME
"""One message may come in several frames; files come in messages of their own, piece by piece (`parts/uploads`)."""

REFUSED: Final = 4403
BROKEN: Final = 4400

NEUTRAL: Final = "This was not accepted."


class PageSocket(SafeHandler, WSHandler):
    """Carries one document between server and page."""

    needs = Open.SIGNED_IN

    _bytes = 0

    def get_current_user(self) -> SignedIn | None:
        """Through the provider, which also asks whether this application is open to them."""
        return SessionAuth._user(self)

    def check_xsrf_cookie(self) -> None:
        """A handshake carries no form token; its Origin was compared before it came here."""

    def open(self, *args: Any, **kwargs: Any) -> None:
        """Attach only with a token that this server signed, for this application, for this very sign-in."""
        visitor = visitor_of(self)
        if (
            visitor is None
            or self.selected_subprotocol != "bokeh"
            or not self._is_bound(visitor)
            or not self.current_user
        ):
            self.close(REFUSED, "refused")
            return
        self.set_nodelay(
            True
        )  # a message is three small frames, and the kernel would hold each back for the one before
        visitor.watch.register(visitor.session_hash, self)
        super().open(*args, **kwargs)  # type: ignore[no-untyped-call]

    def _may_attach(self, visitor: Visitor) -> bool:
        return self.current_user is not None and self._is_bound(visitor)

    def _is_bound(self, visitor: Visitor) -> bool:
        token = self._token or ""
        try:
            if not check_token_signature(token, secret_key=self.settings["page_key"], signed=True):
                return False
            payload = get_token_payload(token)
        except Exception as error:  # noqa: BLE001 - a stranger's bytes may fail to parse in any way, and all mean no
            log.info("page token refused: %s", type(error).__name__)
            return False
        expected = binding(edge_of(self).secret, visitor.session_hash, self.application_context.url)
        return hmac.compare_digest(str(payload.get(BOUND)), expected)

    async def _async_open(self, token: str) -> None:
        try:
            await super()._async_open(token)
        except (Exception, NotBuilt) as error:  # noqa: BLE001 - nobody awaits this; the socket must close, quietly
            cause = error.error if isinstance(error, NotBuilt) else error
            log.warning("socket of %s did not open: %s", self.request.path, where(cause))
            self.close(BROKEN, "not opened")

    async def on_message(self, fragment: str | bytes) -> None:
        """One frame. Is the session still live, is the message one of ours, is it a person's doing?"""
        visitor = visitor_of(self)
        if visitor is None or visitor.watch.current(visitor.session_hash) is None:
            self.close(SIGNED_OUT, "signed out")
            return
        try:
            await self._take(fragment, visitor)
        except NotExpected:
            self.close(BROKEN, "not expected")
        except WebSocketClosedError:
            log.debug("the page was gone before its answer")
        except Exception as error:  # noqa: BLE001 - a stranger's bytes; the answer and the log stay neutral
            log.warning("frame refused on %s: %s", self.request.path, where(error))
            self.close(BROKEN, "not understood")

    async def _take(self, fragment: str | bytes, visitor: Visitor) -> None:
        self._bytes += len(fragment)
        if self._bytes > LARGEST_MESSAGE or self.receiver is None or self.connection is None:
            raise NotExpected
        message = await self.receiver.consume(fragment)
        if message is None:
            return
        self._bytes = 0
        if message.msgtype == "PATCH-DOC" and is_input(events_of(message)):
            visitor.watch.input_seen(visitor.session_hash)
        await self.send_message(await self._answer(message))

    async def _answer(self, message: Message[Any]) -> Message[Any]:
        connection: Any = self.connection
        patch: Any = ServerSession.patch
        pull: Any = ServerSession.pull
        try:
            if message.msgtype == "PATCH-DOC":
                return await _answered(patch(message, connection))
            if message.msgtype == "PULL-DOC-REQ":
                return await _answered(pull(message, connection))
        except Exception as error:  # noqa: BLE001 - said to nobody but the log, and there only where, not what
            log.warning("message refused on %s: %s", self.request.path, where(error))
        else:
            raise NotExpected
        # Outside the handler above: Bokeh writes the traceback of whatever is being handled into an ERROR message.
        refused: Message[Any] = connection.error(message, NEUTRAL)
        return refused

    def on_close(self) -> None:
        """Forget the socket."""
        visitor = visitor_of(self)
        if visitor is not None:
            visitor.watch.unregister(visitor.session_hash, self)
        if self.connection is not None:
            super().on_close()

    def _internal_error(self, message: str) -> None:  # noqa: ARG002 - Bokeh would send and log it
        self.close(BROKEN, "not understood")

    def _protocol_error(self, message: str) -> None:  # noqa: ARG002 - Bokeh would send and log it
        self.close(BROKEN, "not understood")


async def _answered(work: Awaitable[Message[Any]]) -> Message[Any]:
    return await work
