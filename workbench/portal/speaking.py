"""What every page of the portal shares, signed in or not: its templates and the language it speaks."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from tornado.web import RequestHandler

from workbench.gate.action import Gate
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.portal import dates
from workbench.portal.words import language_of, said, said_of
from workbench.web.edge import edge_of
from workbench.web.headers import nonce_of
from workbench.web.pages import page_templates
from workbench.web.scanning import Scanner
from workbench.web.tongues import COOKIE, LANGUAGES, USUAL, kept_cookie

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"
HOME: Final = "/portal"
ACCOUNT: Final = "/portal/sign-in"
_TEMPLATES: Final = page_templates(HERE / "templates")


@dataclass(frozen=True)
class Portal:
    """One practice's site: the door, what the practice is called and how it is reached, whether it is invented.

    scanner: what looks at every file that is sent; without one nothing does.
    """

    gate: Gate
    practice: str
    phone: str
    is_synthetic: bool
    scanner: Scanner | None = None


class Speaking(RequestHandler):
    """Mixed into a handler: `t` says a key, `draw` answers with a template, in the person's language."""

    portal: Portal
    title_key = ""

    @property
    def language(self) -> str:
        """Its tag."""
        asked = self.get_query_argument("lang", "")
        kept = self.get_cookie(kept_cookie(secure=edge_of(self).site.secure)) or ""
        return language_of(asked, kept, self.request.headers.get("Accept-Language", ""))

    def t(self, key: str, **values: object) -> str:
        """The text of this key."""
        return said(self.language, key, **values)

    def refusal(self, error: WorkbenchError) -> str:
        """A refusal in the person's language."""
        return said_of(self.language, error)

    def problems(self, error: WorkbenchError) -> dict[str, str]:
        """The refusal by field, for forms; under `""` where it names none."""
        fields: dict[str, str] = getattr(error, "fields", None) or {"": sentence(error)}
        return dict(fields) if self.language == USUAL else dict.fromkeys(fields, self.refusal(error))

    def cookie_named(self, name: str) -> str:
        """A cookie's name on this site."""
        return f"__Host-{name}" if edge_of(self).site.secure else name

    def keep_language(self, language: str) -> None:
        """In this browser, for a year: it says nothing about anybody."""
        self.keep_cookie(COOKIE, language, days=365)

    def keep_cookie(self, name: str, value: str, days: int | None = None) -> None:
        """For this host, out of scripts' and other sites' reach; gone with the browser unless days are given."""
        secure = edge_of(self).site.secure
        self.set_cookie(self.cookie_named(name), value, path="/", httponly=True, samesite="Strict", secure=secure,
                        expires_days=days)  # fmt: skip

    def draw(self, template: str, status: int = 200, **values: Any) -> None:
        """Answer with a template of `templates/`. Besides `values` it sees what is listed here."""
        language, zone = self.language, self.portal.gate.zone
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Language", language)
        page = _TEMPLATES.get_template(template)
        self.finish(
            page.render(
                t=self.t, language=language, languages=LANGUAGES, here=self.request.uri or HOME,
                title=self.t(self.title_key) if self.title_key else "", portal=self.portal,
                phone=dates.phone(self.portal.phone),
                day=lambda at: dates.day_of(language, at, zone), clock=lambda at: dates.clock(language, at, zone),
                date=partial(dates.day, language), money=dates.money,
                xsrf=self.xsrf_token.decode(), nonce=nonce_of(self.request), **values,
            )
        )  # fmt: skip

    @staticmethod
    def signing_in(path: str) -> str:
        """Where somebody signs in who then goes on to `path`."""
        return f"/sign-in?next={quote(path, safe='')}"
