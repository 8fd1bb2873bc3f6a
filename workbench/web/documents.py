"""The page that shows a Panel document: a session id of our own making, a token bound to the sign-in, a nonce."""

import hashlib
import hmac
from collections.abc import Callable
from typing import Any

from bokeh.application.handlers.handler import Handler
from bokeh.core.templates import FILE
from bokeh.embed.elements import script_for_render_items
from bokeh.embed.util import RenderItem
from bokeh.embed.wrappers import wrap_in_script_tag
from bokeh.server.auth_provider import AuthProvider
from bokeh.server.session import ServerSession
from bokeh.server.views.doc_handler import DocHandler
from bokeh.util.token import generate_jwt_token, generate_session_id
from markupsafe import Markup
from panel.config import config
from panel.io.resources import LOCAL_DIST, Resources, bundle_resources, patch_model_css
from panel.io.server import _set_request_route_context
from panel.io.state import set_curdoc, state
from tornado.httputil import HTTPServerRequest
from tornado.web import HTTPError, RequestHandler, authenticated

from workbench.accounts.rules import SignedIn
from workbench.gate.needs import Open
from workbench.web.edge import SIGN_IN, edge_of, is_in_care, visitor_of
from workbench.web.headers import PagePolicy, nonce_of, use_policy
from workbench.web.pages import SafeHandler, asset_url, page_templates

BOUND = "bound"
_NAMED_SESSION = ("bokeh-session-id", "bokeh-token", "bokeh-autoload-element", "bokeh-app-path", "bokeh-absolute-url")
_PLAIN = page_templates().get_template("document.html")


def binding(secret: bytes, session_hash: str, application: str) -> str:
    """What ties a page token to one sign-in and one application; a token with another binding opens nothing."""
    return hmac.new(secret, f"{session_hash}|{application}".encode(), hashlib.sha256).hexdigest()


class Bind(Handler):
    """Writes the binding into the page token of one application."""

    def __init__(self, secret: bytes, application: str) -> None:
        super().__init__()
        self._secret = secret
        self._application = application

    def modify_document(self, doc: Any) -> None:
        """The document is left as it is."""

    def process_request(self, request: HTTPServerRequest) -> dict[str, Any]:
        """The binding, if somebody is signed in."""
        visitor = getattr(request, "visitor", None)
        if visitor is None:
            return {}
        return {BOUND: binding(self._secret, visitor.session_hash, self._application)}


class NotBuilt(BaseException):
    """A page's function failed with `error`. Not an `Exception`, because Panel would catch that one, print the
    traceback and show it in the page."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


def quiet(build: Callable[[], Any]) -> Callable[[], Any]:
    """The page's function, failing past Panel to our own error page."""

    def page() -> Any:
        try:
            return build()
        except Exception as error:
            raise NotBuilt(error) from error

    return page


class SessionAuth(AuthProvider):
    """Tells Bokeh who a request comes from: the live session of its cookie, and only where they may go."""

    @property
    def get_user(self) -> Any:
        """Called with the handler of a page or a socket."""
        return self._user

    @property
    def get_login_url(self) -> Any:
        """Called with the handler."""
        return lambda handler: SIGN_IN  # noqa: ARG005

    @staticmethod
    def _user(handler: RequestHandler) -> SignedIn | None:
        visitor = visitor_of(handler)
        if visitor is None:
            return None
        signed_in = visitor.signed_in()
        if signed_in.owes:
            return None  # the sign-in page leads them on to what they owe
        context = getattr(handler, "application_context", None)
        if context is not None and not edge_of(handler).may_open(signed_in, context.url):
            # To people in care the staff site is nothing at all.
            raise HTTPError(404 if is_in_care(signed_in) else 403)
        return signed_in


def embed(root: Any) -> Markup:
    """The place in a template where a root of the document is shown."""
    return Markup('<div id="{}" data-root-id="{}" style="display: contents;"></div>').format(root.elementid, root.id)


class PageDocument(SafeHandler, DocHandler):
    """A new document for each page load. Who named a session or a token in the address gets none."""

    needs = Open.SIGNED_IN

    def get_current_user(self) -> SignedIn | None:
        """Through the provider, which also asks whether this application is open to them."""
        return SessionAuth._user(self)

    @authenticated
    async def get(self, *args: Any, **kwargs: Any) -> None:
        """The page."""
        if any(name in self.request.arguments for name in _NAMED_SESSION) or "Bokeh-Session-Id" in self.request.headers:
            raise HTTPError(403)
        _set_request_route_context(self, *args, **kwargs)
        session = await self._new_session()
        use_policy(self.request, PagePolicy.DASHBOARD)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        with set_curdoc(session.document):
            page = self._page(session)
        self.finish(page)

    async def _new_session(self) -> ServerSession:
        application = self.application
        session_id = generate_session_id(application.secret_key, signed=True)
        token = generate_jwt_token(
            session_id,
            secret_key=application.secret_key,
            signed=True,
            expiration=application.session_token_expiration,
            extra_payload={
                "headers": {},
                "cookies": {},
                "arguments": self.request.arguments,
                **self.application_context.application.process_request(self.request),
            },
        )
        try:
            return await self.application_context.create_session_if_needed(session_id, self.request, token)
        except NotBuilt as failed:
            # Bokeh leaves the promise of a session that could not be built behind, for good.
            self.application_context._pending_sessions.pop(session_id, None)
            raise failed.error from None

    def _page(self, session: ServerSession) -> str:
        document = session.document
        resources = Resources.from_bokeh(self.application.resources())  # type: ignore[no-untyped-call]
        dist_url = f"{state.rel_path}/{LOCAL_DIST}" if state.rel_path else LOCAL_DIST
        document._template_variables["theme_name"] = config.theme
        document._template_variables["dist_url"] = dist_url
        for root in document.roots:
            patch_model_css(root, dist_url=dist_url)
        item = RenderItem(token=session.token, roots=document.roots, use_for_title=False)
        scripts, styles = bundle_resources(document.roots, resources)
        nonce = nonce_of(self.request)
        template = document.template if document.template is not FILE else _PLAIN
        values = {
            **document.template_variables,
            "title": document.title,
            "bokeh_js": _with_nonce(scripts, nonce),
            "bokeh_css": Markup(styles),  # noqa: S704 - written by Bokeh from file names
            "plot_script": _with_nonce(wrap_in_script_tag(script_for_render_items({}, [item])), nonce),
            "docs": [item],
            "doc": item,
            "roots": item.roots,
            "embed": embed,
            "nonce": nonce,
            "session_script": asset_url("web/session.js"),
            "passkey_script": asset_url("web/passkey.js"),
            "xsrf": self.xsrf_token.decode(),
        }
        return template.render(values)


def _with_nonce(framework_html: str, nonce: str) -> Markup:
    """Bokeh's own script elements, allowed to run.

    Only what Bokeh wrote itself passes here; a nonce put on a whole page would bless whatever was injected into it.
    """
    return Markup(framework_html.replace("<script", f'<script nonce="{nonce}"'))  # noqa: S704
