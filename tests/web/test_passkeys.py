"""Passkeys over HTTP: added on a page of their own, shown in one step, asked of those whose role reaches everything."""

import json

import pytest

from tests.web.doors import Named, browser, enrol, give_code, give_password, is_in, key_for, show_passkey, sign_in
from tests.web.edge import Edge
from workbench.accounts.tables import User
from workbench.gate.actor import Role

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture
def doors(edge: Edge) -> Edge:
    """The edge, with Fern, who manages, and Oona, who owns the practice; both have a password and an app."""
    edge.add("fern", Role.MANAGER, with_password=True)
    edge.add("oona", Role.OWNER, with_password=True)
    return edge


def test_a_passkey_added_once_signs_in_in_one_step(doors: Edge) -> None:
    key = key_for(doors)
    added = enrol(doors, sign_in(doors, "fern"), key)
    assert (added.status, added.header("location")) == (303, "/")
    client = browser(doors)
    shown = show_passkey(client, key)
    assert (shown.status, shown.header("location")) == (303, "/other")
    assert is_in(client)


def test_an_answer_counts_once(doors: Edge) -> None:
    key, client = key_for(doors), browser(doors)
    enrol(doors, sign_in(doors, "fern"), key)
    challenge = client.begin("/sign-in/passkey/begin")
    form, cookie = {"answer": key.signed(challenge)}, client.cookies["ceremony"]
    assert client.post("/sign-in/passkey", form).status == 303
    again = browser(doors)
    again.cookies["ceremony"] = cookie
    assert again.post("/sign-in/passkey", form).status == 401


def test_a_challenge_waits_five_minutes(doors: Edge) -> None:
    key, client = key_for(doors), browser(doors)
    enrol(doors, sign_in(doors, "fern"), key)
    challenge = client.begin("/sign-in/passkey/begin")
    doors.clock.forward(minutes=5)
    assert client.post("/sign-in/passkey", {"answer": key.signed(challenge)}).status == 401


def test_the_challenge_of_another_browser_is_refused(doors: Edge) -> None:
    key, client = key_for(doors), browser(doors)
    enrol(doors, sign_in(doors, "fern"), key)
    client.begin("/sign-in/passkey/begin")
    foreign = browser(doors).begin("/sign-in/passkey/begin")
    assert client.post("/sign-in/passkey", {"answer": key.signed(foreign)}).status == 401


def test_unknown_disabled_and_wrong_read_the_same(doors: Edge) -> None:
    key, stranger, wrong = key_for(doors), key_for(doors), key_for(doors)
    enrol(doors, sign_in(doors, "fern"), key)
    wrong.credential_id = key.credential_id
    answers = [show_passkey(browser(doors), one) for one in (stranger, wrong)]
    with doors.gate.store.writing() as session:
        session.query(User).filter_by(person_id="stf_fern").one().state = "disabled"
        session.commit()
    answers.append(show_passkey(browser(doors), key))
    assert {answer.status for answer in answers} == {401}
    assert len({answer.text.split("<main", 1)[1].split('name="_xsrf"')[0] for answer in answers}) == 1


def test_a_challenge_has_32_bytes_names_nobody_and_asks_who_is_there(doors: Edge) -> None:
    asked = json.loads(browser(doors).post("/sign-in/passkey/begin", {}).text)
    assert len(asked["challenge"]) == 43
    assert asked["rpId"] == "localhost"
    assert asked["userVerification"] == "required"
    assert not asked.get("allowCredentials")


def test_by_its_number_the_site_offers_no_passkeys(doors: Edge) -> None:
    assert "data-passkey" in browser(doors).get("/sign-in").text
    assert "data-passkey" not in doors.client().get("/sign-in").text


def test_the_owner_must_set_up_a_passkey_before_anything_else(doors: Edge) -> None:
    client = browser(doors)
    give_password(client, "oona")
    led = give_code(doors, client, "oona")
    assert led.header("location") == "/account/setup"
    assert "needs" not in client.get("/account/setup").header("location")
    assert client.get("/other").status == 302
    assert client.get("/sign-in?next=%2Fother").header("location") == "/account/setup"
    key = key_for(doors)
    assert enrol(doors, client, key).header("location") == "/"
    assert is_in(client)


def test_once_the_owner_has_a_passkey_a_code_is_not_enough(doors: Edge) -> None:
    first, key = browser(doors), key_for(doors)
    give_password(first, "oona")
    give_code(doors, first, "oona")
    enrol(doors, first, key)
    doors.clock.forward(minutes=1)
    second = browser(doors)
    give_password(second, "oona")
    refused = give_code(doors, second, "oona")
    assert refused.status == 401
    assert "passkey" in refused.text
    assert show_passkey(second, key).status == 303


def test_a_session_that_owes_opens_no_socket_and_can_be_left(doors: Edge) -> None:
    client = browser(doors)
    give_password(client, "oona")
    give_code(doors, client, "oona")
    assert client.get("/account/authenticator").status == 200
    assert client.get("/account/setup").status == 200
    assert client.post("/sign-out", {}).header("location") == "/sign-in?out=1"
    assert client.get("/account/setup").header("location").startswith("/sign-in")


def test_in_a_synthetic_practice_codes_are_enough_for_the_owner(doors: Edge, synthetic: None) -> None:
    client: Named = sign_in(doors, "oona")
    assert is_in(client)


@pytest.fixture
def synthetic(doors: Edge) -> None:
    """The practice's one row says that it is not real."""
    from workbench.people.tables import Practice, PracticeDetails

    with doors.gate.store.writing() as session:
        practice = Practice(zone="America/New_York", is_synthetic=True)
        practice.details = PracticeDetails("Maple Grove", "2000000006", "000000000", "1 Elm", "X", "NY", "10001", "")
        session.add(practice)
        session.commit()
