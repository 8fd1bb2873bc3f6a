"""Going on from a backup ends what was open in it; nobody but the console says so."""

import pytest

from tests.actions.accounts.granting import House
from tests.factories.small_practice import events, people, put
from workbench.accounts.queries import live_sessions
from workbench.accounts.tables import UserSession
from workbench.actions.operations.go_on_from_backup import WentOn, go_on_from_backup
from workbench.gate.actor import Role, SystemActor
from workbench.gate.errors import NotAllowed
from workbench.gate.permissions import Permission

CONSOLE = SystemActor("console", frozenset({Permission.GO_ON_FROM_BACKUP}))


def test_every_session_ends_and_it_is_written_down(gate, now):
    house = House(gate, now)
    for number, who in enumerate((house.person("biller", Role.BILLER), house.person("desk", Role.FRONT_DESK))):
        live = UserSession(token_hash=str(number) * 64, user_id=who.user_id, person_id=who.person_id, opened_at=now,
                           last_input_at=now)  # fmt: skip
        put(gate.store, [live])
    assert go_on_from_backup(gate, CONSOLE, now=now, taken_at=now) == WentOn(2)
    assert not live_sessions(gate, {"0" * 64, "1" * 64}, now)
    assert ("backup.put_back", "done") in events(gate.store)


def test_no_person_may(gate, now):
    with pytest.raises(NotAllowed):
        go_on_from_backup(gate, people().it, now=now, taken_at=now)
