"""A restriction ends once, with a reason, and then keeps nothing back."""

from datetime import datetime

import pytest

from tests.actions.releases.test_agree_restriction import GOOD
from tests.factories.small_practice import FERN, People
from workbench.actions.releases.agree_restriction import agree_restriction
from workbench.actions.releases.end_restriction import end_restriction
from workbench.gate.action import Gate
from workbench.releases.rules import ReleaseUnclear, RestrictionEnded
from workbench.screens.disclosures import disclosures_of

pytestmark = pytest.mark.engines("sqlcipher")


def test_once_with_its_reason(gate: Gate, people: People, now: datetime) -> None:
    done = agree_restriction(gate, people.ada, FERN, now=now, **GOOD)
    with pytest.raises(ReleaseUnclear):
        end_restriction(gate, people.ada, done.restriction_id, now=now, reason="")
    end_restriction(gate, people.ada, done.restriction_id, now=now, reason="They asked for it")
    assert disclosures_of(gate, people.ada, FERN, now=now).restrictions == ()
    with pytest.raises(RestrictionEnded):
        end_restriction(gate, people.ada, done.restriction_id, now=now, reason="Again")
