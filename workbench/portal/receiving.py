"""Forms with a file: larger than strangers may send, read only from who is signed in, looked at before it is kept."""

from typing import Any, Final

from tornado.httputil import HTTPInputError
from tornado.web import HTTPError, stream_request_body

from workbench.actions.documents.refuse_file import refuse_file
from workbench.documents.kinds_of_file import LARGEST, NotAFileWeKeep
from workbench.portal.page import PortalPage
from workbench.web.doorway import beside
from workbench.web.scanning import HarmfulFile

_BESIDES: Final = 256 * 1024
"""Bytes of a form besides its file."""
_SECONDS: Final = 180
"""How long a picture may take to arrive over a slow line."""


@stream_request_body
class TakesFiles(PortalPage):
    """A page whose form has a file. Its `post` begins with `self.arrived()`.

    The body comes after `prepare`, so whoever is not signed in sends none of it; the form's token stands in it and is
    asked for once it is here.
    """

    def initialize(self, portal: object) -> None:
        """The practice whose site it is."""
        super().initialize(portal)  # type: ignore[arg-type]
        self._pieces: list[bytes] = []
        self._is_whole = False

    async def prepare(self) -> None:
        """Who it is; then a file may come."""
        await super().prepare()
        if not self._finished and self.request.connection is not None:
            connection: Any = self.request.connection
            connection.set_max_body_size(LARGEST + _BESIDES)
            connection.set_body_timeout(_SECONDS)

    def data_received(self, chunk: bytes) -> None:
        """A piece of the form."""
        self._pieces.append(chunk)

    def check_xsrf_cookie(self) -> None:
        """Once the form is here, as in every form."""
        if self._is_whole:
            super().check_xsrf_cookie()

    def arrived(self) -> None:
        """The form is here: read it, see that it is one of ours, and whom it is about.

        Raises:
            HTTPError: 400, it is no form; 403, without its token; 404, about somebody whom they do not stand in for.
        """
        self.request.body = b"".join(self._pieces)
        self._pieces = []
        try:
            self.request._parse_body()
        except HTTPInputError:
            raise HTTPError(400) from None
        self._is_whole = True
        self.check_xsrf_cookie()
        self.whom = self._chosen()

    async def file(self, name: str) -> bytes:
        """The bytes of a file of the form, looked at; none where nothing was chosen.

        Raises:
            NotAFileWeKeep: more than one. HarmfulFile, ScannerAway.
        """
        found = self.request.files.get(name, [])
        if len(found) > 1:
            raise NotAFileWeKeep("Please send one file at a time.")
        content: bytes = found[0].body if found else b""
        if content and self.portal.scanner is not None:
            try:
                await beside(self.portal.scanner.look_at, content)
            except HarmfulFile as refusal:
                await self.ask(refuse_file, content=content, signature=refusal.signature)
                raise
        return content
