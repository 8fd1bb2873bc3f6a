"""Signing in: who knows both secrets comes in once a code, and everybody else hears the same words."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.web.edge import PASSWORD, Answer, Client, Edge
from workbench.accounts.tables import User, UserSession
from workbench.gate.actor import Role
from workbench.gate.audit import AuditRow

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture
def fern(edge: Edge) -> Edge:
    """The edge, with Fern, who has a password."""
    edge.add("fern", Role.MANAGER, with_password=True)
    return edge


def give_password(client: Client, email: str, password: str, **more: str) -> Answer:
    """Post the first form."""
    return client.post("/sign-in", {"email": email, "password": password, "next": "/other?x=1", **more})


def give_code(edge: Edge, client: Client, code: str = "") -> Answer:
    """Post the second form."""
    return client.post("/sign-in/code", {"code": code or edge.people["fern"].code(edge.clock())})


def log(edge: Edge) -> list[tuple[str, str]]:
    """The audit log's events and outcomes."""
    with edge.gate.store.reading() as session:
        return [tuple(row) for row in session.execute(select(AuditRow.event, AuditRow.outcome).order_by(AuditRow.seq))]


def test_password_then_code_opens_a_session_and_leads_on(fern: Edge) -> None:
    client = fern.client()
    first = give_password(client, " Fern@Example.TEST ", PASSWORD)
    assert (first.status, first.header("location")) == (303, "/sign-in/code")
    assert "sid" not in client.cookies
    second = give_code(fern, client)
    assert (second.status, second.header("location")) == (303, "/other?x=1")
    cookie = next(value for name, value in second.headers if name == "set-cookie" and value.startswith("sid="))
    assert all(word in cookie for word in ("HttpOnly", "Path=/", "SameSite=Strict"))
    assert "expires" not in cookie.lower()
    assert "half" not in client.cookies
    assert client.get("/other").status == 200
    assert log(fern)[-1] == ("session.opened", "done")


def test_the_store_holds_no_token_and_no_readable_address(fern: Edge) -> None:
    client = fern.client()
    give_password(client, "fern@example.test", PASSWORD)
    give_code(fern, client)
    with fern.gate.store.reading() as session:
        kept = session.scalars(select(UserSession)).one()
        user = session.scalars(select(User).where(User.id == kept.user_id)).one()
        columns = repr([*vars(kept).values(), *vars(user).values()])
    assert client.cookies["sid"] not in columns
    assert "fern@" not in columns


def test_unknown_wrong_and_disabled_are_told_the_same(fern: Edge) -> None:
    fern.add("gone", Role.BILLER, with_password=True)
    with fern.gate.store.writing() as session:
        session.query(User).filter_by(id=fern.people["gone"].account.user_id).one().state = "disabled"
        session.commit()
    tries = (("nobody@example.test", PASSWORD), ("fern@example.test", "wrong"), ("gone@example.test", PASSWORD))
    answers = [give_password(fern.client(), email, password) for email, password in tries]
    assert {answer.status for answer in answers} == {401}
    pages = {
        answer.text.replace(email, "").split("<main", 1)[1].split('name="_xsrf"')[0]
        for answer, (email, _) in zip(answers, tries, strict=True)
    }
    assert len(pages) == 1
    assert {tuple(sorted(answer.cookies())) for answer in answers} == {()}
    assert log(fern)[-3:] == [("sign_in.refused", "refused")] * 3


def test_every_try_costs_one_hash_whoever_it_is(fern: Edge, monkeypatch: pytest.MonkeyPatch) -> None:
    from workbench.accounts import passwords

    hashed: list[str] = []
    real = passwords.matches
    monkeypatch.setattr(
        passwords, "matches", lambda pepper, kept, given: (hashed.append(kept), real(pepper, kept, given))[1]
    )
    for email in ("nobody@example.test", "fern@example.test", "alice@example.test"):
        give_password(fern.client(), email, "wrong")
    parameters = [kept.rsplit("$", 2)[0] for kept in hashed]
    assert len(hashed) == 3
    assert parameters[0] == parameters[1] == "$argon2id$v=19$m=65536,t=3,p=1"


def test_a_code_works_once(fern: Edge) -> None:
    first, second = fern.client(), fern.client()
    for client in (first, second):
        give_password(client, "fern@example.test", PASSWORD)
    assert give_code(fern, first).status == 303
    assert give_code(fern, second).status == 401
    assert "sid" not in second.cookies
    fern.clock.forward(seconds=30)
    assert give_code(fern, second).status == 303


def test_of_two_posts_with_one_code_exactly_one_wins(fern: Edge) -> None:
    clients = [fern.client() for _ in range(4)]
    for client in clients:
        give_password(client, "fern@example.test", PASSWORD)
    tokens = [client.form_token() for client in clients]
    code = fern.people["fern"].code(fern.clock())
    with ThreadPoolExecutor(4) as together:
        answers = list(
            together.map(
                lambda pair: pair[0].post("/sign-in/code", {"code": code}, xsrf=pair[1]),
                zip(clients, tokens, strict=True),
            )
        )
    statuses = sorted(answer.status for answer in answers)
    assert statuses.count(303) == 1
    assert set(statuses[1:]) <= {401, 429}
    with fern.gate.store.reading() as session:
        assert session.query(UserSession).count() == 1


@pytest.mark.parametrize(("steps", "status"), [(-2, 401), (-1, 303), (0, 303), (1, 401)])
def test_the_current_code_and_the_one_before_count(fern: Edge, steps: int, status: int) -> None:
    client = fern.client()
    give_password(client, "fern@example.test", PASSWORD)
    code = fern.people["fern"].code(fern.clock() + timedelta(seconds=30 * steps))
    assert give_code(fern, client, code).status == status


def test_the_sixth_wrong_code_needs_the_password_again(fern: Edge) -> None:
    client = fern.client()
    give_password(client, "fern@example.test", PASSWORD)
    for _ in range(5):
        assert give_code(fern, client, "000000").status == 401
        fern.clock.forward(seconds=20)
    late = give_code(fern, client)
    assert (late.status, late.header("location")) == (303, "/sign-in?ended=1")
    assert "sid" not in client.cookies


def test_wrong_tries_must_wait_longer_and_longer_but_never_for_good(fern: Edge) -> None:
    client = fern.client()
    for _ in range(3):
        assert give_password(client, "fern@example.test", "wrong").status == 401
    slowed = give_password(client, "fern@example.test", PASSWORD)
    assert slowed.status == 429
    assert int(slowed.header("retry-after")) >= 1
    assert give_password(client, "nobody@example.test", "wrong").status == 401
    fern.clock.forward(seconds=61)
    assert give_password(client, "fern@example.test", PASSWORD).status == 303


def test_an_address_that_does_not_exist_must_wait_just_the_same(fern: Edge) -> None:
    client = fern.client()
    statuses = [give_password(client, "nobody@example.test", "wrong").status for _ in range(4)]
    assert statuses == [401, 401, 401, 429]


def test_a_full_queue_is_a_polite_503(fern: Edge, monkeypatch: pytest.MonkeyPatch) -> None:
    from workbench.web.pool import HashingPool, TooBusy

    async def full(*_: object) -> None:
        raise TooBusy

    monkeypatch.setattr(HashingPool, "run", full)
    answer = give_password(fern.client(), "fern@example.test", PASSWORD)
    assert answer.status == 503
    assert answer.header("retry-after") == "5"
    assert "Wait a few seconds" in answer.text


@pytest.mark.parametrize("token", ["", "x", "2|aaaaaaaa|bbbbbbbb|1"])
def test_a_form_without_its_token_is_refused(fern: Edge, token: str) -> None:
    client = fern.client()
    form = {"email": "fern@example.test", "password": PASSWORD}
    assert client.post("/sign-in", form, xsrf=token).status == 403


def test_the_form_token_of_another_browser_is_refused(fern: Edge) -> None:
    stolen = fern.client().form_token()
    client = fern.client()
    client.form_token()
    form = {"email": "fern@example.test", "password": PASSWORD}
    assert client.post("/sign-in", form, xsrf=stolen).status == 403


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/sign-out",
        "",
        "/a\nb",
    ],
)
def test_after_signing_in_nobody_is_sent_elsewhere(fern: Edge, target: str) -> None:
    client = fern.client()
    give_password(client, "fern@example.test", PASSWORD, next=target)
    assert give_code(fern, client).header("location") == "/"


def test_a_planted_cookie_is_not_taken_over(fern: Edge) -> None:
    client = fern.client()
    client.cookies |= {"sid": "planted", "half": "planted"}
    give_password(client, "fern@example.test", PASSWORD)
    assert client.cookies["half"] != "planted"
    give_code(fern, client)
    assert client.cookies["sid"] != "planted"


def test_signing_in_again_ends_the_session_this_browser_had(fern: Edge) -> None:
    client = fern.client("alice")
    before = client.cookies["sid"]
    give_password(client, "fern@example.test", PASSWORD)
    give_code(fern, client)
    assert client.cookies["sid"] != before
    old = fern.client()
    old.cookies["sid"] = before
    assert old.get("/").status == 302


def test_a_64_character_password_in_decomposed_form_is_the_same_password(edge: Edge) -> None:
    from tests.web.edge import provision
    from workbench.accounts.passwords import hash_password

    composed = "é" * 64
    pepper = edge.gate.store.vault.service_key("pepper")
    edge.people["eve"] = provision(edge.gate, edge.clock(), "eve", password_hash=hash_password(pepper, composed))
    assert give_password(edge.client(), "eve@example.test", "e\u0301" * 64).status == 303


def test_the_code_page_is_only_for_who_gave_the_password(fern: Edge) -> None:
    client = fern.client()
    assert client.get("/sign-in/code").header("location") == "/sign-in"
    assert give_code(fern, client).header("location") == "/sign-in?ended=1"
    give_password(client, "fern@example.test", PASSWORD)
    fern.clock.forward(minutes=5)
    assert client.get("/sign-in/code").header("location") == "/sign-in"


def test_what_was_typed_comes_back_escaped(fern: Edge) -> None:
    page = give_password(fern.client(), '"><script>alert(1)</script>', "x").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
