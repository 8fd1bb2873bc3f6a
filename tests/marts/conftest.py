"""The books that are counted by hand, and their mirror."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from pipelines.mirror import Mirror
from tests.conftest import NOW, ZONE
from tests.marts.small_books import open_books
from tests.stores import Templates, sharing_statements
from workbench.store.engine import Store, open_store, open_vault


@pytest.fixture
def books(store: Store, now: datetime) -> Store:
    """The store of the hand-counted practice."""
    open_books(store, now)
    return store


@pytest.fixture
def mirror(books: Store, zone: ZoneInfo, now: datetime) -> Iterator[Mirror]:
    """Its mirror, running."""
    running = Mirror(books, zone, lambda: now)
    running.start()
    assert running.wait_ready()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def books_store(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The same practice, made once for all tests of a file that only look."""
    with templates.settings("sqlcipher", tmp_path_factory.mktemp("books") / "practice") as made:
        opened = sharing_statements(open_store(made, open_vault(made)))
        open_books(opened, NOW)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def counted(books_store: Store) -> Iterator[Mirror]:
    """Its mirror; not to be written to."""
    running = Mirror(books_store, ZONE, lambda: NOW)
    running.start()
    assert running.wait_ready()
    yield running
    running.stop()
