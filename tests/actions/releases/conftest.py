"""A practice that is open, its people, and a compliance officer on its staff."""

import pytest

from tests.factories.an_open_practice import people, practice
from tests.factories.releases import compliance_works_here
from workbench.store.engine import Store

__all__ = ["people", "practice"]


@pytest.fixture(autouse=True)
def officer(store: Store, practice: None) -> None:
    """Whoever certifies a packet has a name."""
    compliance_works_here(store)
