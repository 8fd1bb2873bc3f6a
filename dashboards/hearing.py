"""Where the gateway of texts posts what came back. It proves itself by a signature; nothing of it is shown anywhere."""

import asyncio
import hmac
from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from typing import Any, ClassVar, Final

from workbench.actions.messaging.hear_text import TextHeard, hear_text
from workbench.gate.action import Gate
from workbench.gate.actor import SystemActor
from workbench.gate.needs import Needs, Open
from workbench.gate.permissions import Permission
from workbench.web.edge import edge_of
from workbench.web.pages import PageHandler

PATH: Final = "/texts"
Sign = Callable[[str, Mapping[str, str]], str]
"""The signature of a form that is posted to an address."""
GATEWAY: Final = SystemActor("text_gateway", frozenset({Permission.HEAR_TEXT}))
"""Whom the log names: its signature is looked at before it may say anything."""
_FIELDS: Final = 60
ANSWER: Final = "This number is not read. Please call the office."


class HearingHandler(PageHandler):
    """Takes a signed form. Without the signature it looks as if there were nothing here."""

    needs: ClassVar[Needs | None] = Open.TO_ALL

    def initialize(self, hear: Callable[..., TextHeard], sign: Sign, url: str) -> None:
        """hear: the verb with the door already given. url: the address as the gateway knows it, which it signs."""
        self._hear, self._sign, self._url = hear, sign, url
        self._edge = edge_of(self)

    def check_xsrf_cookie(self) -> None:
        """No browser comes here: the signature says who it is."""

    async def post(self) -> None:
        """Hear it."""
        form = {name: self.get_body_argument(name, "", strip=False) for name in self.request.body_arguments}
        given = self.request.headers.get("X-Twilio-Signature", "").encode()
        # As bytes: a header may hold what is no ASCII, and that is a wrong signature like any other.
        if len(form) > _FIELDS or not hmac.compare_digest(self._sign(self._url, form).encode(), given):
            self.send_error(404)
            return
        now = self._edge.clock()
        heard = await asyncio.get_running_loop().run_in_executor(
            None, lambda: self._hear(now=now, number=form.get("From", ""), text=form.get("Body", ""))
        )
        self.set_header("Content-Type", "text/xml; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        # To a stop the gateway itself says the one thing that may still be said.
        said = "" if heard.is_stop else f"<Message>{escape(ANSWER)}</Message>"
        self.write(f'<?xml version="1.0" encoding="UTF-8"?><Response>{said}</Response>')


def hearing_route(gate: Gate, sign: Sign, origin: str) -> tuple[str, type[HearingHandler], dict[str, Any]]:
    """For the one gateway there is."""
    hear = partial(hear_text, gate, GATEWAY)
    return (PATH, HearingHandler, {"hear": hear, "sign": sign, "url": f"{origin}{PATH}"})
