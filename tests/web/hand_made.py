"""A hand-made Bokeh client, which says what no browser of ours would."""

import asyncio
import json
import re
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar

from bokeh.util.token import get_token_payload
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.web.edge import Answer, Client

T = TypeVar("T")


def page_token(page: Answer) -> str:
    """The token a page was given for its socket."""
    found = re.search(r'"token": ?"([^"]+)"', page.text)
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
    raw.protocol.set_nodelay(True)  # as browsers do: three small frames must not wait for each other
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
