"""What every test may ask for: a practice of its own on either engine, the gate, people by role, a watched browser.

Time stands still at `now`, a Monday in the morning of the practice, the day after the clocks went forward.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.stores import ENGINES, Templates, sharing_statements
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.kernel.settings import Settings
from workbench.store.engine import Store, open_store, open_vault
from workbench.store.vault import Vault

pytest_plugins = ["tests.browsers", "tests.lighter"]

# How long an example takes is no property of ours: the machine is shared, and a slow minute is no failure.
hypothesis_settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("house")

NOW = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")


@pytest.fixture
def now() -> datetime:
    """The instant every test happens at: 10 a.m. in the practice's zone."""
    return NOW


@pytest.fixture
def zone() -> ZoneInfo:
    """The practice's zone."""
    return ZONE


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Templates]:
    """Filled practices to copy, one set a worker."""
    made = Templates(tmp_path_factory.mktemp("templates"))
    yield made
    made.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that touches the store runs on both engines, unless it is marked with `engines`."""
    if "engine" in metafunc.fixturenames:
        mark = metafunc.definition.get_closest_marker("engines")
        metafunc.parametrize("engine", mark.args if mark else ENGINES, indirect=True)


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """Which store the test runs on: `sqlcipher` or `postgresql`."""
    name: str = request.param
    return name


@pytest.fixture
def settings(templates: Templates, engine: str, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a practice with keys and an empty store, the test's own."""
    with templates.settings(engine, tmp_path / "practice") as made:
        yield made


@pytest.fixture
def home(settings: Settings) -> Path:
    """The folder of the test's practice."""
    return settings.home


@pytest.fixture
def vault(settings: Settings) -> Vault:
    """The open vault of the test's practice."""
    return open_vault(settings)


@pytest.fixture
def store(settings: Settings, vault: Vault) -> Iterator[Store]:
    """The open store of the test's practice, with every table and no row."""
    opened = sharing_statements(open_store(settings, vault))
    yield opened
    opened.close()


@pytest.fixture
def bare_store(templates: Templates, engine: str, tmp_path: Path) -> Iterator[Store]:
    """An open store without a table, on the keys of a practice of its own."""
    with templates.settings(engine, tmp_path / "bare", bare=True) as made:
        opened = open_store(made, open_vault(made))
        yield opened
        opened.close()


@pytest.fixture
def gate(store: Store, zone: ZoneInfo) -> Gate:
    """The door to the test's practice."""
    return Gate(store, zone)


@pytest.fixture
def actor() -> Callable[..., Actor]:
    """Makes a signed-in person of some roles: `actor(Role.CLINICIAN)` is always the same one, `person_id=` another."""

    def signed_in(*roles: Role, person_id: str = "") -> Actor:
        name = "_".join(sorted(roles)).replace("_", "")[:20]
        return Actor(
            user_id=f"usr_{name}",
            person_id=person_id or f"stf_{name}",
            roles=frozenset(roles),
            session_hash="0" * 64,
            fresh_until=NOW + timedelta(minutes=5),
        )

    return signed_in


@pytest.fixture
def owner(actor: Callable[..., Actor]) -> Actor:
    """The practice's owner."""
    return actor(Role.OWNER)


@pytest.fixture
def manager(actor: Callable[..., Actor]) -> Actor:
    """The practice's manager."""
    return actor(Role.MANAGER)


@pytest.fixture
def clinician(actor: Callable[..., Actor]) -> Actor:
    """A clinician, on no care team until a test says so."""
    return actor(Role.CLINICIAN)


@pytest.fixture
def supervisor(actor: Callable[..., Actor]) -> Actor:
    """A supervisor, of nobody until a test says so."""
    return actor(Role.SUPERVISOR)


@pytest.fixture
def biller(actor: Callable[..., Actor]) -> Actor:
    """The biller."""
    return actor(Role.BILLER)


@pytest.fixture
def front_desk(actor: Callable[..., Actor]) -> Actor:
    """The front desk."""
    return actor(Role.FRONT_DESK)


@pytest.fixture
def compliance(actor: Callable[..., Actor]) -> Actor:
    """The compliance officer."""
    return actor(Role.COMPLIANCE)


@pytest.fixture
def auditor(actor: Callable[..., Actor]) -> Actor:
    """An auditor."""
    return actor(Role.AUDITOR)
