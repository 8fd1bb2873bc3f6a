"""Guessing is slowed down by account and by network, and the memory of it stays small."""

from datetime import UTC, datetime, timedelta

from workbench.web import throttle
from workbench.web.half_way import HalfWayHouse
from workbench.web.throttle import Throttle, network_of

NOW = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
NOTHING = timedelta(0)


def test_a_neighbourhood_of_addresses_counts_as_one() -> None:
    assert network_of("192.0.2.7") == network_of("192.0.2.250") == "192.0.2.0/24"
    assert network_of("2001:db8:1:2::3") == network_of("2001:db8:1:ffff::") == "2001:db8:1::/48"
    assert network_of("not an address") == "unknown"


def test_one_network_may_spray_30_accounts_a_minute() -> None:
    guard = Throttle()
    waits = [guard.begin(f"name {number}", "net a", NOW + timedelta(seconds=number)) for number in range(31)]
    assert waits[:30] == [NOTHING] * 30
    assert waits[30] == timedelta(seconds=30)
    assert guard.begin("name x", "net b", NOW + timedelta(seconds=31)) == NOTHING


def test_one_account_is_tried_at_most_ten_times_a_minute_from_anywhere() -> None:
    guard, tried = Throttle(), 0
    for second in range(60):
        tried += guard.begin("name a", f"net {second}", NOW + timedelta(seconds=second)) == NOTHING
    assert tried <= throttle.PER_ACCOUNT


def test_a_right_try_wipes_the_slate() -> None:
    guard = Throttle()
    for _ in range(3):
        guard.begin("name a", "net a", NOW)
    assert guard.begin("name a", "net a", NOW) > NOTHING
    guard.right("name a", "net a")
    assert guard.begin("name a", "net a", NOW) == NOTHING


def test_tries_at_the_same_instant_do_not_slip_through_together() -> None:
    guard = Throttle()
    assert sum(guard.begin("name a", "net a", NOW) == NOTHING for _ in range(50)) == 3


def test_a_quarter_of_an_hour_later_nothing_is_held_against_anybody() -> None:
    guard = Throttle()
    for minute in range(10):
        guard.begin("name a", "net a", NOW + timedelta(minutes=2 * minute))
    for _ in range(3):
        assert guard.begin("name a", "net a", NOW + timedelta(minutes=40)) == NOTHING


def test_a_million_names_do_not_fill_the_memory() -> None:
    guard = Throttle()
    for number in range(25_000):
        guard.begin(f"name {number}", f"net {number}", NOW)
    assert len(guard._tries) <= 20_001


def test_half_way_lasts_five_minutes_and_five_tries() -> None:
    house = HalfWayHouse()
    token = house.enter("usr_a", "/", NOW)
    person = house.find(token, NOW)
    assert person is not None
    assert house.find(token, NOW + timedelta(minutes=5)) is None
    person.tries = 5
    assert house.find(token, NOW) is None
    for _ in range(5100):
        house.enter("usr_b", "/", NOW)
    assert len(house._inside) <= 5000
