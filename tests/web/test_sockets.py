"""What a hand-made client may do over a page's socket: nothing that the gate would not allow, and see nothing more."""

import asyncio
import base64
import gzip
import json
import logging
from contextlib import suppress

import pytest
from tornado.httpclient import HTTPClientError
from tornado.websocket import WebSocketClosedError

from tests.web.edge import Edge
from tests.web.hand_made import attach, change, click, connect, page_token, story, token_says
from workbench.accounts.tables import User
from workbench.gate.audit import AuditRow
from workbench.web.sockets import BROKEN, NEUTRAL, REFUSED
from workbench.web.watch import SIGNED_OUT

pytestmark = pytest.mark.engines("sqlcipher")


def rows(edge: Edge, model: type, **where: str) -> int:
    """How many rows of a table fit."""
    with edge.gate.store.reading() as session:
        return session.query(model).filter_by(**where).count()


@pytest.mark.parametrize("button", ["hidden", "disabled"])
def test_a_press_on_a_hidden_or_disabled_button_is_refused_by_the_gate(edge: Edge, button: str) -> None:
    async def attack() -> None:
        socket = await attach(edge.client("alice"))
        await socket.patch(click((await socket.models())[button]))

    accounts = rows(edge, User)
    story(attack())
    edge.let_end()
    assert edge.pressed == [button]
    assert edge.refused == ["NotAllowed"]
    assert rows(edge, User) == accounts
    assert rows(edge, AuditRow, event="action.refused") == 1


def test_values_that_no_widget_would_send_change_nothing(edge: Edge) -> None:
    async def attack() -> None:
        socket = await attach(edge.client("alice"))
        models = await socket.models()
        await socket.patch(change(models["text"], "value", "typed into a disabled field"))
        await socket.patch(change(models["number"], "value", 9999))

    accounts = rows(edge, User)
    story(attack())
    edge.let_end()
    assert edge.refused == ["NotAllowed"] * len(edge.pressed)
    assert rows(edge, User) == accounts


def test_pulling_the_document_gives_only_what_was_put_there(edge: Edge) -> None:
    async def attack() -> str:
        socket = await attach(edge.client("alice"))
        heard = await socket.answer("PULL-DOC-REQ", {})
        return json.dumps(heard)

    edge.add("carol")
    document = story(attack())
    assert "stf_alice" in document
    for secret in ("stf_bob", "stf_carol", "sid", "example.test", "session_hash"):
        assert secret not in document


@pytest.mark.parametrize("kind", ["PUSH-DOC", "SERVER-INFO-REQ", "OK", "NONSENSE"])
def test_other_kinds_of_message_close_the_socket(edge: Edge, kind: str) -> None:
    async def attack() -> int | None:
        socket = await attach(edge.client("alice"))
        await socket.say(kind, {"doc": {}})
        return await socket.closed_with()

    assert story(attack()) == BROKEN


@pytest.mark.parametrize("kind", ["RootAdded", "RootRemoved", "TitleChanged", "", None])
def test_a_page_may_not_rebuild_its_document(edge: Edge, kind: str | None) -> None:
    async def attack() -> int | None:
        socket = await attach(edge.client("alice"))
        await socket.say("PATCH-DOC", {"events": [{"kind": kind, "title": "x"}]})
        return await socket.closed_with()

    assert story(attack()) == BROKEN


@pytest.mark.parametrize("frame", ["", "{", "[1]", "null", "[" * 5000, '{"msgtype": 1}', "\x00", b"\x00\xff"])
def test_bytes_that_are_no_message_close_the_socket_without_a_word(edge: Edge, frame: str | bytes) -> None:
    async def attack() -> tuple[int | None, str | None]:
        socket = await attach(edge.client("alice"))
        with suppress(WebSocketClosedError):  # closed after the first already
            for _ in range(3):
                await socket.raw.write_message(frame, binary=isinstance(frame, bytes))
        return await socket.closed_with(), socket.raw.close_reason

    code, reason = story(attack())
    assert code == BROKEN
    assert reason in ("not understood", "not expected")


def test_a_patch_of_an_unknown_model_is_answered_without_traceback_and_logged_without_payload(
    edge: Edge, caplog: pytest.LogCaptureFixture
) -> None:
    async def attack() -> tuple[str, dict[str, str]] | None:
        socket = await attach(edge.client("alice"))
        return await socket.patch(change({"id": "p-none"}, "value", "CNRY-typed"))

    with caplog.at_level(logging.DEBUG):
        heard = story(attack())
    assert heard is not None
    assert heard[0] == "ERROR"
    assert heard[1] == {"text": NEUTRAL, "traceback": None}
    assert "CNRY" not in caplog.text
    assert "Traceback" not in caplog.text


def test_a_value_the_model_refuses_is_answered_neutrally_too(edge: Edge, caplog: pytest.LogCaptureFixture) -> None:
    async def attack() -> tuple[str, dict[str, str]] | None:
        socket = await attach(edge.client("alice"))
        models = await socket.models()
        return await socket.patch(change(models["number"], "value", "CNRY"))

    assert story(attack()) == ("ERROR", {"text": NEUTRAL, "traceback": None})
    assert "CNRY" not in caplog.text


@pytest.mark.parametrize(
    "value",
    [
        {"type": "bytes", "data": base64.b64encode(gzip.compress(bytes(50_000_000))).decode()},
        {"type": "ndarray", "array": ["x"], "dtype": "S2000000000", "shape": [1], "order": "little"},
        {"type": "typed_array", "array": [1], "dtype": "O", "order": "little"},
        {"type": "object", "name": "CustomJS", "id": "x1", "attributes": {"code": "alert(1)"}},
        [[{"deep": {"type": "object", "name": "Button", "id": "x1"}}]],
    ],
    ids=["gzip bomb", "array bomb", "objects", "new model", "new model, hidden"],
)
def test_a_page_may_not_make_the_server_unpack_or_build_things(edge: Edge, value: object) -> None:
    async def attack() -> int | None:
        socket = await attach(edge.client("alice"))
        text = (await socket.models())["text"]
        await socket.say("PATCH-DOC", {"events": [change(text, "value", value)]})
        return await socket.closed_with()

    assert story(attack()) == BROKEN
    assert edge.pressed == []


def test_fifteen_mebibytes_in_one_frame_are_refused(edge: Edge) -> None:
    async def attack() -> int | None:
        socket = await attach(edge.client("alice"))
        text = (await socket.models())["text"]
        with suppress(WebSocketClosedError):  # closed while we were still sending
            await socket.say("PATCH-DOC", {"events": [change(text, "value", "x" * (15 * 1024 * 1024))]})
        return await socket.closed_with()

    story(attack())
    assert edge.pressed == []


def test_a_message_in_many_frames_is_refused_when_it_grows_too_large(edge: Edge) -> None:
    async def attack() -> int | None:
        socket = await attach(edge.client("alice"))
        await socket.raw.write_message(json.dumps({"msgid": "1", "msgtype": "PATCH-DOC", "num_buffers": 1_000_000}))
        await socket.raw.write_message("{}")
        await socket.raw.write_message(json.dumps({"events": []}))
        with suppress(WebSocketClosedError):  # closed while we were still sending
            for number in range(8):
                await socket.raw.write_message(json.dumps({"id": str(number)}))
                await socket.raw.write_message(b"x" * 900_000, binary=True)
        return await socket.closed_with()

    assert story(attack()) == BROKEN


def test_the_page_token_holds_no_cookie_no_header_and_is_signed(edge: Edge) -> None:
    client = edge.client("alice")
    token = page_token(client.get("/", User_Agent="CNRY-agent"))
    said = json.dumps(token_says(token), default=str)
    assert "CNRY-agent" not in said
    assert client.cookies["sid"] not in said
    assert token_says(token)["headers"] == token_says(token)["cookies"] == {}
    assert "." in token


@pytest.mark.parametrize("forge", [lambda t: t.split(".")[0], lambda t: t[:-2] + "AA", lambda t: "x.y", lambda t: ""])
def test_an_unsigned_or_changed_token_opens_nothing(edge: Edge, forge) -> None:  # type: ignore[no-untyped-def]
    async def attack() -> int | None:
        client = edge.client("alice")
        socket = await connect(client, forge(page_token(client.get("/"))) or "-")
        return await socket.closed_with()

    assert story(attack()) == REFUSED


def test_another_persons_genuine_token_opens_nothing(edge: Edge) -> None:
    async def attack() -> int | None:
        token = page_token(edge.client("alice").get("/"))
        return await (await connect(edge.client("bob"), token)).closed_with()

    assert story(attack()) == REFUSED


def test_a_token_of_an_earlier_sign_in_of_the_same_person_opens_nothing(edge: Edge) -> None:
    async def attack() -> int | None:
        token = page_token(edge.client("alice").get("/"))
        return await (await connect(edge.client("alice"), token)).closed_with()

    assert story(attack()) == REFUSED


def test_a_token_of_one_application_does_not_open_another(edge: Edge) -> None:
    async def attack() -> int | None:
        client = edge.client("alice")
        return await (await connect(client, page_token(client.get("/other")), "/ws")).closed_with()

    assert story(attack()) == REFUSED


def test_a_session_named_in_the_address_is_refused(edge: Edge) -> None:
    alice, bob = edge.client("alice"), edge.client("bob")
    token = page_token(alice.get("/"))
    session = json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "==="))["session_id"]
    assert bob.get("/?bokeh-session-id=FIXED123").status == 403
    assert bob.get(f"/?bokeh-session-id={session}").status == 403
    assert bob.get(f"/?bokeh-token={token}").status == 403
    assert bob.get("/", Bokeh_Session_Id=session).status == 403


@pytest.mark.parametrize(
    "origin",
    [
        "", "null", "http://evil.example", "http://127.0.0.1:1", "http://127.0.0.1:{port}.evil.example",
        "https://127.0.0.1:{port}", "HTTP://127.0.0.1:{port}", "http://127.0.0.1:{port}/",
    ],
)  # fmt: skip
def test_a_socket_from_elsewhere_is_refused(edge: Edge, origin: str) -> None:
    async def attack() -> None:
        client = edge.client("alice")
        await connect(client, page_token(client.get("/")), Origin=origin.format(port=edge.port))

    with pytest.raises(HTTPClientError) as refusal:
        story(attack())
    assert refusal.value.code == 403


def test_a_socket_that_the_browser_calls_cross_site_is_refused(edge: Edge) -> None:
    async def attack() -> None:
        client = edge.client("alice")
        await connect(client, page_token(client.get("/")), **{"Sec-Fetch-Site": "cross-site"})

    with pytest.raises(HTTPClientError):
        story(attack())


def test_a_socket_without_a_session_is_refused(edge: Edge) -> None:
    async def attack() -> None:
        token = page_token(edge.client("alice").get("/"))
        await connect(edge.client(), token)

    with pytest.raises(HTTPClientError) as refusal:
        story(attack())
    assert refusal.value.code == 403


def test_after_signing_out_the_socket_is_closed_and_the_cookie_is_dead(edge: Edge) -> None:
    async def sign_out() -> tuple[int | None, int]:
        client = edge.client("alice")
        cookie = client.cookies["sid"]
        socket = await attach(client)
        answer = await asyncio.to_thread(client.post, "/sign-out", {})
        assert answer.status == 303
        code = await socket.closed_with()
        client.cookies["sid"] = cookie
        return code, client.get("/").status

    assert story(sign_out()) == (SIGNED_OUT, 302)
