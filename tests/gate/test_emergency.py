"""An open emergency is one patient's, for its hour, for the roles of row c10: nothing else follows from it."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.factories.emergency import HOUR, MAY, WHY
from tests.factories.small_practice import FERN, MOSS, open_practice, people
from workbench.gate.actor import Actor, Role
from workbench.gate.emergency import EmergencyOpening, EmergencyReason
from workbench.gate.grants import Asked
from workbench.gate.permissions import Permission
from workbench.gate.policy import held_as, patients_within_reach
from workbench.gate.relations import CareTeamMember, Moment
from workbench.people.tables import Patient


@pytest.fixture
def who(store, now):
    open_practice(store, now)
    return people()


@pytest.mark.engines("sqlcipher")
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(roles=st.frozensets(st.sampled_from(list(Role)), min_size=1), cares=st.booleans(), minute=st.integers(-5, 70),
       target=st.sampled_from([FERN, MOSS]))  # fmt: skip
def test_an_emergency_reaches_no_other_patient_whatever_roles_and_relations(
    gate, store, who, now, roles, cares, minute, target
):
    actor = Actor("usr_ben", "stf_ben", roles)
    at = now + timedelta(minutes=minute)
    when = Moment(at, at.date())
    with store.writing() as session:
        session.add(EmergencyOpening(patient_id=MOSS, opened_by="stf_ben", account_id="usr_ben", kind="medical",
                                     opened_at=now, until_at=now + HOUR, reason=EmergencyReason(WHY)))  # fmt: skip
        if cares:
            session.add(CareTeamMember(patient_id=FERN, staff_id="stf_ben", from_on=now.date() - timedelta(days=9)))
        session.flush()
        held = held_as(Permission.READ_CHART, Asked(actor, session.get(Patient, target), when, session))
        assert (held == "B") == (target == MOSS and 0 <= minute < 60 and not roles.isdisjoint(MAY))
        reached = patients_within_reach(Permission.READ_CHART, actor, when)
        assert reached is not None
        within = set(session.scalars(reached))
        assert (target in within) == bool(held)
        assert session.scalar(select(func.count()).select_from(EmergencyOpening)) == 1
        session.rollback()
