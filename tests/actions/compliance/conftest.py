"""A small practice whose people may open a chart in an emergency."""

import pytest

from tests.factories.emergency import fresh
from tests.factories.small_practice import open_practice, people


@pytest.fixture
def who(store, now):
    open_practice(store, now)
    return people()


@pytest.fixture
def ben(who, now):
    return fresh(who.ben, now)
