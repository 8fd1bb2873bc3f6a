"""Sending a picture of an insurance card or an identity document, from the phone it was taken with."""

from typing import Any, ClassVar, Final

from tornado.httputil import HTTPFile, HTTPInputError, parse_body_arguments
from tornado.web import HTTPError, stream_request_body

from workbench.actions.documents.refuse_file import refuse_file
from workbench.actions.documents.send_own_file import TITLES, send_own_file
from workbench.documents.kinds_of_file import LARGEST
from workbench.kernel.errors import WorkbenchError
from workbench.portal.asking import Asking
from workbench.portal.page import PortalPage
from workbench.screens.own_people import OwnPerson, ProxyScope
from workbench.web.doorway import beside
from workbench.web.scanning import HarmfulFile, Scanner

PATH: Final = "/portal/cards"
_AROUND: Final = 64 * 1024
"""Bytes of a form around its file."""
_SECONDS: Final = 180
"""How long a picture may take to arrive over a slow line."""


@stream_request_body
class OwnFiles(PortalPage):
    """One file a form. Its body may be large and is taken from who is signed in only: `prepare` runs before it."""

    path = PATH
    title_key = "cards.title"
    told = frozenset({"cards.sent"})
    kinds: ClassVar[tuple[str, ...]] = tuple(TITLES)
    _is_read = False

    async def prepare(self) -> None:
        """Who it is; only then may what they send be large."""
        self._body = bytearray()
        self._files: dict[str, list[HTTPFile]] = {}
        await super().prepare()
        if not self._finished and self.request.connection is not None:
            connection: Any = self.request.connection
            connection.set_max_body_size(LARGEST + _AROUND)
            connection.set_body_timeout(_SECONDS)

    def data_received(self, chunk: bytes) -> None:
        """A piece of it."""
        self._body += chunk

    def check_xsrf_cookie(self) -> None:
        """The token comes with the body, so it is looked at when that is there and before anything is done."""
        if self._is_read:
            super().check_xsrf_cookie()

    async def get(self) -> None:
        """What can be sent."""
        self._show(200, {})

    async def post(self) -> None:
        """Looked at by the scanner, told by its bytes, filed for the office."""
        self._read()
        sent = self._files.get("file", [])
        if not sent or not sent[0].body:
            self._show(400, {"file": self.t("cards.choose")})
            return
        content = bytes(sent[0].body)
        try:
            await beside(scanned, self.asking, self.portal.scanner, content)
            await self.do(send_own_file, self.whom.patient_id, content=content, what=self.typed("what", 40))
        except WorkbenchError as refusal:
            self._show(409, self.problems(refusal))
            return
        self.go_on(PATH, "cards.sent")

    def _read(self) -> None:
        """The form out of what arrived.

        Raises:
            HTTPError: 400, it is no form. 403, its token is not this browser's. 404, it is about nobody of theirs.
        """
        try:
            parse_body_arguments(
                self.request.headers.get("Content-Type", ""), bytes(self._body), self.request.body_arguments,
                self._files, self.request.headers,
            )  # fmt: skip
        except HTTPInputError:
            raise HTTPError(400) from None
        for name, values in self.request.body_arguments.items():
            self.request.arguments.setdefault(name, []).extend(values)
        self._body.clear()
        self._is_read = True
        self.check_xsrf_cookie()
        self.whom = self._chosen()

    def _show(self, status: int, problems: dict[str, str]) -> None:
        self.page("cards.html", status, kinds=self.kinds, largest=LARGEST >> 20, problems=problems,
                  values={"what": self.typed("what", 40) if self._is_read else ""})  # fmt: skip

    @classmethod
    def stands_for(cls, whom: OwnPerson) -> bool:
        """Where the link opens documents."""
        return whom.opens(ProxyScope.CHART)


def scanned(asking: Asking, scanner: Scanner | None, content: bytes) -> None:
    """Refuse what the scanner knows as harmful, and write down that it was sent.

    Raises:
        HarmfulFile, ScannerAway.
    """
    if scanner is None:
        return
    try:
        scanner.look_at(content)
    except HarmfulFile as found:
        asking.call(refuse_file, content=content, signature=found.signature)
        raise
