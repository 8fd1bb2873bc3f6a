"""The base of every page we write ourselves, and of everything that can fail: neutral words, our own look."""

import hashlib
import http.client
import logging
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape
from tornado.web import HTTPError, RequestHandler

from workbench.accounts.rules import SignedIn
from workbench.gate.needs import Needs, Open, meets
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.web.edge import SIGN_IN, edge_of, visitor_of
from workbench.web.headers import nonce_of
from workbench.web.logs import where
from workbench.web.tongues import chosen_language, translated

log = logging.getLogger(__name__)

HERE: Final = Path(__file__).parent
ASSETS: dict[str, Path] = {"web": HERE / "static"}

WORDS: Final[Mapping[int, tuple[str, str]]] = {
    400: ("That did not arrive whole", "The request could not be read. Go back and try again."),
    403: ("Not open to you", "You do not have access to this, or the page has become too old. Load it again."),
    404: ("Nothing here", "This address leads nowhere, or to something you may not see."),
    405: ("Not in this way", "This address cannot be used like that."),
    413: ("Too large", "What was sent is larger than this page takes."),
    421: ("Wrong address", "This server does not answer to that name."),
    429: ("A little too fast", "Wait a moment and try again."),
    500: ("That went wrong on our side", "It was noted, without what you typed. Try again in a moment."),
    503: ("Very busy just now", "Many people are signing in at once. Wait a few seconds and try again."),
}


@cache
def asset_url(name: str) -> str:
    """The address of a file of `ASSETS`, such as `web/sign_in.css`, with its hash, so that it may be kept for good."""
    room, _, path = name.partition("/")
    digest = hashlib.sha256((ASSETS[room] / path).read_bytes()).hexdigest()[:16]
    return f"/site/{name}?v={digest}"


def page_templates(*folders: Path) -> Environment:
    """Jinja2 for HTML pages: everything escaped, an undefined name is an error, `asset()` for our files."""
    environment = Environment(
        loader=FileSystemLoader([*folders, HERE / "templates"]),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["asset"] = asset_url
    return environment


_TEMPLATES = page_templates()


class SafeHandler(RequestHandler):
    """Fails without telling: no traceback, no payload, no version. Every handler of the server derives from it.

    needs: the permission without which nobody gets in, or why none is asked. The server does not start without it.
    """

    needs: ClassVar[Needs | None] = None

    def prepare(self) -> Any:
        """Nobody without the permission: to them it looks as if there were nothing."""
        if not isinstance(self.needs, Permission):
            return super().prepare()  # Bokeh's handlers ask here who it is
        person = self.get_current_user()
        if person is None:
            self.redirect(f"{SIGN_IN}?next={quote(self.request.path, safe='')}", status=303)
        elif not meets(self.needs, person.actor):
            raise HTTPError(404)
        return None

    def write_error(self, status_code: int, **about: Any) -> None:
        """A small page in our own words; for an expected refusal, the refusal's words."""
        error = (about.get("exc_info") or (None, None))[1]
        title, words = WORDS.get(status_code, WORDS[500] if status_code >= 500 else WORDS[400])
        if isinstance(error, WorkbenchError):
            words = sentence(error)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        page = _TEMPLATES.get_template("error.html")
        # Not `get_current_user`: a handler of pages refuses by it, and that is what is being answered.
        edge, person = edge_of(self), SafeHandler.get_current_user(self)
        home = edge.home_of(person) if person is not None else edge.home
        self.finish(page.render(title=title, words=words, status=status_code, home=home, **self.tongue()))

    def spoken(self, english: str) -> str:
        """The sentence in the language that was chosen in this browser."""
        return translated(self.tongue()["language"], english)

    def tongue(self) -> dict[str, Any]:
        """What templates of this folder speak by: the language's tag, and `_` that says an English sentence in it."""
        language = chosen_language(self, secure=edge_of(self).site.secure)
        return {"language": language, "_": partial(translated, language)}

    def send_error(self, status_code: int = 500, **about: Any) -> None:
        """Refusals are 409, not 500; the reason phrase is always the standard one."""
        error = (about.get("exc_info") or (None, None))[1]
        if status_code == 500 and isinstance(error, WorkbenchError):
            status_code = 409
        if isinstance(error, HTTPError):
            error.reason = None
        about["reason"] = http.client.responses.get(status_code, "Unknown")
        super().send_error(status_code, **about)

    def log_exception(
        self,
        typ: type[BaseException] | None,  # noqa: ARG002
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Where it went wrong, without what was sent."""
        if isinstance(value, (HTTPError, WorkbenchError)):
            return  # the access log has its line
        log.error("%s %s failed: %s", self.request.method, self.request.path[:200], where(value, tb))

    def get_current_user(self) -> SignedIn | None:
        """The live session of this request, or None: nobody is in as long as they owe a factor."""
        visitor = visitor_of(self)
        found = visitor.watch.current(visitor.session_hash) if visitor else None
        return found if found is not None and not found.owes else None

    def get_login_url(self) -> str:
        """Where people sign in."""
        return SIGN_IN


class PageHandler(SafeHandler):
    """A page rendered on the server from a Jinja2 template. Give a subclass its own `templates` for its own folder."""

    templates: Environment = _TEMPLATES

    def show(self, template: str, *, status: int = 200, **values: Any) -> None:
        """Answer with a template. It also sees `xsrf` (the form token), `nonce`, `asset()`, `_()` and `language`."""
        page: Template = self.templates.get_template(template)
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        for told in {"problem", "note"} & values.keys():
            values[told] = self.spoken(values[told])
        token = self.xsrf_token.decode()
        self.finish(page.render(xsrf=token, nonce=nonce_of(self.request), **self.tongue(), **values))


class NotFound(SafeHandler):
    """Whatever has no route. Also stands where stock routes were closed."""

    needs = Open.TO_ALL

    def prepare(self) -> None:
        """Always nothing."""
        raise HTTPError(404)

    def check_xsrf_cookie(self) -> None:
        """Nothing can change here, so a form token is not asked for."""


class Refused(SafeHandler):
    """A request from another site, or for another host."""

    needs = Open.TO_ALL

    def initialize(self, status: int) -> None:
        """Which refusal."""
        self._refusal = status

    def prepare(self) -> None:
        """Always refused."""
        raise HTTPError(self._refusal)

    def check_xsrf_cookie(self) -> None:
        """Refused anyway."""
