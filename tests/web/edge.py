"""A real server on a real port with a tiny Panel application, and clients that say what no browser of ours would."""

import asyncio
import http.client
import json
import re
import threading
import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode

import panel as pn
import pyotp
from bokeh.util.token import get_token_payload
from tornado.httpclient import HTTPRequest
from tornado.ioloop import IOLoop
from tornado.web import RequestHandler
from tornado.websocket import WebSocketClientConnection, websocket_connect

from workbench.accounts.passwords import hash_password
from workbench.actions.accounts.end_session import end_session
from workbench.actions.accounts.open_session import open_session
from workbench.actions.accounts.provision_user import Provisioned, provision_user
from workbench.actions.accounts.refuse_sign_in import refuse_sign_in
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY, Role, SystemActor
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.settings import Settings
from workbench.web.actor import session_actor
from workbench.web.desk import desk_at
from workbench.web.pages import SafeHandler
from workbench.web.server import Server, build_server

T = TypeVar("T")

PASSWORD = "a lamp, a chair, a window"
INSTALLER = SystemActor("init", frozenset({Permission.PROVISION_USER}))


class Clock:
    """Time that stands still until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        """Let time pass: `forward(minutes=16)`."""
        self.now += timedelta(**by)


@dataclass
class Answer:
    """An HTTP answer. Header names are lower case."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """The header's value, or ""."""
        return next((value for key, value in self.headers if key == name.lower()), "")

    def cookies(self) -> dict[str, str]:
        """What was set, by name."""
        pairs = [value.split(";")[0].partition("=") for key, value in self.headers if key == "set-cookie"]
        return {name: value for name, _, value in pairs}

    @property
    def text(self) -> str:
        """The body, read."""
        return self.body.decode()


class Client:
    """An HTTP client that keeps cookies and behaves like a browser unless told otherwise."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, dict[str, str]()
        self.origin = f"http://127.0.0.1:{port}"

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> Answer:
        """One request; headers as keywords, `_` for `-`; an empty value leaves the header out."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if method != "GET":
            sent |= {"Origin": self.origin, "Content-Type": "application/x-www-form-urlencoded"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, {name: value for name, value in sent.items() if value})
        raw = connection.getresponse()
        answer = Answer(raw.status, [(k.lower(), v) for k, v in raw.getheaders()], raw.read())
        connection.close()
        for name, value in answer.cookies().items():
            if value.strip('"'):
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        """GET."""
        return self.ask("GET", path, **headers)

    def post(self, path: str, form: Mapping[str, str], *, xsrf: str | None = None, **headers: str) -> Answer:
        """POST a form with the token of the sign-in page, unless another is given."""
        token = self.form_token() if xsrf is None else xsrf
        return self.ask("POST", path, urlencode({**form, "_xsrf": token}), **headers)

    def form_token(self) -> str:
        """The hidden token of a form, as a person's page would hold it."""
        kept = self.cookies.get("sid")
        self.cookies.pop("sid", None)
        found = re.search(r'name="_xsrf" value="([^"]+)"', self.get("/sign-in").text)
        if kept:
            self.cookies["sid"] = kept
        assert found
        return found[1]


@dataclass
class Person:
    """An account of the test, and its code generator."""

    account: Provisioned
    email: str

    def code(self, at: datetime) -> str:
        """What the app on the phone shows."""
        return pyotp.TOTP(self.account.totp_seed).at(at)


def provision(gate: Gate, now: datetime, name: str, *roles: Role, password_hash: str = "") -> Person:
    """A person who may sign in; their password hash can be left out where nobody types it."""
    email = f"{name}@example.test"
    made = provision_user(
        gate, INSTALLER, now=now, person_id=f"stf_{name}", email=email,
        password_hash=password_hash or "no password", roles=list(roles),
    )  # fmt: skip
    return Person(made, email)


@dataclass
class Edge:
    """The running server and its people."""

    gate: Gate
    settings: Settings
    clock: Clock
    people: dict[str, Person] = field(default_factory=dict)
    pressed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    server: Server = field(init=False)
    loop: asyncio.AbstractEventLoop = field(init=False)

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.server.port

    def client(self, name: str = "") -> Client:
        """A browser; with a name, one in which that person has just signed in."""
        client = Client(self.port)
        if name:
            person = self.people[name]
            self.clock.forward(seconds=60)
            opened = open_session(
                self.gate, NOBODY, person.account.user_id, now=self.clock(), code=person.code(self.clock())
            )
            client.cookies["sid"] = opened.token
        return client

    def add(self, name: str, *roles: Role, with_password: bool = False) -> Person:
        """A new account."""
        pepper = self.gate.store.vault.service_key("pepper")
        kept = hash_password(pepper, PASSWORD) if with_password else ""
        self.people[name] = provision(self.gate, self.clock(), name, *roles, password_hash=kept)
        return self.people[name]

    def page(self) -> Any:
        """The tiny application: what a page may hold, and callbacks that ask the gate before they do anything."""
        hidden = pn.widgets.Button(label="hidden", visible=False)
        hidden.on_click(lambda _: self._act("hidden"))
        disabled = pn.widgets.Button(label="disabled", disabled=True)
        disabled.on_click(lambda _: self._act("disabled"))
        text = pn.widgets.TextInput(label="text", disabled=True)
        text.param.watch(lambda event: self._act(f"text {len(event.new)}"), "value")
        number = pn.widgets.IntSlider(label="number", end=10)
        number.param.watch(lambda event: self._act(f"number {event.new}"), "value")
        choice = pn.widgets.Select(label="choice", options=["a", "b"])
        whose = pn.widgets.TextInput(label="whose", value=session_actor().person_id)
        return pn.Column(hidden, disabled, text, number, choice, whose)

    def _act(self, what: str) -> None:
        self.pressed.append(what)
        try:
            actor = session_actor()
            provision_user(
                self.gate, actor, now=self.clock(), person_id="stf_intruder", email="intruder@example.test",
                password_hash="none", roles=[Role.OWNER],
            )  # fmt: skip
        except WorkbenchError as refusal:
            self.refused.append(type(refusal).__name__)

    def settle(self) -> None:
        """Wait until what people did is noted."""
        while self.on_loop(lambda: bool(self.server.edge.watch._writing)):
            time.sleep(0.005)

    def on_loop(self, call: Callable[[], Any]) -> Any:
        """The result of a call made on the server's own loop."""

        async def make() -> Any:
            return call()

        return asyncio.run_coroutine_threadsafe(make(), self.loop).result(20)


class Broken(SafeHandler):
    """A handler with a bug, and words in its exception that must not leave."""

    def get(self) -> None:
        """Break."""
        raise ValueError("CNRY-a-name-somebody-typed")

    def post(self) -> None:
        """Break, too."""
        self.get()


class Refusing(SafeHandler):
    """A handler that meets an expected refusal."""

    def get(self) -> None:
        """Refuse."""
        raise WorkbenchError("This slot was just taken.")


EXTRA: list[tuple[str, type[RequestHandler]]] = [(r"/broken", Broken), (r"/refusing", Refusing)]


def run(edge: Edge) -> Callable[[], None]:
    """Start the server in a thread of its own; returns how to stop it."""
    ready, stopped = threading.Event(), asyncio.Event()

    async def serve() -> None:
        edge.loop = asyncio.get_running_loop()
        desk = desk_at(edge.gate, open_session=open_session, refuse_sign_in=refuse_sign_in, end_session=end_session)
        edge.server = build_server(
            {"/": edge.page, "/other": edge.page, "/closed": edge.page},
            handlers=EXTRA,
            desk=desk,
            settings=edge.settings,
            secret=edge.gate.store.vault.service_key("web"),
            clock=edge.clock,
            may_open=lambda signed_in, path: path != "/closed" or signed_in.actor.has(Role.OWNER),
            loop=IOLoop.current(),
        )
        edge.server.start()
        ready.set()
        await stopped.wait()
        edge.server.stop()
        await edge.server._http.close_all_connections()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert ready.wait(30)

    def stop() -> None:
        edge.loop.call_soon_threadsafe(stopped.set)
        thread.join(20)
        pn.state._servers.pop(f"edge-{edge.port}", None)

    return stop


def page_token(page: Answer) -> str:
    """The token a page was given for its socket."""
    found = re.search(r'"token":"([^"]+)"', page.text)
    assert found, page.text[:500]
    return found[1]


def token_says(token: str) -> dict[str, Any]:
    """What is readable in a page token."""
    return dict(get_token_payload(token))


_OPEN: list[WebSocketClientConnection] = []


def story(told: Coroutine[Any, Any, T]) -> T:
    """Run what a test does with sockets, and close those that are still open."""

    async def tell() -> T:
        try:
            return await told
        finally:
            while _OPEN:
                connection = _OPEN.pop()
                connection.close()
                while await asyncio.wait_for(connection.read_message(), 10) is not None:
                    pass

    return asyncio.run(tell())


class Socket:
    """A hand-made Bokeh client."""

    def __init__(self, raw: WebSocketClientConnection) -> None:
        self.raw, self._sent = raw, 0

    async def say(self, kind: str, content: Any) -> None:
        """One message in three frames."""
        self._sent += 1
        for part in ({"msgid": f"m{self._sent}", "msgtype": kind}, {}, content):
            await self.raw.write_message(json.dumps(part))

    async def hear(self) -> tuple[str, Any] | None:
        """The next message's kind and content, or None when the socket closes."""
        frames = []
        for _ in range(3):
            frame = await asyncio.wait_for(self.raw.read_message(), 10)
            if frame is None:
                self._forget()
                return None
            frames.append(json.loads(frame))
        for _ in range(2 * frames[0].get("num_buffers", 0)):
            await self.raw.read_message()
        return frames[0]["msgtype"], frames[2]

    async def answer(self, kind: str, content: Any) -> tuple[str, Any] | None:
        """Say something and wait for the answer to it, past what the server tells in between."""
        await self.say(kind, content)
        while True:
            heard = await self.hear()
            if heard is None or heard[0] != "PATCH-DOC":
                return heard

    async def closed_with(self) -> int | None:
        """Read until the socket is closed, and say with which code."""
        while await asyncio.wait_for(self.raw.read_message(), 10) is not None:
            pass
        self._forget()
        return self.raw.close_code

    def _forget(self) -> None:
        _OPEN.remove(self.raw)
        self.raw.close()  # tornado's client wants it said on both sides

    async def patch(self, *events: Any) -> tuple[str, Any] | None:
        """Send events."""
        return await self.answer("PATCH-DOC", {"events": list(events)})

    async def models(self) -> dict[str, dict[str, Any]]:
        """Every model of the document that has a name or label, by it."""
        heard = await self.answer("PULL-DOC-REQ", {})
        assert heard is not None
        assert heard[0] == "PULL-DOC-REPLY"
        found: dict[str, dict[str, Any]] = {}
        _collect(heard[1], found)
        return found


def _collect(part: Any, found: dict[str, dict[str, Any]]) -> None:
    if isinstance(part, dict):
        attributes = part.get("attributes") or {}
        name = attributes.get("label") or attributes.get("title") or attributes.get("name")
        if "id" in part and isinstance(name, str):
            found[name] = part
        for value in part.values():
            _collect(value, found)
    elif isinstance(part, list):
        for value in part:
            _collect(value, found)


async def connect(client: Client, token: str, path: str = "/ws", **headers: str) -> Socket:
    """Open a page's socket with this client's cookies; headers replace what a browser would send."""
    sent = {"Origin": client.origin, "Cookie": "; ".join(f"{k}={v}" for k, v in client.cookies.items())}
    sent |= headers
    request = HTTPRequest(
        f"ws://127.0.0.1:{client.port}{path}", headers={name: value for name, value in sent.items() if value}
    )
    raw = await websocket_connect(request, subprotocols=["bokeh", token])
    _OPEN.append(raw)
    return Socket(raw)


async def attach(client: Client, path: str = "/") -> Socket:
    """Open a page and its socket, as a browser does."""
    socket = await connect(client, page_token(client.get(path)), path.rstrip("/") + "/ws")
    heard = await socket.hear()
    assert heard is not None
    assert heard[0] == "ACK"
    return socket


def click(model: Mapping[str, Any]) -> dict[str, Any]:
    """The event of a button pressed."""
    values = {"type": "map", "entries": [["model", {"id": model["id"]}]]}
    data = {"type": "event", "name": "button_click", "values": values}
    return {"kind": "MessageSent", "msg_type": "bokeh_event", "msg_data": data}


def change(model: Mapping[str, Any], attr: str, new: Any) -> dict[str, Any]:
    """The event of a value changed."""
    return {"kind": "ModelChanged", "model": {"id": model["id"]}, "attr": attr, "new": new}
