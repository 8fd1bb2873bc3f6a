"""An acceptance is linked to the record and changes nothing that was signed; a denial stands on one of four grounds."""

from datetime import datetime

import pytest

from tests.actions.releases.test_take_amendment import taken
from tests.factories.every_read import printed
from tests.factories.releases import signed_note
from tests.factories.small_practice import FERN, People, unproven
from workbench.actions.releases.answer_amendment import AuthorAmends, answer_amendment
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound, StepUpNeeded
from workbench.gate.relations import CareTeamMember
from workbench.releases.amendments import AmendmentUnclear, StepNotNow
from workbench.screens.amendment_letter import amendment_letter
from workbench.screens.amendments import amendments_of
from workbench.screens.note_paper import note_paper
from workbench.screens.patient_chart import patient_chart
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")


def test_accepted_with_an_entry_on_the_note(gate: Gate, people: People, now: datetime) -> None:
    note_id = signed_note(gate, people, now, 1, "Zqxwvoriginal")
    request_id = taken(gate, people.desk, now, note_id).request_id
    with pytest.raises(StepUpNeeded):
        answer_amendment(gate, unproven(people.ada), request_id, now=now, is_accepted=True, words="Zqxwvmended")
    done = answer_amendment(gate, people.ada, request_id, now=now, is_accepted=True, words="Zqxwvmended",
                            told_to="Dr. Oak")  # fmt: skip
    (note,) = patient_chart(gate, people.ada, FERN, now=now).notes
    assert [(one.addendum_id, one.kind, one.text) for one in note.addenda] == [
        (done.addendum_id, "correction", "Zqxwvmended")
    ]
    assert note.text is not None
    assert note.text.assessment == "Zqxwvoriginal"
    paper = printed(note_paper(gate, people.ada, note_id, now=now))
    assert all(word in paper for word in ("Zqxwvoriginal", "Zqxwvmended", "Zqxwvwrong", "Accepted"))
    letter = printed(amendment_letter(gate, people.manager, request_id, now=now, kind="answered"))
    assert "We accept your request" in letter
    with pytest.raises(StepNotNow):
        answer_amendment(gate, people.ada, request_id, now=now, is_accepted=False, words="No", ground="accurate")


def test_denied_on_one_of_four_grounds_with_the_persons_rights(gate: Gate, people: People, now: datetime) -> None:
    note_id = signed_note(gate, people, now, 1, "Zqxwvoriginal")
    request_id = taken(gate, people.desk, now, note_id).request_id
    for how in ({"ground": "tiresome", "words": "No"}, {"ground": "accurate", "words": " "}):
        with pytest.raises(AmendmentUnclear):
            answer_amendment(gate, people.ada, request_id, now=now, is_accepted=False, **how)
    answer_amendment(gate, people.ada, request_id, now=now, is_accepted=False, ground="accurate", words="It was April.")
    letter = " ".join(printed(amendment_letter(gate, people.manager, request_id, now=now, kind="answered")).split())
    for told in ("It is accurate and complete", "It was April.", "statement that you disagree", "Office for Civil"):
        assert told in letter
    assert "Zqxwvwrong" not in printed(note_paper(gate, people.ada, note_id, now=now))
    (shown,) = amendments_of(gate, people.ada, FERN, now=now).shown
    assert (shown.answer, shown.may) == ("denied", frozenset({"disagreed"}))


def test_what_was_signed_is_added_to_by_who_signed_it(gate: Gate, store: Store, people: People, now: datetime) -> None:
    note_id = signed_note(gate, people, now, 1, "W")
    request_id = taken(gate, people.desk, now, note_id).request_id
    for who in (people.ben, people.desk, people.manager, people.compliance):
        with pytest.raises((NotFound, StepUpNeeded)):
            answer_amendment(gate, who, request_id, now=now, is_accepted=True, words="W")
    with store.writing() as session:
        session.add(CareTeamMember(patient_id=FERN, staff_id="stf_ben", from_on=now.date()))
        session.commit()
    with pytest.raises(AuthorAmends):
        answer_amendment(gate, people.ben, request_id, now=now, is_accepted=True, words="W")
    general = taken(gate, people.desk, now).request_id
    assert answer_amendment(gate, people.ben, general, now=now, is_accepted=True, words="W").addendum_id == ""
