"""`kill -9` of the whole server, with the mirror and the jobs in it, while somebody works in it over HTTP and a socket.

The client keeps what it was promised: a sign-in when the cookie came, a registration when its answer came. What stayed
without an answer is sent again to the next server, under the same key, as the page in a browser does.
"""

import asyncio
import json
import os
import random
import re
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyotp
from tornado.httpclient import HTTPClientError
from tornado.websocket import WebSocketClosedError

from tests.journeys.on_a_wednesday import BEGINS
from tests.journeys.served import ROOT
from tests.web.edge import Client
from tests.web.hand_made import Socket, connect, page_token
from workbench.demo.accounts import PASSWORD, SEED
from workbench.kernel.digests import hash_of_token

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass
class Promised:
    """What the client was told is done. people: family names. sessions: hashes of the cookies it was given."""

    people: list[str] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)
    tried: int = 0

    def name(self) -> str:
        """The family name of the registration now in hand, different every time."""
        first, second = divmod(self.tried, len(LETTERS))
        return "Ember" + LETTERS[first] + LETTERS[second]


class Running:
    """One server process on a practice: `demo` on its folder, or `serve` on the database at this address."""

    def __init__(self, home: Path, minutes: int, database_url: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.skipped, self.log = home.parent / "skipped", home.parent / f"server-{minutes}.log"
        self.skipped.write_text(str(minutes))
        kind = "serve" if database_url else "demo"
        command = [sys.executable, "-m", "tests.journeys.on_a_wednesday", str(self.skipped), kind, "--home", str(home)]
        self.began, self.minutes = time.monotonic(), minutes
        with self.log.open("w") as out:
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port)], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                env={**os.environ, "WORKBENCH_DATABASE_URL": database_url},
            )  # fmt: skip

    def wait(self) -> float:
        """Until it says where it listens; the seconds that took."""
        while "Stop with Ctrl-C" not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.02)
        return time.monotonic() - self.began

    def now(self) -> datetime:
        """What its clock shows, to a second."""
        return BEGINS + timedelta(minutes=self.minutes, seconds=time.monotonic() - self.began)

    def kill(self) -> None:
        """At once, without a word."""
        self.process.kill()
        assert self.process.wait() == -9


def kill_again_and_again(home: Path, kills: int, database_url: str = "") -> Promised:
    """So many servers on one practice, each killed in the middle of the work; what was promised in all."""
    promised, chance = Promised(), random.Random(kills)
    for turn in range(kills):
        server = Running(home, 2 * turn, database_url)
        try:
            server.wait()
            asyncio.run(_work(server, promised, chance.randint(2, 12), chance.uniform(0, 0.03)))
        finally:
            server.kill()
    return promised


async def _work(server: Running, promised: Promised, wanted: int, then: float) -> None:
    """Sign in, register people one after another, and have the server killed a moment after so many answers."""
    page = await _signed_in(server, promised)
    before = len(promised.people)
    killer: asyncio.Task[None] | None = None
    try:
        while True:
            seq = 2 * (len(promised.people) - before) + 2
            await _say(*page, "register", seq, f"register-{promised.tried:06d}", _person(promised.name()))
            if not await _answered(page[0], seq):
                return
            promised.people.append(promised.name())
            promised.tried += 1
            await _say(*page, "shell.go", seq + 1, None, {"path": "/patients/new"})
            if not await _answered(page[0], seq + 1):
                return
            if len(promised.people) - before >= wanted and killer is None:
                killer = asyncio.create_task(_kill_after(server, then))
    except (WebSocketClosedError, HTTPClientError, ConnectionError):
        return
    finally:
        if killer is not None:
            await killer


async def _kill_after(server: Running, seconds: float) -> None:
    await asyncio.sleep(seconds)
    server.process.kill()


async def _signed_in(server: Running, promised: Promised) -> tuple[Socket, dict[str, Any]]:
    client = await asyncio.to_thread(_let_in, server, promised)
    page = await asyncio.to_thread(client.get, "/app/patients/new")
    line = await connect(client, page_token(page), "/app/ws")
    heard = await line.hear()
    assert heard is not None
    assert heard[0] == "ACK"
    heard = await line.answer("PULL-DOC-REQ", {})
    assert heard is not None
    model = {"id": re.findall(r'"name": "panel.models.esm.ReactiveESM", "id": "(p\d+)"', json.dumps(heard[1]))[0]}
    await _say(line, model, "shell.hello", 1, None, {"theme": "light", "path": "/patients/new"})
    assert await _answered(line, 1)
    return line, model


def _let_in(server: Running, promised: Promised) -> Client:
    client = Client(server.port)
    client.post("/sign-in", {"email": "front_desk@example.test", "password": PASSWORD, "next": "/app"})
    answer = client.post("/sign-in/code", {"code": pyotp.TOTP(SEED).at(server.now())})
    assert answer.status == 303, answer.text
    promised.sessions.append(hash_of_token(client.cookies["sid"]))
    return client


def _person(family_name: str) -> dict[str, str]:
    return {"given_name": "Avery", "family_name": family_name, "born_on": "1990-04-03", "sex": "U"}


async def _say(line: Socket, model: dict[str, Any], do: str, seq: int, key: str | None, values: dict[str, str]) -> None:
    told = {"do": do, "values": values, "key": key, "seq": seq}
    entries = [["model", {"id": model["id"]}], ["data", {"type": "map", "entries": _entries(told)}]]
    event = {"type": "event", "name": "data_event", "values": {"type": "map", "entries": entries}}
    await line.say("PATCH-DOC", {"events": [{"kind": "MessageSent", "msg_type": "bokeh_event", "msg_data": event}]})


def _entries(told: dict[str, Any]) -> list[list[Any]]:
    return [[k, {"type": "map", "entries": _entries(v)} if isinstance(v, dict) else v] for k, v in told.items()]


async def _answered(line: Socket, seq: int) -> bool:
    """Whether the server said that it is done; False when the line broke before."""
    while True:
        heard = await line.hear()
        if heard is None:
            return False
        text = json.dumps(heard[1])
        if heard[0] == "PATCH-DOC" and re.search(rf'\["seq", {seq}\]', text) and '"ack"' in text:
            assert '["ok", true]' in text, text
            return True
