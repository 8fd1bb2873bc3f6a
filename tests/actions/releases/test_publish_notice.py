"""Versions of the notice: each in force from its day on, what is new said, none changed."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.factories.portal import in_care
from tests.factories.small_practice import FERN, People
from workbench.actions.releases.publish_notice import publish_notice
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed
from workbench.releases.notices import NoticeUnclear
from workbench.screens.privacy_notices import own_notice, privacy_notices
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")


def test_the_newest_whose_day_has_come_is_in_force(gate: Gate, people: People, now: datetime, store: Store) -> None:
    assert own_notice(gate, in_care(), FERN, now=now).notice is None
    publish_notice(gate, people.manager, now=now, words="First.", effective_on=now.date())
    later = now + timedelta(days=30)
    publish_notice(gate, people.compliance, now=now, words="Second.", changed="More.", effective_on=later.date())
    held = own_notice(gate, in_care(), FERN, now=now).notice
    assert held is not None
    assert (held.number, held.words) == (1, "First.")
    held = own_notice(gate, in_care(), FERN, now=later).notice
    assert held is not None
    assert (held.number, held.changed) == (2, "More.")
    found = privacy_notices(gate, people.manager, now=later)
    assert [(one.number, one.is_in_force) for one in found] == [(2, True), (1, False)]
    with pytest.raises(DBAPIError), store.writing() as session:
        session.execute(text("UPDATE privacy_notices SET words = 'Other.'"))


def test_what_does_not_fit_and_who_may_not(gate: Gate, people: People, now: datetime) -> None:
    today = now.date()
    publish_notice(gate, people.manager, now=now, words="First.", effective_on=today)
    for wrong, field in (
        ({"words": " ", "changed": "X"}, "words"),
        ({"words": "Second."}, "changed"),
        ({"words": "Second.", "changed": "X", "effective_on": today - timedelta(days=1)}, "effective_on"),
    ):
        with pytest.raises(NoticeUnclear) as refused:
            publish_notice(gate, people.manager, now=now, **{"effective_on": today, **wrong})
        assert set(refused.value.fields) == {field}
    for who in (people.ada, people.desk, in_care()):
        with pytest.raises(NotAllowed):
            publish_notice(gate, who, now=now, words="Mine.", changed="X", effective_on=today)
        with pytest.raises(NotAllowed):
            privacy_notices(gate, who, now=now)
