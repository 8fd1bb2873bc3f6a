"""What the clinician of a group session sees of its notes, and who sees nothing."""

from datetime import datetime

import pytest

from tests.actions.charting.group_session import OF_FERN, OF_MOSS, SESSION, group_met, write_own, write_shared
from tests.factories.small_practice import FERN, MOSS, open_practice, people
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, NotFound
from workbench.screens.group_session import group_session_notes
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")
WHO = people()


@pytest.fixture(autouse=True)
def practice(store: Store, now: datetime) -> None:
    """The group that Ada led."""
    open_practice(store, now)
    group_met(store, now)


def test_each_is_told_what_is_missing_and_a_name_of_another_is(gate: Gate, now: datetime) -> None:
    write_shared(gate, WHO, now, plan="Catherine Moss brings tea.")
    write_own(gate, WHO, now, OF_FERN, objective="Sat by Catherine Moss.")
    shown = group_session_notes(gate, WHO.ada, now=now, appointment_id=SESSION)
    fern = next(one for one in shown.members if one.attendance_id == OF_FERN)
    moss = next(one for one in shown.members if one.attendance_id == OF_MOSS)
    assert fern.missing == ("Objective names somebody else of the group.",)
    assert "no-show" in moss.missing[0]
    assert "Somebody of the group is named" in shown.shared_missing["shared_plan"]
    assert (shown.open_id, {one.patient_id for one in shown.to_sign}) == (OF_MOSS, {FERN, MOSS})
    asked = group_session_notes(gate, WHO.ada, now=now, appointment_id=SESSION, attendance_id=OF_FERN)
    assert (asked.open_id, asked.own and asked.own.text.objective) == (
        OF_FERN, "Sat by Catherine Moss.",
    )  # fmt: skip


def test_nobody_else_sees_the_drafts(gate: Gate, now: datetime) -> None:
    write_shared(gate, WHO, now)
    for who, refusal in ((WHO.ben, NotFound), (WHO.supervisor, NotFound), (WHO.desk, NotAllowed),
                         (WHO.manager, NotAllowed)):  # fmt: skip
        with pytest.raises(refusal):
            group_session_notes(gate, who, now=now, appointment_id=SESSION)
