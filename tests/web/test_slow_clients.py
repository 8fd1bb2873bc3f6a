"""Clients that take their time, say too much or never end: they are let go, and nobody else waits for them."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.web.edge import Edge
from workbench.web import server

pytestmark = pytest.mark.engines("sqlcipher")
MANY = 500
CLOSED = (BrokenPipeError, ConnectionResetError)


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds instead of minutes; set before the server is made."""
    monkeypatch.setattr(server, "HEADERS_WITHIN", 2)
    monkeypatch.setattr(server, "BODY_WITHIN", 1)


@pytest.fixture
def edge(in_a_hurry: None, edge: Edge) -> Edge:
    return edge


@contextmanager
def connected(edge: Edge, *sent: bytes) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", edge.server.port), timeout=20) as talking:
        for part in sent:
            talking.sendall(part)
        yield talking


def heard(talking: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    whole = b""
    try:
        while part := talking.recv(65_536):
            whole += part
    except ConnectionResetError:
        pass  # closed while we still had something to say
    return whole


def head(edge: Edge, length: int) -> bytes:
    return (
        f"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1:{edge.server.port}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


def test_five_hundred_who_never_end_their_headers_keep_nobody_waiting_and_are_let_go(edge: Edge) -> None:
    with ExitStack() as held:
        slow = [held.enter_context(connected(edge, b"GET /sign-in HTTP/1.1\r\nHost: ")) for _ in range(MANY)]
        assert edge.client("alice").get("/").status == 200
        assert [heard(one) for one in slow] == [b""] * MANY
        assert edge.client("bob").get("/").status == 200


def test_who_drips_a_byte_now_and_then_is_let_go_all_the_same(edge: Edge) -> None:
    with connected(edge, b"GET /sign-in HTTP/1.1\r\nX-Slow: ") as talking:
        deadline = time.monotonic() + 20
        with pytest.raises(CLOSED):
            while time.monotonic() < deadline:
                talking.sendall(b"a")
                time.sleep(0.2)


def test_a_body_that_never_comes_is_not_waited_for(edge: Edge) -> None:
    with connected(edge, head(edge, 100), b"email=") as talking:
        assert heard(talking) == b""


@pytest.mark.parametrize("length", [server.LARGEST_BODY + 1, 15 * 2**20, 2**40])
def test_too_much_is_refused_before_it_is_read(edge: Edge, length: int) -> None:
    with connected(edge, head(edge, length)) as talking:
        assert heard(talking).startswith((b"HTTP/1.1 400", b"HTTP/1.1 413"))


def test_a_body_in_pieces_without_end_is_refused_too(edge: Edge) -> None:
    start = head(edge, 0).replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
    piece = b"10000\r\n" + b"a" * 65_536 + b"\r\n"
    with connected(edge, start) as talking:
        with pytest.raises(CLOSED):
            for _ in range(200):
                talking.sendall(piece)
                time.sleep(0.01)
        assert edge.client("alice").get("/").status == 200


def test_headers_without_end_are_refused(edge: Edge) -> None:
    with connected(edge, b"GET /sign-in HTTP/1.1\r\n") as talking, pytest.raises(CLOSED):
        for _ in range(200):
            talking.sendall(b"X-Many: " + b"a" * 8_000 + b"\r\n")
            time.sleep(0.005)
