"""An authorization that was taken back, or expired, between asking and approval stops the packet."""

from datetime import datetime, timedelta

import pytest

from tests.factories.releases import approved, asked, signed_note
from tests.factories.small_practice import FERN, People
from workbench.actions.releases.revoke_release import revoke_release
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.releases.rules import PaperExpired, PaperRevoked, ReleaseUnclear
from workbench.screens.disclosures import disclosures_of
from workbench.screens.releases import releases_of


def test_nothing_leaves_by_a_paper_that_was_taken_back_or_expired(gate: Gate, people: People, now: datetime) -> None:
    signed_note(gate, people, now, 1, "W")
    end = now.date() + timedelta(days=5)
    wish = asked(gate, people.desk, now, "authorization", expires_on=end)
    other = asked(gate, people.desk, now, "authorization", expires_on=end, recipient="Dr. Oak")
    with pytest.raises(NotFound):
        revoke_release(gate, people.biller, wish.request_id, now=now, how="W")
    with pytest.raises(ReleaseUnclear):
        revoke_release(gate, people.ada, wish.request_id, now=now, how="")
    revoke_release(gate, people.ada, wish.request_id, now=now, how="By letter")
    with pytest.raises(PaperRevoked):
        revoke_release(gate, people.ada, wish.request_id, now=now, how="Again")
    with pytest.raises(PaperRevoked):
        approved(gate, people, now, wish.request_id)
    with pytest.raises(PaperExpired):
        approved(gate, people, now + timedelta(days=5), other.request_id)
    states = {one.request_id: one.state for one in releases_of(gate, people.desk, FERN, now=now)}
    assert states == {wish.request_id: "revoked", other.request_id: "waiting"}
    assert disclosures_of(gate, people.ada, FERN, now=now).lines == ()
