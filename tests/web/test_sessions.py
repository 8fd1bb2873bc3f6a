"""How sessions end: by themselves, from elsewhere, and with them every open page."""

import asyncio
import time

import pytest

from tests.web.edge import Client, Edge
from tests.web.hand_made import attach, change, click, story
from workbench.accounts.tables import RoleGrant, User, UserSession
from workbench.actions.accounts.disable_account import disable_account
from workbench.gate.actor import Actor, Role
from workbench.web.watch import SIGNED_OUT

pytestmark = pytest.mark.engines("sqlcipher")


def session_of(edge: Edge, name: str) -> UserSession:
    """The session of that person."""
    with edge.gate.store.reading() as session:
        return session.query(UserSession).filter_by(person_id=f"stf_{name}").one()


def test_a_session_ends_after_15_minutes_without_input_and_takes_its_socket_along(edge: Edge) -> None:
    async def wait() -> tuple[int | None, int]:
        client = edge.client("alice")
        socket = await attach(client)
        edge.clock.forward(minutes=14, seconds=59)
        assert client.get("/").status == 200
        edge.clock.forward(seconds=1)
        return await socket.closed_with(), client.get("/").status

    assert story(wait()) == (SIGNED_OUT, 302)


def test_polling_is_not_input(edge: Edge) -> None:
    async def poll() -> int | None:
        client = edge.client("alice")
        socket = await attach(client)
        number = (await socket.models())["number"]
        for _ in range(15):
            edge.clock.forward(minutes=1)
            await asyncio.to_thread(client.get, "/")
            await socket.say("PULL-DOC-REQ", {})
            await socket.say("PATCH-DOC", {"events": [change(number, "visible", True)]})
        return await socket.closed_with()

    assert story(poll()) == SIGNED_OUT


def test_a_press_is_input(edge: Edge) -> None:
    async def work() -> int:
        client = edge.client("alice")
        socket = await attach(client)
        button = (await socket.models())["hidden"]
        for _ in range(3):
            edge.clock.forward(minutes=14)
            await socket.patch(click(button))
            edge.settle()
        assert session_of(edge, "alice").last_input_at == edge.clock()
        return client.get("/").status

    assert story(work()) == 200


def test_however_busy_a_session_ends_after_12_hours(edge: Edge) -> None:
    client = edge.client("alice")
    token = client.form_token()
    for _ in range(51):
        edge.clock.forward(minutes=14)
        assert client.ask("POST", "/session/input", "", X_Xsrftoken=token).status == 204
        edge.settle()
    edge.clock.forward(minutes=6)
    assert client.ask("POST", "/session/input", "", X_Xsrftoken=token).status == 401


def test_a_page_says_that_a_person_is_there(edge: Edge) -> None:
    client = edge.client("alice")
    token = client.form_token()
    edge.clock.forward(minutes=10)
    assert client.ask("POST", "/session/input", "", X_Xsrftoken=token).status == 204
    edge.settle()
    edge.clock.forward(minutes=10)
    assert client.get("/").status == 200
    edge.clock.forward(minutes=15)
    assert client.ask("POST", "/session/input", "", X_Xsrftoken=token).status == 401


def test_a_disabled_account_is_out_within_seconds_everywhere(edge: Edge) -> None:
    async def disable() -> tuple[int | None, int]:
        client = edge.client("alice")
        socket = await attach(client)
        with edge.gate.store.writing() as session:
            session.query(User).filter_by(person_id="stf_alice").one().state = "disabled"
            session.commit()
        return await socket.closed_with(), client.get("/").status

    assert story(disable()) == (SIGNED_OUT, 302)


def test_roles_are_read_anew_while_a_session_lives(edge: Edge) -> None:
    client = edge.client("alice")
    assert client.get("/closed").status == 403
    user_id = edge.people["alice"].account.user_id
    with edge.gate.store.writing() as session:
        session.add(RoleGrant(user_id=user_id, role=Role.OWNER, granted_at=edge.clock(), granted_by="usr_owner"))
        session.commit()
    edge.on_loop(lambda: edge.server.edge.watch._seen.clear())  # as a second later
    assert client.get("/closed").status == 200
    with edge.gate.store.writing() as session:
        session.query(RoleGrant).filter_by(user_id=user_id, role=Role.OWNER).one().ended_at = edge.clock()
        session.commit()
    edge.on_loop(lambda: edge.server.edge.watch._seen.clear())
    assert client.get("/closed").status == 403


def test_ending_one_session_leaves_the_others(edge: Edge) -> None:
    async def end() -> tuple[int | None, str]:
        alice, bob = edge.client("alice"), edge.client("bob")
        socket, other = await attach(alice), await attach(bob)
        edge.server.close_session(session_of(edge, "alice").token_hash)
        code = await socket.closed_with()
        heard = await other.answer("PULL-DOC-REQ", {})
        assert heard is not None
        return code, heard[0]

    assert story(end()) == (SIGNED_OUT, "PULL-DOC-REPLY")


def test_closed_pages_are_forgotten(edge: Edge) -> None:
    async def visit() -> None:
        await attach(edge.client("alice"))

    story(visit())
    while edge.on_loop(lambda: dict(edge.server.edge.watch._sockets)):
        pass


def test_signing_out_by_a_link_does_nothing(edge: Edge) -> None:
    client = edge.client("alice")
    assert client.get("/sign-out").status == 405
    assert client.get("/").status == 200


def test_signing_out_clears_what_the_browser_kept(edge: Edge) -> None:
    client: Client = edge.client("alice")
    answer = client.post("/sign-out", {})
    assert answer.header("location") == "/sign-in?out=1"
    assert answer.header("clear-site-data") == '"storage"'
    assert "sid" not in client.cookies
    assert "You are signed out." in client.get("/sign-in?out=1").text


def test_the_open_socket_of_a_disabled_account_closes_within_5_seconds_and_its_cookie_is_dead(edge: Edge) -> None:
    async def brake() -> tuple[int | None, float, int]:
        client = edge.client("alice")
        socket = await attach(client)
        it = edge.add("ines", Role.IT).account.user_id
        began = time.monotonic()
        disable_account(edge.gate, Actor(it, "stf_ines", frozenset({Role.IT})), edge.people["alice"].account.user_id,
                        now=edge.clock())  # fmt: skip
        code = await socket.closed_with()
        return code, time.monotonic() - began, client.get("/").status

    code, took, status = story(brake())
    assert (code, status) == (SIGNED_OUT, 302)
    assert took < 5
