"""The practice's rule: at once where nothing was said, after some days, on request; with a reason for any delay."""

from datetime import datetime, timedelta

import pytest

from tests.factories.portal import in_care
from tests.factories.releases import DAY, signed_note
from tests.factories.small_practice import FERN, People
from workbench.actions.releases.set_sharing import set_sharing
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed
from workbench.releases.sharing import MOST_DAYS, SharingUnclear
from workbench.screens.own_record import own_record
from workbench.screens.sharing import sharing_rules

pytestmark = pytest.mark.engines("sqlcipher")
WHY = "We go through each note together first."


def test_a_rule_holds_at_once_also_for_what_is_signed(gate: Gate, people: People, now: datetime) -> None:
    note = signed_note(gate, people, now, 1, "W")
    assert [one.record_id for one in own_record(gate, in_care(), FERN, now=now).lines] == [note]
    set_sharing(gate, people.manager, now=now, kind="note", mode="after_days", days=3, why=WHY)
    soon = own_record(gate, in_care(), FERN, now=now)
    assert (soon.lines, soon.later) == ((), (("note", now.date() + timedelta(days=3)),))
    assert own_record(gate, in_care(), FERN, now=now + 3 * DAY).lines
    set_sharing(gate, people.compliance, now=now, kind="note", mode="on_request", why=WHY)
    later = own_record(gate, in_care(), FERN, now=now + 9 * DAY)
    assert (later.lines, later.later, later.on_request) == ((), (), 1)
    held = {one.kind: (one.mode, one.days, one.why) for one in sharing_rules(gate, people.manager, now=now)}
    assert held["note"] == ("on_request", 0, WHY)
    assert held["measure"] == ("at_once", 0, "")
    assert held["document"][0] == "on_request"


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        ({"kind": "psychotherapy", "mode": "at_once"}, "kind"),
        ({"kind": "note", "mode": "never", "why": WHY}, "mode"),
        ({"kind": "note", "mode": "after_days", "days": MOST_DAYS + 1, "why": WHY}, "days"),
        ({"kind": "note", "mode": "after_days", "days": 0, "why": WHY}, "days"),
        ({"kind": "note", "mode": "on_request", "why": " "}, "why"),
    ],
)
def test_what_does_not_fit_is_told_by_field(
    gate: Gate, people: People, now: datetime, rule: dict[str, object], field: str
) -> None:
    with pytest.raises(SharingUnclear) as refused:
        set_sharing(gate, people.manager, now=now, **rule)
    assert set(refused.value.fields) == {field}


def test_it_is_the_practices_and_no_clinicians(gate: Gate, people: People, now: datetime) -> None:
    for who in (people.ada, people.desk, in_care()):
        with pytest.raises(NotAllowed):
            set_sharing(gate, who, now=now, kind="note", mode="on_request", why=WHY)
        with pytest.raises(NotAllowed):
            sharing_rules(gate, who, now=now)
