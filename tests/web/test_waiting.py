"""What waits in memory waits a limited time and in limited numbers; devices are told coarsely."""

from datetime import UTC, datetime, timedelta

import pytest

from workbench.web.devices import device_name
from workbench.web.waiting import Waiting

NOW = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)


def test_a_value_is_found_until_its_time_is_up_and_taken_once() -> None:
    waiting: Waiting[str] = Waiting()
    waiting.put("a", "one", NOW)
    assert waiting.find("a", NOW + timedelta(minutes=4, seconds=59)) == "one"
    assert waiting.find("a", NOW + timedelta(minutes=5)) is None
    assert waiting.take("a", NOW) == "one"
    assert waiting.take("a", NOW) is None


def test_a_new_value_takes_the_place_of_the_old_and_its_time_begins_again() -> None:
    waiting: Waiting[str] = Waiting()
    waiting.put("a", "one", NOW)
    waiting.put("a", "two", NOW + timedelta(minutes=4))
    assert waiting.find("a", NOW + timedelta(minutes=8)) == "two"


def test_the_memory_of_it_stays_small() -> None:
    waiting: Waiting[int] = Waiting()
    for number in range(6000):
        waiting.put(str(number), number, NOW)
    assert len(waiting._kept) <= 5000
    assert waiting.find("5999", NOW) == 5999


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("<script>alert(1)</script>", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_device_is_named_in_words_of_ours(told: str, name: str) -> None:
    assert device_name(told) == name
