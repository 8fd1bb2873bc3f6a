"""One record withheld on a ground of the law, and shown: who decides, what the person is told, what they are not."""

from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.factories.portal import in_care
from tests.factories.proxies import FOR_AN_ADULT, in_force, proxy_of
from tests.factories.records import whole_record
from tests.factories.releases import marked, signed_note
from tests.factories.small_practice import FERN, MOSS, People, visit
from workbench.actions.charting.write_note import write_note
from workbench.actions.releases.decide_sharing import decide_sharing
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.releases.sharing import NotSignedYet, SharingUnclear
from workbench.screens.own_record import own_paper, own_record
from workbench.screens.sharing import sharing_of
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")
WHY = "Zqxwvreason"


def withheld(gate: Gate, people: People, now: datetime, note_id: str, ground: str = "danger") -> None:
    decide_sharing(gate, people.ada, FERN, now=now, kind="note", record_id=note_id, is_shown=False, ground=ground,
                   why=WHY)  # fmt: skip


def test_withheld_is_told_with_its_ground_and_its_review_and_nothing_of_it_is_read(
    gate: Gate, people: People, now: datetime, store: Store
) -> None:
    note = signed_note(gate, people, now, 1, "W")
    withheld(gate, people, now, note)
    found = own_record(gate, in_care(), FERN, now=now)
    assert not found.lines
    assert [(one.kind, one.ground, one.is_reviewed) for one in found.withheld] == [("note", "danger", True)]
    assert WHY not in repr(found)
    assert note not in repr(found)
    with pytest.raises(NotFound):
        own_paper(gate, in_care(), FERN, now=now, record_id=note)
    line = sharing_of(gate, people.ada, FERN, now=now).lines[0]
    assert (line.standing, line.why) == ("withheld", WHY)
    decide_sharing(gate, people.ada, FERN, now=now, kind="note", record_id=note, is_shown=True)
    assert own_paper(gate, in_care(), FERN, now=now, record_id=note).content.startswith(b"%PDF")
    with pytest.raises(DBAPIError), store.writing() as session:
        session.execute(text("UPDATE sharing_decisions SET is_shown = 1, ground = ''"))


def test_a_document_of_others_is_shown_once_it_is_marked_so(gate: Gate, people: People, now: datetime) -> None:
    records = whole_record(gate, people, now)
    before = own_record(gate, in_care(), FERN, now=now)
    assert before.on_request == 1
    assert {one.kind for one in before.lines} == {"note", "plan", "form", "measure"}
    decide_sharing(gate, people.ada, FERN, now=now, kind="document", record_id=records.document, is_shown=True)
    assert own_paper(gate, in_care(), FERN, now=now, record_id=records.document).content.startswith(b"Zqxwvfile")


def test_what_is_kept_from_a_representative_is_not_kept_from_the_person(
    gate: Gate, people: People, now: datetime
) -> None:
    note = signed_note(gate, people, now, 1, "W")
    proxy = proxy_of(gate, in_force(gate, now, FERN, **FOR_AN_ADULT))
    assert own_record(gate, proxy, FERN, now=now).lines
    withheld(gate, people, now, note, "representative")
    assert own_record(gate, in_care(), FERN, now=now).lines
    seen = own_record(gate, proxy, FERN, now=now)
    assert (seen.lines, [one.ground for one in seen.withheld]) == ((), ["representative"])


def test_a_link_that_does_not_open_part_2_learns_nothing_of_it(gate: Gate, people: People, now: datetime) -> None:
    note = signed_note(gate, people, now, 1, "W")
    marked(gate, people.ada, now, note)
    withheld(gate, people, now, note)
    proxy = proxy_of(gate, in_force(gate, now, FERN, **FOR_AN_ADULT))
    seen = own_record(gate, proxy, FERN, now=now)
    assert (seen.lines, seen.withheld, seen.on_request, seen.later) == ((), (), 0, ())
    with pytest.raises(NotFound):
        own_paper(gate, proxy, FERN, now=now, record_id=note)


def test_drafts_grounds_and_others_records(gate: Gate, people: People, now: datetime) -> None:
    note = signed_note(gate, people, now, 1, "W")
    draft = write_note(gate, people.ada, visit(gate.store, 2, now), now=now, version=0, plan="P.").note_id
    with pytest.raises(NotSignedYet):
        withheld(gate, people, now, draft)
    for ground, why in (("embarrassing", WHY), ("", WHY), ("danger", "")):
        with pytest.raises(SharingUnclear):
            decide_sharing(gate, people.ada, FERN, now=now, kind="note", record_id=note, is_shown=False,
                           ground=ground, why=why)  # fmt: skip
    with pytest.raises(NotFound):
        decide_sharing(gate, people.ada, MOSS, now=now, kind="note", record_id=note, is_shown=True)
    for who in (people.ben, people.manager, people.desk, in_care()):
        with pytest.raises(NotFound):
            decide_sharing(gate, who, FERN, now=now, kind="note", record_id=note, is_shown=True)
        with pytest.raises(NotFound):
            sharing_of(gate, who, FERN, now=now)
