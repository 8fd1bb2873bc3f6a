"""Putting people together: by kind and size, each within reach, and each with a line of their own in the log."""

from datetime import datetime

import pytest

from tests.actions.scheduling.together import RUE, Together
from tests.factories.small_practice import FERN, MOSS, People, events, every_row
from workbench.actions.scheduling.make_group import make_group
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, NotFound
from workbench.kernel.errors import WorkbenchError
from workbench.scheduling.group_rules import GroupFull, GroupWrong, TooFew
from workbench.screens.groups import groups


def test_a_group_has_a_name_and_a_couple_is_called_by_who_belongs_to_it(
    gate: Gate, people: People, together: Together, now: datetime
) -> None:
    together.make(FERN, MOSS, name="  Skills   on Mondays ")
    together.make(FERN, MOSS, kind="couple", name="not kept")
    group, couple = groups(gate, people.desk, now=now)
    assert (group.title, group.most, group.is_full) == ("Skills on Mondays", 3, False)
    assert couple.title == "Couple: Fern Fernández-Oak, Catherine Moss"
    assert (couple.most, couple.is_full) == (2, True)
    assert [(one.patient_id, one.is_billed) for one in group.members] == [(MOSS, False), (FERN, False)]
    assert [(one.patient_id, one.is_billed) for one in couple.members] == [(FERN, True), (MOSS, False)]


def test_the_sessions_of_a_family_are_for_the_payer_whose_it_is_said(
    gate: Gate, people: People, together: Together, now: datetime
) -> None:
    together.make(FERN, MOSS, RUE, kind="family", billed_id=RUE)
    (family,) = groups(gate, people.desk, now=now)
    assert [one.patient_id for one in family.members if one.is_billed] == [RUE]


def test_the_log_of_each_of_them_has_it(gate: Gate, together: Together) -> None:
    together.make(FERN, MOSS)
    assert events(gate.store) == [("group.made", "done")] * 2


@pytest.mark.parametrize(("changed", "refusal"), [
    ({"kind": "pair"}, GroupWrong),
    ({"kind": "group", "name": ""}, GroupWrong),
    ({"kind": "group", "name": "x" * 61}, GroupWrong),
    ({"kind": "group", "most": 1}, GroupWrong),
    ({"kind": "group", "most": 31}, GroupWrong),
    ({"kind": "group", "patient_ids": ()}, TooFew),
    ({"kind": "couple", "patient_ids": (FERN, FERN)}, TooFew),
    ({"kind": "couple", "patient_ids": (FERN, MOSS, RUE)}, GroupFull),
    ({"kind": "couple", "billed_id": RUE}, GroupWrong),
    ({"kind": "group", "most": 2, "patient_ids": (FERN, MOSS, RUE)}, GroupFull),
    ({"kind": "couple", "patient_ids": (FERN, "pat_nobody")}, NotFound),
])  # fmt: skip
def test_what_is_none_is_refused_and_changes_nothing(
    gate: Gate, people: People, together: Together, now: datetime, changed: dict[str, object],
    refusal: type[WorkbenchError],
) -> None:  # fmt: skip
    del together
    before = every_row(gate.store)
    inputs = {"name": "Skills", "most": 8, "patient_ids": (FERN, MOSS), **changed}
    with pytest.raises(refusal):
        make_group(gate, people.desk, now=now, **inputs)  # type: ignore[arg-type]
    assert every_row(gate.store) == before


def test_a_clinician_puts_their_own_people_together_and_nobody_elses(
    gate: Gate, people: People, together: Together, now: datetime
) -> None:
    make_group(gate, people.ada, now=now, kind="couple", patient_ids=(FERN, MOSS))
    for who, patients in ((people.ada, (FERN, RUE)), (people.ben, (FERN, MOSS))):
        with pytest.raises(NotFound):
            make_group(gate, who, now=now, kind="couple", patient_ids=patients)
    with pytest.raises(NotAllowed):
        make_group(gate, people.biller, now=now, kind="couple", patient_ids=(FERN, MOSS))
    assert len(groups(gate, people.ada, now=now)) == 1
    assert groups(gate, people.ben, now=now) == ()


def test_who_reaches_only_one_of_them_does_not_see_who_belongs_together(
    gate: Gate, people: People, together: Together, now: datetime
) -> None:
    together.make(FERN, RUE)
    assert groups(gate, people.ada, now=now) == ()
