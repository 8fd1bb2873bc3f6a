"""The staff shell: navigation, one page at a time, answers, dialogs and search, for one signed-in person.

It never blocks the event loop: whatever a page does runs in a pool of threads, one thing at a time for each person,
and what comes of it is brought back to the document by its next tick.
"""

import asyncio
import base64
import hashlib
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import Any

from bokeh.document import Document
from markupsafe import Markup

from dashboards.parts.assets import assets
from dashboards.parts.following import LOOK_EVERY, Following
from dashboards.parts.fragment import Fragment
from dashboards.parts.html import ENVIRONMENT, render
from dashboards.parts.message import PIECE, Message
from dashboards.parts.navigation import Found, MenuItem, NavItem, Notice, Waits, Words, is_under
from dashboards.parts.off_loop import log_where, run_off_loop
from dashboards.parts.page import Drawing, Page, Plain, Theme, View
from dashboards.parts.replies import LEFT, Ask, Deliver, Done, Go, Redraw, Refused, Reply, refused
from dashboards.parts.routes import PageFactory, Routes, Visit
from dashboards.parts.running_sign import NO_SIGN, SIGN_EVERY, RunningSign, SignPlace
from dashboards.parts.uploads import Uploads
from workbench.kernel.errors import WorkbenchError


class Shell:
    """One person's session in the browser. `serve` puts it into a Bokeh document; everything else follows messages."""

    def __init__(
        self,
        routes: Mapping[str, PageFactory],
        nav: tuple[NavItem, ...],
        person: str,
        words: Words,
        *,
        base: str = "",
        who: str = "",
        create: tuple[MenuItem, ...] = (),
        search: Callable[[str], tuple[Found, ...]] | None = None,
        notices: Callable[[], tuple[Notice, ...]] | None = None,
        enter: Callable[[Page], None] = lambda page: None,  # noqa: ARG005
        sign: RunningSign = NO_SIGN,
        uploads: Uploads | None = None,
    ) -> None:
        self.nav, self.person, self.words, self.base, self.create = nav, person, words, base, create
        self.search, self.notices, self._enter = search, notices, enter
        self.who = hashlib.sha256(f"{who}|{person}|{words.role}".encode()).hexdigest()[:24]
        self.theme: Theme = "light"
        self.fragment = Fragment(self.receive, name="fragment")
        self._routes, self._uploads = Routes(routes), uploads or Uploads()
        self._view = View(Plain("", Markup("")), "")
        self._one_at_a_time = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._document: Document | None = None
        self._has_been_seen = False
        self._sign = SignPlace(sign, lambda html: self._next_tick(partial(self.fragment.place, sign=html)))
        self._following = Following(lambda: self._view.page, self._renew)

    def serve(self, document: Document, path: str = "/") -> None:
        """Become the content of `document`: what a Bokeh application function does."""
        self.prepare(document, path).server_doc(document, title=self.words.product)

    def prepare(self, document: Document, path: str = "/") -> Fragment:
        """Give `document` our template and begin to open `path` at once, before the browser has connected.

        Returns what to put into the document: what a function given to `pn.serve` returns.
        """
        self._document = document
        document.template = ENVIRONMENT.get_template("shell/document.html")
        document.title = self.words.product
        document.config.notify_connection_status = False
        document.template_variables.update(
            shell=self, words=self.words, assets=assets(), crumbs=Markup(""), **self.draw_nav(path, {})
        )
        document.add_periodic_callback(self.look, LOOK_EVERY)
        document.add_periodic_callback(self.look_at_sign, SIGN_EVERY)
        self._start(self._open(path))
        return self.fragment

    def look(self) -> None:
        """See whether the open page has become old; called again and again for as long as the browser is there."""
        self._start(self._following.look())

    def look_at_sign(self) -> None:
        """See whether the line above the page says something else by now."""
        self._start(self._sign.look())

    def receive(self, message: Message) -> None:
        """Begin to answer a message. Search does not wait for a page that is still loading."""
        if message.do == "shell.search":
            self._start(self._search(message))
        elif message.do == "shell.notices":
            self._start(self._notices(message))
        else:
            self._start(self._answer(message, self._view.page))

    # What follows runs on the event loop and only waits.

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)  # a task nobody holds may be collected before it ends
        task.add_done_callback(self._tasks.discard)

    def _next_tick(self, call: Callable[[], None]) -> None:
        if self._document is not None and self._document.session_context is not None:
            self._document.add_next_tick_callback(call)
        else:
            call()

    async def _open(self, path: str, seq: int | None = None) -> None:
        turn = self._view.turn = self._view.turn + 1
        async with self._one_at_a_time:
            if turn != self._view.turn:
                return  # somebody who clicks twice wants the second
            page, drawing = await run_off_loop(partial(self._opened, path))
            if turn != self._view.turn:
                return
            self._view = View(page, path, turn)
        self._next_tick(partial(self._show, drawing, seq))

    async def _answer(self, message: Message, page: Page) -> None:
        if message.do == "shell.go":
            await self._open(message.text("path"), message.seq)
        elif message.do == "shell.hello":
            await self._hello(message)
        elif message.do == "shell.theme":
            await self._repaint(message)
        elif message.do == "shell.closed":
            self._next_tick(partial(self._closed, message))
        else:
            async with self._one_at_a_time:
                reply, drawing = await run_off_loop(partial(self._handled, message, page))
            self._next_tick(partial(self._reply, message, reply, drawing))

    async def _renew(self, page: Page) -> None:
        async with self._one_at_a_time:
            drawing = await run_off_loop(partial(self._again, page)) if page is self._view.page else None
        if drawing is not None:
            self._next_tick(partial(self._draw_again, drawing, closes=False))
            self._next_tick(partial(self.fragment.tell, "renewed"))

    async def _hello(self, message: Message) -> None:
        # The first greeting finds the page already open; a later one comes from a browser that lost its session.
        self.theme = "dark" if message.text("theme") == "dark" else "light"
        path = message.text("path") or "/"
        if path != self._view.path and self._view.path:
            await self._open(path, message.seq)
        else:
            await self._repaint(message)

    async def _repaint(self, message: Message) -> None:
        self.theme = "dark" if message.text("theme") == "dark" else "light"
        self._has_been_seen = True
        async with self._one_at_a_time:
            panes = await run_off_loop(partial(self._panes, self._view.page))
        if panes:
            self._next_tick(partial(self.fragment.fill, panes))
        self._next_tick(partial(self.fragment.tell, "ack", seq=message.seq, ok=True))

    async def _search(self, message: Message) -> None:
        query = message.text("q")[:80]
        found = await run_off_loop(partial(self._found, query))
        html = render("shell/results.html", found=found, query=query, base=self.base)
        self._next_tick(partial(self.fragment.tell, "results", seq=message.seq, html=str(html), q=query))

    async def _notices(self, message: Message) -> None:
        notices = await run_off_loop(self.notices) if self.notices else ()
        html = render("shell/notices.html", notices=notices, base=self.base)
        self._next_tick(partial(self._ask, message, Ask(html, "Notifications", "drawer")))

    # What follows runs in the pool and may block.

    def _opened(self, path: str) -> tuple[Page, Drawing]:
        found = self._routes.find(path)
        if found is None:
            page: Page = Plain("Not found", render("shell/not_found.html", base=self.base))
            return page, self._drawn(page, path)
        factory, visit = found
        try:
            page = factory(visit)
            self._enter(page)
            page.load()
            return page, self._drawn(page, path)
        except WorkbenchError as refusal:
            told = refused(refusal)
            page = Plain("Not available", render("shell/refused.html", told=told, base=self.base, path=path))
        except Exception as error:  # noqa: BLE001 - the edge: a page that broke must not take the shell with it
            log_where(error)
            page = Plain("Something broke", render("shell/broken.html", path=path, base=self.base))
        return page, self._drawn(page, path)

    def _again(self, page: Page) -> Drawing:
        self._enter(page)
        page.load()
        return self._drawn(page, self._view.path)

    def _drawn(self, page: Page, path: str) -> Drawing:
        body = page.render()
        html = render("shell/page.html", page=page, path=path, body=body, title=f"{page.title} · {self.words.practice}")
        crumbs = render("shell/crumbs.html", crumbs=page.crumbs(), base=self.base)
        counts = {item.path: item.waits() for item in self.nav if item.count is not None}
        return Drawing(html, crumbs, self.draw_nav(path, counts), self._panes(page))

    def _panes(self, page: Page) -> Mapping[str, Any]:
        # Figures are built once the browser has said whether it is light or dark; nobody can see them before.
        return page.panes(self.theme) if self._has_been_seen else {}

    def draw_nav(self, path: str, counts: Mapping[str, Waits]) -> dict[str, Markup]:
        """The rail and the bottom bar, with the place of `path` marked; the base shows the first of them."""
        path = self.nav[0].path if self.nav and path.partition("?")[0] in ("", "/") else path
        here = max((i.path for i in self.nav if is_under(path, i.path)), key=len, default="")
        words: dict[str, Any] = {"items": self.nav, "here": here, "counts": counts, "base": self.base}
        return {"nav": render("shell/nav.html", **words), "bottom": render("shell/bottom.html", **words)}

    def _handled(self, message: Message, page: Page) -> tuple[Reply, Drawing | None]:
        if page is not self._view.page:
            return LEFT, None  # what was meant for one page never acts on the next
        try:
            if message.do == PIECE:
                self._uploads.take_piece(message)
                return Redraw(), None
            self._enter(page)
            answer = self._sign.sign.verbs.get(message.do, page.handle)
            reply = answer(self._uploads.with_files(message)) or Redraw()
            if isinstance(reply, Done) and reply.go is None:
                page.load()
            draws = isinstance(reply, Redraw) or (isinstance(reply, Done) and reply.go is None)
            path = (reply.path if isinstance(reply, Redraw) else None) or self._view.path
            drawing = self._drawn(page, path) if draws else None
            stays = reply.stays() if isinstance(reply, Done) and reply.stays else None
            return reply, drawing.with_dialog(render("shell/dialog.html", ask=stays)) if drawing and stays else drawing
        except WorkbenchError as refusal:
            return refused(refusal), None
        except Exception as error:  # noqa: BLE001 - the edge: what broke is logged without what was typed
            log_where(error)
            return Refused("Something broke on our side, and this was not done. Please try again."), None

    def _found(self, query: str) -> tuple[Found, ...]:
        if self.search is None:
            return ()
        try:
            return self.search(query)
        except WorkbenchError:
            return ()

    # What follows runs in the document's next tick and only tells the browser.

    def _show(self, drawing: Drawing, seq: int | None = None) -> None:
        if seq is not None:
            self.fragment.tell("ack", seq=seq, ok=True)
        self.fragment.place(crumbs=drawing.crumbs, dialog=Markup(""), **drawing.nav)
        self.fragment.draw(drawing.html, drawing.panes)
        self.look_at_sign()

    def _reply(self, message: Message, reply: Reply, drawing: Drawing | None) -> None:
        if isinstance(reply, Refused):
            told = {"sentence": reply.sentence, "fields": dict(reply.fields), "step_up": reply.step_up}
            self.fragment.tell("ack", seq=message.seq, ok=False, **told)
            return
        if isinstance(reply, Ask):
            self._ask(message, reply)
            return
        # The answer goes first: it lets the form's own text go, so that the new drawing may replace it.
        self.fragment.tell("ack", seq=message.seq, ok=True)
        if isinstance(reply, Deliver):
            content = base64.b64encode(reply.content).decode()
            self.fragment.tell("file", name=reply.filename, type=reply.media_type, content=content)
        if isinstance(reply, Done | Deliver) and reply.toast:
            self.fragment.tell("toast", text=reply.toast, tone=getattr(reply, "tone", "good"))
        if isinstance(reply, Redraw) and reply.path:
            self._view.path = reply.path
            self.fragment.tell("path", path=reply.path)
        if drawing is not None:
            self._draw_again(drawing, closes=isinstance(reply, Done))
            self.look_at_sign()
        target = reply.path if isinstance(reply, Go) else reply.go if isinstance(reply, Done) else None
        if target is not None:
            self.fragment.tell("path", path=target, push=True)
            self._start(self._open(target))

    def _draw_again(self, drawing: Drawing, *, closes: bool) -> None:
        self.fragment.place(crumbs=drawing.crumbs, **drawing.nav, **({"dialog": drawing.dialog} if closes else {}))
        self.fragment.draw(drawing.html, drawing.panes)

    def _ask(self, message: Message, ask: Ask) -> None:
        self.fragment.tell("ack", seq=message.seq, ok=True)
        self.fragment.place(dialog=render("shell/dialog.html", ask=ask))

    def _closed(self, message: Message) -> None:
        self.fragment.place(dialog=Markup(""))
        self.fragment.tell("ack", seq=message.seq, ok=True)


__all__ = ["Found", "MenuItem", "NavItem", "Notice", "Page", "PageFactory", "Shell", "Visit", "Words", "run_off_loop"]
