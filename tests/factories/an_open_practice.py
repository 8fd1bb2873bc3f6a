"""Fixtures of most tests of verbs: a practice that is open, and its people. A `conftest.py` takes them by importing."""

from datetime import datetime

import pytest

from tests.factories.small_practice import People, open_practice
from tests.factories.small_practice import people as signed_in
from workbench.store.engine import Store


@pytest.fixture(autouse=True)
def practice(store: Store, now: datetime) -> None:
    """Two clinicians, two patients of Ada's."""
    open_practice(store, now)


@pytest.fixture
def people() -> People:
    """Who works there, signed in."""
    return signed_in()
