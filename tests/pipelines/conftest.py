"""A small practice with a running mirror."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from pipelines.mirror import Mirror
from tests.factories.small_practice import open_practice
from workbench.store.engine import Store


@pytest.fixture
def practice(store: Store, now: datetime) -> Store:
    """The store of a practice of two clinicians and two patients, nothing booked."""
    open_practice(store, now)
    return store


@pytest.fixture
def mirror(practice: Store, zone: ZoneInfo, now: datetime) -> Iterator[Mirror]:
    """Its mirror, running."""
    running = Mirror(practice, zone, lambda: now)
    running.start()
    assert running.wait_ready()
    yield running
    running.stop()
