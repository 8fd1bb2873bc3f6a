"""A real server on a real port with a tiny Panel application, and a client that keeps cookies."""

import asyncio
import http.client
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlencode

import panel as pn
import pyotp
from tornado.ioloop import IOLoop
from tornado.web import RequestHandler

from dashboards.app import ACCOUNT_VERBS
from workbench.accounts.passwords import hash_password
from workbench.actions.accounts.open_session import open_session
from workbench.actions.accounts.provision_user import Provisioned, provision_user
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY, Actor, Role, SystemActor
from workbench.gate.needs import Open
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.settings import Settings
from workbench.web.actor import session_actor
from workbench.web.desk import SignInDesk
from workbench.web.pages import SafeHandler
from workbench.web.server import InCare, Server, build_server

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
    extra: list[tuple[str, type[RequestHandler]]] = field(default_factory=list)
    signed: frozenset[str] = frozenset()
    pressed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    act: Callable[[Actor], None] | None = None
    server: Server = field(init=False)
    loop: asyncio.AbstractEventLoop = field(init=False)

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.server.port

    @property
    def in_care(self) -> InCare | None:
        """The site of people in care; none here."""
        return None

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
        kept = _hashed(pepper) if with_password else ""
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
            if self.act is not None:
                self.act(actor)
                return
            provision_user(
                self.gate, actor, now=self.clock(), person_id="stf_intruder", email="intruder@example.test",
                password_hash="none", roles=[Role.OWNER],
            )  # fmt: skip
        except WorkbenchError as refusal:
            self.refused.append(type(refusal).__name__)
        finally:
            self.ended.append(what)

    def let_end(self) -> None:
        """Wait until every callback that began has ended: a message is answered before its callback is through."""
        for _ in range(2_000):
            if len(self.ended) == len(self.pressed):
                return
            time.sleep(0.005)

    def settle(self) -> None:
        """Wait until what people did is noted."""
        while self.on_loop(lambda: bool(self.server.edge.watch._writing)):
            time.sleep(0.005)

    def on_loop(self, call: Callable[[], Any]) -> Any:
        """The result of a call made on the server's own loop."""

        async def make() -> Any:
            return call()

        return asyncio.run_coroutine_threadsafe(make(), self.loop).result(20)


@cache
def _hashed(pepper: bytes) -> str:
    """The password's hash, made once: it is slow on purpose."""
    return hash_password(pepper, PASSWORD)


class Broken(SafeHandler):
    """A handler with a bug, and words in its exception that must not leave."""

    needs = Open.TO_ALL

    def get(self) -> None:
        """Break."""
        raise ValueError("CNRY-a-name-somebody-typed")

    def post(self) -> None:
        """Break, too."""
        self.get()


class Refusing(SafeHandler):
    """A handler that meets an expected refusal."""

    needs = Open.TO_ALL

    def get(self) -> None:
        """Refuse."""
        raise WorkbenchError("This slot was just taken.")


EXTRA: list[tuple[str, type[RequestHandler]]] = [(r"/broken", Broken), (r"/refusing", Refusing)]


def run(edge: Edge) -> Callable[[], None]:
    """Start the server in a thread of its own; returns how to stop it."""
    ready, stopped = threading.Event(), asyncio.Event()

    async def serve() -> None:
        edge.loop = asyncio.get_running_loop()
        desk = SignInDesk(edge.gate, ACCOUNT_VERBS)
        edge.server = build_server(
            {"/": edge.page, "/other": edge.page, "/closed": edge.page},
            handlers=[*EXTRA, *edge.extra],
            signed=edge.signed,
            desk=desk,
            settings=edge.settings,
            secret=edge.gate.store.vault.service_key("web"),
            clock=edge.clock,
            may_open=lambda signed_in, path: path != "/closed" or signed_in.actor.has(Role.OWNER),
            in_care=edge.in_care,
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

    return stop
