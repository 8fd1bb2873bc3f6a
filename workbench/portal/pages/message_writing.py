"""Reading a thread, and writing: an answer, or something new."""

from typing import Any, Final

from tornado.web import HTTPError

from workbench.actions.messaging.write_message import write_message
from workbench.kernel.errors import WorkbenchError
from workbench.portal.pages.messages import DRAFT, FILE, LONGEST_TYPED, NEW, PATH, READ, THREAD
from workbench.portal.receiving import TakesFiles
from workbench.screens.own_messages import own_messages, own_thread

_FIELDS: Final = ("topic", "subject", "text")


class _Writes(TakesFiles):
    """What both have in common: a form that is sent once, and shown again with what was typed where it is refused."""

    told = frozenset({"messages.sent", "messages.sent_away"})

    async def _send(self, thread_id: str = "") -> dict[str, str]:
        """Send what was typed; the problems by field, none where it is sent and the browser is led on."""
        typed = {"topic": self.typed("topic"), "subject": self.typed("subject")} if not thread_id else {}
        try:
            done = await self.do(
                write_message, self.whom.patient_id, text=self.typed("text", LONGEST_TYPED), thread_id=thread_id,
                attachment=await self.file("file"), **typed,
            )  # fmt: skip
        except WorkbenchError as refusal:
            return self.problems(refusal)
        told = "messages.sent_away" if done.is_answered_for else "messages.sent"
        self.redirect(f"{THREAD}?id={done.thread_id}&done={told}", status=303)
        return {}


class Thread(_Writes):
    """One thread."""

    path = THREAD
    title_key = "messages.title"

    async def get(self) -> None:
        """What was written, and a field to answer."""
        await self._show(self.get_query_argument("id", ""))

    async def post(self) -> None:
        """An answer."""
        self.arrived()
        thread_id = self.typed("thread")
        if not thread_id:
            raise HTTPError(404)
        problems = await self._send(thread_id)
        if problems:
            await self._show(thread_id, 409, problems=problems, values={"text": self.typed("text", LONGEST_TYPED)})

    async def _show(self, thread_id: str, status: int = 200, **given: Any) -> None:
        shown = await self.ask(own_thread, thread_id)
        if shown.patient_id != self.whom.patient_id:
            raise HTTPError(404)
        values = {"values": {"text": shown.draft.text}, **given}
        self.page("thread.html", status, shown=shown, back=PATH, draft=DRAFT, read=READ, file=FILE, **values)


class NewMessage(_Writes):
    """Something new."""

    path = NEW
    title_key = "messages.new_title"

    async def get(self) -> None:
        """The form, with what was begun and not sent."""
        await self._show()

    async def post(self) -> None:
        """Send it."""
        self.arrived()
        problems = await self._send()
        if problems:
            typed = {name: self.typed(name, LONGEST_TYPED) for name in _FIELDS}
            await self._show(409, problems=problems, values=typed)

    async def _show(self, status: int = 200, **given: Any) -> None:
        shown = await self.ask(own_messages, self.whom.patient_id)
        values = {"values": {name: getattr(shown.draft, name) for name in _FIELDS}, **given}
        self.page("new_message.html", status, shown=shown, back=PATH, draft=DRAFT, **values)
