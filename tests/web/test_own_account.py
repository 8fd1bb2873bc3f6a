"""Changing how one signs in: fresh factor first, one good code, codes shown once, and old sessions end."""

import asyncio
import re

import pyotp
import pytest

from tests.web.doors import Named, browser, enrol, give_code, give_password, is_in, key_for, sign_in
from tests.web.edge import PASSWORD, Answer, Edge
from tests.web.hand_made import attach, story
from workbench.gate.actor import Role
from workbench.web.watch import SIGNED_OUT

pytestmark = pytest.mark.engines("sqlcipher")
NEW = "three blue herons walk"


@pytest.fixture
def doors(edge: Edge) -> Edge:
    """The edge, with Fern, who has a password and an app."""
    edge.add("fern", Role.MANAGER, with_password=True)
    return edge


def prove(doors: Edge, client: Named, code: str = "", **headers: str) -> Answer:
    """The page that asks for a factor again."""
    return client.post(
        "/session/step-up", {"code": code or doors.people["fern"].code(doors.clock()), "next": "/account/password"},
        **headers,
    )  # fmt: skip


def recovery_codes(client: Named) -> list[str]:
    """Ten new ones."""
    return re.findall(r"<li>([A-Z2-9-]{29})</li>", client.post("/account/recovery-codes", {}).text)


@pytest.mark.parametrize("page", ["passkey", "authenticator", "recovery-codes", "password"])
def test_every_change_asks_for_a_factor_shown_within_five_minutes(doors: Edge, page: str) -> None:
    client = sign_in(doors, "fern")
    assert client.get(f"/account/{page}").status == 200
    doors.clock.forward(minutes=5)
    for answer in (client.get(f"/account/{page}"), client.post(f"/account/{page}", {})):
        assert answer.header("location") == f"/session/step-up?next=%2Faccount%2F{page}"
    assert browser(doors).get(f"/account/{page}").header("location").startswith("/sign-in")


def test_showing_a_code_again_gives_the_session_another_id(doors: Edge) -> None:
    client = sign_in(doors, "fern")
    before = client.cookies["sid"]
    doors.clock.forward(minutes=6)
    assert prove(doors, client).header("location") == "/account/password"
    assert client.cookies["sid"] != before
    assert client.get("/account/password").status == 200
    old = browser(doors)
    old.cookies["sid"] = before
    assert not is_in(old)


def test_an_open_page_goes_on_under_the_new_id(doors: Edge) -> None:
    async def work() -> tuple[int, str]:
        client = await asyncio.to_thread(sign_in, doors, "fern")
        client.cookies["device"] = ""
        plain = doors.client()
        plain.cookies["sid"] = client.cookies["sid"]
        socket = await attach(plain)
        doors.clock.forward(minutes=6)
        assert (await asyncio.to_thread(prove, doors, client, X_Dialog="1")).status == 204
        return len(await socket.models()), (await socket.models())["whose"]["attributes"]["value"]

    models, whose = story(work())
    assert models > 3
    assert whose == "stf_fern"


def test_a_spent_or_wrong_code_does_not_count_again(doors: Edge) -> None:
    client = sign_in(doors, "fern")
    spent = doors.people["fern"].code(doors.clock())
    assert prove(doors, client, spent).status == 401
    assert prove(doors, client, "000000", X_Dialog="1").status == 422
    doors.clock.forward(minutes=6)
    assert client.get("/account/password").status == 303


def test_a_passkey_counts_as_a_fresh_factor(doors: Edge) -> None:
    client, key = sign_in(doors, "fern"), key_for(doors)
    enrol(doors, client, key)
    doors.clock.forward(minutes=6)
    challenge = client.begin("/session/step-up/begin")
    assert client.post("/session/step-up", {"answer": key.signed(challenge)}).status == 303
    assert client.get("/account/passkey").status == 200


def test_a_new_app_counts_after_its_first_good_code(doors: Edge) -> None:
    client = sign_in(doors, "fern")
    page = client.get("/account/authenticator").text
    seed = "".join(re.findall(r"<span>([A-Z2-7]{4})</span>", page))
    assert len(seed) == 32
    assert "<svg" in page
    assert client.post("/account/authenticator", {"code": "000000"}).status == 409
    done = client.post("/account/authenticator", {"code": pyotp.TOTP(seed).at(doors.clock())})
    assert (done.status, done.header("location")) == (303, "/")
    doors.clock.forward(minutes=1)
    again = browser(doors)
    give_password(again, "fern")
    assert give_code(doors, again, "fern").status == 401
    assert give_code(doors, again, "fern", pyotp.TOTP(seed).at(doors.clock())).status == 303


def test_a_seed_that_was_shown_is_not_shown_again(doors: Edge) -> None:
    client = sign_in(doors, "fern")
    first, second = (client.get("/account/authenticator").text for _ in range(2))
    assert re.findall(r"<span>([A-Z2-7]{4})</span>", first) != re.findall(r"<span>([A-Z2-7]{4})</span>", second)


def test_a_recovery_code_lets_in_once_and_leads_to_a_new_factor(doors: Edge) -> None:
    codes = recovery_codes(sign_in(doors, "fern"))
    assert len(codes) == 10
    client = browser(doors)
    give_password(client, "fern")
    led = client.post("/sign-in/code", {"recovery": codes[0].lower()})
    assert led.header("location") == "/account/setup"
    assert not is_in(client)
    again = browser(doors)
    give_password(again, "fern")
    assert again.post("/sign-in/code", {"recovery": codes[0]}).status == 401
    enrol(doors, client, key_for(doors))
    assert is_in(client)


def test_a_new_set_kills_the_old_one(doors: Edge) -> None:
    client = sign_in(doors, "fern")
    old, new = recovery_codes(client), recovery_codes(client)
    again = browser(doors)
    give_password(again, "fern")
    assert again.post("/sign-in/code", {"recovery": old[1]}).status == 401
    assert again.post("/sign-in/code", {"recovery": new[1]}).status == 303


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ("short", "at least 12"),
        ("passwordpassword", "tried first"),
        ("Practice Workbench", "name of the practice"),
        ("x" * 300, "at most 256"),
    ],
)
def test_an_unfit_password_is_refused_with_the_reason(doors: Edge, new: str, reason: str) -> None:
    answer = sign_in(doors, "fern").post("/account/password", {"present": PASSWORD, "new": new})
    assert answer.status == 409
    assert reason in answer.text


def test_a_new_password_closes_every_other_session_and_page(doors: Edge) -> None:
    async def change() -> tuple[int | None, bool, bool]:
        other = await asyncio.to_thread(sign_in, doors, "fern")
        plain = doors.client()
        plain.cookies["sid"] = other.cookies["sid"]
        socket = await attach(plain)
        this = await asyncio.to_thread(sign_in, doors, "fern")
        done = await asyncio.to_thread(this.post, "/account/password", {"present": PASSWORD, "new": NEW})
        assert done.status == 303
        return await socket.closed_with(), is_in(other), is_in(this)

    assert story(change()) == (SIGNED_OUT, False, True)
    doors.clock.forward(minutes=2)
    assert give_password(browser(doors), "fern").status == 401
    assert give_password(browser(doors), "fern", NEW).status == 303


def test_the_present_password_must_be_right(doors: Edge) -> None:
    answer = sign_in(doors, "fern").post("/account/password", {"present": "wrong", "new": NEW})
    assert answer.status == 409
    assert "present password" in answer.text
