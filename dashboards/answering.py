"""The page behind the link of a reminder: no sign-in, no name, no time; looking at it changes nothing (threat A7)."""

import asyncio
import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar, Final

from workbench.actions.messaging.answer_reminder import Answered
from workbench.gate.needs import Needs, Open
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.web.edge import edge_of
from workbench.web.pages import PageHandler, page_templates
from workbench.web.throttle import Throttle, network_of

PATH: Final = "/r"
_LONGEST: Final = 100
_WORDS: Final = {
    "confirm": ("Thank you", "Your appointment is confirmed. You can close this page."),
    "cancel": ("It is cancelled", "Your appointment is cancelled. To find another time, please call the office."),
    "late": (
        "It is cancelled",
        "Your appointment is cancelled. It was short notice, so the office may get back to you about it.",
    ),
}


class AnswerPage(PageHandler):
    """Asks for yes or no. The token stands behind the # of the address, so that no server and no log sees it there."""

    needs: ClassVar[Needs | None] = Open.TO_ALL
    templates = page_templates(Path(__file__).parent / "templates" / "public")

    def initialize(self, answer: Callable[..., Answered], throttle: Throttle) -> None:
        """answer: the verb with the door already given."""
        self._answer, self._throttle = answer, throttle
        self._edge = edge_of(self)

    def get(self) -> None:
        """The question. A scanner of mail that follows the link answers nothing."""
        self._ask()

    async def post(self) -> None:
        """Answer, if the link still counts."""
        token = self.get_body_argument("link", "")[: 3 * _LONGEST].strip().rpartition("#")[2][:_LONGEST]
        said, now = self.get_body_argument("answer", "")[:10], self._edge.clock()
        account = "reminder " + hashlib.sha256(token.encode()).hexdigest()[:16]
        network = "net " + network_of(self.request.remote_ip or "")
        wait = self._throttle.begin(account, network, now)
        if wait > timedelta(0):
            self.set_header("Retry-After", str(int(wait.total_seconds()) + 1))
            self._ask(429, link=token, problem="That was tried several times. Please wait a little and try again.")
            return
        try:
            done = await asyncio.get_running_loop().run_in_executor(
                None, lambda: self._answer(now=now, token=token, answer=said)
            )
        except WorkbenchError as refusal:
            self._ask(409, problem=sentence(refusal))
            return
        self._throttle.right(account, network)
        title, text = _WORDS["late" if done.is_late else done.answer]
        self.show("answered.html", title=title, text=text)

    def _ask(self, status: int = 200, **values: Any) -> None:
        self.show("answer.html", status=status, **{"link": "", "problem": "", **values})
