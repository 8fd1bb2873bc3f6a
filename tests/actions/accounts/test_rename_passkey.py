"""What a passkey is called."""

from datetime import datetime

import pytest

from tests.actions.accounts.signing_in import enrol, person, sign_in
from tests.web.soft_passkey import SoftPasskey
from workbench.actions.accounts.rename_passkey import rename_passkey
from workbench.gate.action import Gate
from workbench.gate.actor import Role
from workbench.gate.errors import NotFound
from workbench.screens.own_sign_in import own_sign_in


def test_a_passkey_gets_another_name_and_an_empty_one_changes_nothing(gate: Gate, now: datetime) -> None:
    fern = sign_in(gate, person(gate, now), now)
    added = enrol(gate, fern, SoftPasskey(), now)
    for label, kept in ((" The blue key ", "The blue key"), ("  ", "The blue key"), ("x" * 80, "x" * 60)):
        rename_passkey(gate, fern.actor, added.passkey_id, now=now, label=label)
        shown = own_sign_in(gate, fern.actor, fern.actor.user_id, now=now)
        assert [passkey.label for passkey in shown.passkeys] == [kept]


def test_nobody_renames_anothers(gate: Gate, now: datetime) -> None:
    added = enrol(gate, sign_in(gate, person(gate, now), now), SoftPasskey(), now)
    moss = sign_in(gate, person(gate, now, Role.MANAGER, name="moss"), now)
    with pytest.raises(NotFound):
        rename_passkey(gate, moss.actor, added.passkey_id, now=now, label="Mine")
