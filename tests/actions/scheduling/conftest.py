"""A practice that is open, and its people."""

from datetime import datetime

import pytest

from tests.actions.scheduling.own import ByThemselves
from tests.actions.scheduling.together import Together
from tests.actions.scheduling.waiting import OnTheList
from tests.factories.small_practice import People, open_practice
from tests.factories.small_practice import people as signed_in
from workbench.gate.action import Gate
from workbench.store.engine import Store


@pytest.fixture(autouse=True)
def practice(store: Store, now: datetime) -> None:
    """Two clinicians, two patients of Ada's."""
    open_practice(store, now)


@pytest.fixture
def people() -> People:
    """Who works there, signed in."""
    return signed_in()


@pytest.fixture
def together(gate: Gate, now: datetime) -> Together:
    """Fern, Moss and Rue may be seen together."""
    return Together(gate, now)


@pytest.fixture
def waiting(gate: Gate, now: datetime) -> OnTheList:
    """Fern waits."""
    return OnTheList(gate, now)


@pytest.fixture
def own(gate: Gate, now: datetime) -> ByThemselves:
    """Fern may book by themselves."""
    return ByThemselves(gate, now)
