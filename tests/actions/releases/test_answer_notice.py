"""What is said to the notice: once, to the version in force, with the effort where it was declined."""

from datetime import datetime, timedelta

import pytest

from tests.factories.portal import in_care
from tests.factories.proxies import FOR_AN_ADULT, in_force, proxy_of
from tests.factories.small_practice import FERN, MOSS, People
from workbench.actions.releases.answer_notice import answer_notice
from workbench.actions.releases.publish_notice import publish_notice
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.releases.notices import NoticeAnswered, NoticeReplaced, NoticeUnclear
from workbench.screens.privacy_notices import own_notice, privacy_notices

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture
def notice(gate: Gate, people: People, now: datetime) -> str:
    return publish_notice(gate, people.manager, now=now, words="First.", effective_on=now.date()).notice_id


def test_declined_with_its_effort_then_received_and_asked_anew_of_the_next(
    gate: Gate, people: People, now: datetime, notice: str
) -> None:
    assert own_notice(gate, in_care(), FERN, now=now).waits
    with pytest.raises(NoticeUnclear):
        answer_notice(gate, people.desk, FERN, now=now, notice_id=notice, answer="declined")
    answer_notice(gate, people.desk, FERN, now=now, notice_id=notice, answer="declined", effort="Asked twice.")
    found = own_notice(gate, in_care(), FERN, now=now)
    assert (found.waits, found.is_received, found.answers[0].effort) == (False, False, "Asked twice.")
    answer_notice(gate, in_care(), FERN, now=now, notice_id=notice, answer="received")
    with pytest.raises(NoticeAnswered):
        answer_notice(gate, people.desk, FERN, now=now, notice_id=notice, answer="received")
    (version,) = privacy_notices(gate, people.manager, now=now)
    assert (version.received, version.declined) == (1, 1)
    later = now + timedelta(days=1)
    publish_notice(gate, people.manager, now=later, words="Second.", changed="More.", effective_on=later.date())
    assert own_notice(gate, in_care(), FERN, now=later).waits
    with pytest.raises(NoticeReplaced):
        answer_notice(gate, in_care(), FERN, now=later, notice_id=notice, answer="received")


def test_a_representative_answers_where_the_link_opens_the_record_and_nobody_for_others(
    gate: Gate, people: People, now: datetime, notice: str
) -> None:
    proxy = proxy_of(gate, in_force(gate, now, FERN, **FOR_AN_ADULT))
    answer_notice(gate, proxy, FERN, now=now, notice_id=notice, answer="received")
    chart_alone = proxy_of(gate, in_force(gate, now, MOSS, **FOR_AN_ADULT, scopes=("chart",)))
    for who in (chart_alone, in_care(FERN), people.ben, people.biller):
        with pytest.raises(NotFound):
            answer_notice(gate, who, MOSS, now=now, notice_id=notice, answer="received")
        with pytest.raises(NotFound):
            own_notice(gate, who, MOSS, now=now)
    with pytest.raises(NoticeUnclear):
        answer_notice(gate, in_care(MOSS), MOSS, now=now, notice_id=notice, answer="perhaps")
