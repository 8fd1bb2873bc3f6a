"""What we rely on inside Panel, Bokeh and Tornado. A new version that changes one of these must fail here first."""

import inspect
from types import SimpleNamespace

import bokeh
import bokeh.server.tornado as bokeh_tornado
import panel
import pytest
import tornado
import tornado.web
from bokeh.application.application import Application
from bokeh.core.templates import FILE
from bokeh.document import Document
from bokeh.protocol import Protocol
from bokeh.server.contexts import ApplicationContext
from bokeh.server.session import ServerSession
from bokeh.server.tornado import BokehTornado
from bokeh.server.urls import per_app_patterns, toplevel_patterns
from bokeh.server.views.multi_root_static_handler import MultiRootStaticHandler
from bokeh.server.views.ws import WSHandler as BokehSocket
from bokeh.util.token import check_token_signature, generate_jwt_token, generate_session_id, get_token_payload
from panel.io import handlers
from panel.io.server import DocHandler, RequestProxy, WSHandler, _set_request_route_context

from workbench.web.server import _our_routes


def test_the_versions_are_the_ones_these_internals_were_read_in() -> None:
    assert (panel.__version__, bokeh.__version__, tornado.version) == ("1.9.4", "3.9.2", "6.6.1")


def test_bokeh_reads_its_routes_from_the_lists_we_replace_and_gets_them_back() -> None:
    assert bokeh_tornado.per_app_patterns is per_app_patterns
    assert bokeh_tornado.toplevel_patterns is toplevel_patterns
    before = per_app_patterns[:], toplevel_patterns[:], bokeh_tornado.create_static_handler
    with _our_routes(below_too=False):
        assert [route for route, _ in per_app_patterns] == ["/ws", "/?"]
    assert before == (per_app_patterns[:], toplevel_patterns[:], bokeh_tornado.create_static_handler)


def test_a_signed_token_is_checked_with_its_session_id() -> None:
    session = generate_session_id(b"key", signed=True)
    token = generate_jwt_token(session, secret_key=b"key", signed=True, extra_payload={"bound": "x"})
    assert check_token_signature(token, secret_key=b"key", signed=True)
    assert not check_token_signature(token, secret_key=b"other", signed=True)
    assert get_token_payload(token)["bound"] == "x"


def test_the_handlers_payload_goes_into_the_token_and_the_request_stays_with_the_document() -> None:
    assert "process_request" in dir(Application)
    parameters = list(inspect.signature(ApplicationContext.create_session_if_needed).parameters)
    assert parameters == ["self", "session_id", "request", "token"]
    assert "self._pending_sessions = {}" in inspect.getsource(ApplicationContext.__init__)
    request = SimpleNamespace(visitor="someone")
    assert RequestProxy(request, arguments={}, cookies={}, headers={}).visitor == "someone"


def test_the_socket_handler_has_the_parts_we_override() -> None:
    for name in ("open", "_async_open", "on_message", "on_close", "_internal_error", "_protocol_error", "send_message"):
        assert callable(getattr(WSHandler, name))
    source = inspect.getsource(BokehSocket._async_open)
    assert "self.receiver = Receiver(protocol)" in source
    assert "self.connection = " in source
    assert inspect.iscoroutinefunction(WSHandler._async_open)
    assert callable(_set_request_route_context)


def test_an_error_message_carries_a_traceback_only_while_an_exception_is_handled() -> None:
    protocol = Protocol()
    assert protocol.create("ERROR", "m1", "words").content == {"text": "words", "traceback": None}


def test_patch_and_pull_are_the_only_doors_into_a_document() -> None:
    doors = {name for name in vars(ServerSession) if name in ("patch", "pull", "push")}
    assert doors == {"patch", "pull", "push"}


def test_panel_shows_the_traceback_of_a_page_that_fails_which_is_why_ours_fail_past_it() -> None:
    source = inspect.getsource(handlers.run_app)
    assert "except Exception as e:" in source
    assert "Alert(" in source


def test_a_document_without_a_template_has_bokehs_own() -> None:
    assert Document().template is FILE


def test_tornado_asks_find_handler_first_and_transforms_every_answer() -> None:
    assert "transforms" in inspect.signature(tornado.web.Application.__init__).parameters
    assert "find_handler" in vars(tornado.web.Application)
    assert "transform_first_chunk" in inspect.getsource(tornado.web.RequestHandler.flush)
    assert issubclass(MultiRootStaticHandler, tornado.web.StaticFileHandler)
    assert issubclass(DocHandler, tornado.web.RequestHandler)


@pytest.mark.parametrize("name", ["sign_sessions", "include_headers", "include_cookies", "secret_key", "auth_provider",
                                  "websocket_max_message_size_bytes", "use_index", "extra_patterns"])  # fmt: skip
def test_bokeh_still_takes_the_settings_we_give(name: str) -> None:
    assert name in inspect.signature(BokehTornado.__init__).parameters
