"""Guessing gets slow and is remembered; nobody is shut out by strangers; everybody is told the same."""

import dataclasses

import pytest

from tests.web.doors import browser, give_code, give_password, is_in, sign_in
from tests.web.edge import PASSWORD, Edge, run
from workbench.accounts.notices import NoticeKind
from workbench.accounts.tables import AccountNotice, Authenticator, Tries
from workbench.gate.actor import Role

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture
def doors(edge: Edge) -> Edge:
    """The edge, with Fern, who has a password and an app."""
    edge.add("fern", Role.MANAGER, with_password=True)
    return edge


def wrong_codes(doors: Edge, wrong: int) -> None:
    """As if so many wrong codes in a row had been given, the last just now."""
    with doors.gate.store.writing() as session:
        user_id = doors.people["fern"].account.user_id
        key = session.query(Authenticator).filter_by(user_id=user_id).one().id
        session.merge(Tries(key=key, wrong=wrong, last_at=doors.clock()))
        session.commit()


def test_after_ten_wrong_codes_in_a_row_even_the_right_one_must_wait(doors: Edge) -> None:
    for _ in range(5):
        client = browser(doors)
        give_password(client, "fern")
        for _ in range(2):
            doors.clock.forward(seconds=61)
            assert give_code(doors, client, "fern", "000000").status == 401
    client = browser(doors)
    give_password(client, "fern")
    slowed = give_code(doors, client, "fern")
    assert slowed.status == 429
    doors.clock.forward(seconds=61)
    assert give_code(doors, client, "fern").status == 303
    doors.clock.forward(minutes=1)
    assert is_in(sign_in(doors, "fern"))


@pytest.mark.parametrize(("wrong", "minutes"), [(11, 1), (13, 4), (17, 60), (60, 60)])
def test_the_wait_doubles_up_to_an_hour(doors: Edge, wrong: int, minutes: int) -> None:
    wrong_codes(doors, wrong)
    client = browser(doors)
    give_password(client, "fern")
    doors.clock.forward(seconds=60 * min(minutes, 4) - 1)
    assert give_code(doors, client, "fern").status == 429
    doors.clock.forward(minutes=60)
    later = browser(doors)
    give_password(later, "fern")
    assert give_code(doors, later, "fern").status == 303


def test_after_a_hundred_the_app_must_be_set_up_anew_and_the_person_is_told(doors: Edge) -> None:
    wrong_codes(doors, 99)
    doors.clock.forward(hours=2)
    client = browser(doors)
    give_password(client, "fern")
    assert give_code(doors, client, "fern", "000000").status == 401
    doors.clock.forward(hours=2)
    again = browser(doors)
    give_password(again, "fern")
    refused = give_code(doors, again, "fern")
    assert refused.status == 401
    assert "switched off" in refused.text
    with doors.gate.store.reading() as session:
        assert NoticeKind.AUTHENTICATOR_OFF in session.query(AccountNotice.kind).one()


@pytest.mark.parametrize("name", ["fern", "nobody"])
def test_wrong_passwords_are_remembered_over_a_restart_for_accounts_that_exist_and_others(
    doors: Edge, name: str
) -> None:
    for _ in range(3):
        assert give_password(browser(doors), name, "wrong").status == 401
    restarted = Edge(doors.gate, dataclasses.replace(doors.settings, port=0), doors.clock, doors.people)
    stop = run(restarted)
    answer = give_password(browser(restarted), name, "wrong")
    stop()
    assert answer.status == 429


def test_strangers_do_not_slow_down_a_browser_the_person_used_before(doors: Edge) -> None:
    known = sign_in(doors, "fern")
    known.post("/sign-out", {})
    for _ in range(3):
        assert give_password(browser(doors), "fern", "wrong").status == 401
    assert give_password(browser(doors), "fern").status == 429
    assert give_password(known, "fern").status == 303


def test_a_known_browser_is_no_factor_and_is_slowed_by_its_own_mistakes(doors: Edge) -> None:
    known = sign_in(doors, "fern")
    known.post("/sign-out", {})
    statuses = [give_password(known, "fern", "wrong").status for _ in range(4)]
    assert statuses == [401, 401, 401, 429]
    assert not is_in(known)


def test_the_device_cookie_of_another_person_is_worth_nothing(doors: Edge) -> None:
    doors.add("moss", Role.BILLER, with_password=True)
    stranger = sign_in(doors, "moss")
    stranger.post("/sign-out", {})
    for _ in range(3):
        give_password(browser(doors), "fern", "wrong")
    assert give_password(stranger, "fern", PASSWORD).status == 429


def test_a_fourth_session_ends_the_oldest(doors: Edge) -> None:
    clients = [sign_in(doors, "fern") for _ in range(4)]
    assert [is_in(client) for client in clients] == [False, True, True, True]


def test_a_new_device_is_told_to_the_person(doors: Edge) -> None:
    sign_in(doors, "fern")
    sign_in(doors, "fern")
    with doors.gate.store.reading() as session:
        assert [kind for (kind,) in session.query(AccountNotice.kind)] == [NoticeKind.NEW_DEVICE]
