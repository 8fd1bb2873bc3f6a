"""A small synthetic practice, made once for all tests that only read it, and one of a test's own for those that act."""

import pytest

from tests.conftest import NOW, ZONE
from tests.stores import sharing_statements
from workbench.demo.load import load_practice
from workbench.demo.sizes import SIZES
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.store.engine import open_store, open_vault


@pytest.fixture(scope="module")
def made(templates, tmp_path_factory):
    """The door to a small practice that nobody changes."""
    with templates.settings("sqlcipher", tmp_path_factory.mktemp("demo") / "practice") as settings:
        store = sharing_statements(open_store(settings, open_vault(settings)))
        load_practice(Gate(store, ZONE), SIZES["small"], now=NOW)
        yield Gate(store, ZONE)
        store.close()


@pytest.fixture
def practice(gate, now):
    """The door to a small practice of the test's own."""
    load_practice(gate, SIZES["small"], now=now)
    return gate


@pytest.fixture
def desk_of():
    """Somebody signed in as a role, to call verbs with."""

    def signed_in(role: Role) -> Actor:
        return Actor(f"usr_{role}", f"stf_{role}", frozenset({role}))

    return signed_in
