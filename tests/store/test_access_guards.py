"""What the database itself refuses, whoever writes: decisions of the wrong person, changed terms, short waits."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from tests.factories.small_practice import put
from workbench.accounts.access_tables import (
    AccessDecision,
    AccessRequest,
    AccessTerms,
    AccessWords,
    ClearanceTick,
    DecisionWords,
    RoleGrantTerms,
    SoloMode,
    SoloWords,
)
from workbench.accounts.tables import RoleGrant, User, UserSecrets
from workbench.people.tables import Staff, StaffDetails
from workbench.store.engine import Store
from workbench.store.problems import broken_constraint
from workbench.store.vault import PRACTICE

AT = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
DAY = timedelta(hours=24)


@pytest.fixture
def asked(store: Store) -> Store:
    """Moss asked for Fern; Sage works alone since yesterday, Oak did until an hour ago."""
    put(store, [Staff(id=f"stf_{n}", started_on=date(2025, 1, 1), details=StaffDetails(n, "Test")) for n in PEOPLE])
    user = User(id="usr_fern", person_id="stf_fern", key_owner=PRACTICE, name_token=b"f", created_at=AT)
    user.secrets = UserSecrets("fern@example.test", "none")
    put(store, [user, request(), solo("sol_sage", "stf_sage"), solo("sol_oak", "stf_oak", ended_at=AT)])
    put(store, [RoleGrant(id="rol_fern", user_id="usr_fern", role="it", granted_at=AT, granted_by="usr_sage")])
    put(store, [terms(1)])
    return store


PEOPLE = ("fern", "moss", "sage", "oak")


def request(**given: Any) -> AccessRequest:
    return AccessRequest(**{
        "id": "acr_one", "kind": "account", "person_id": "stf_fern", "requested_by": "usr_moss",
        "requester_id": "stf_moss", "requested_at": AT, **given,
    })  # fmt: skip


def terms(number: int, **given: Any) -> AccessTerms:
    row = AccessTerms(**{
        "request_id": "acr_one", "number": number, "requester_id": "stf_moss", "person_id": "stf_fern",
        "roles": "biller", "ends_on": date(2027, 1, 1), "set_at": AT, **given,
    })  # fmt: skip
    row.words = AccessWords("why")
    return row


def solo(solo_id: str, person_id: str, **given: Any) -> SoloMode:
    row = SoloMode(**{
        "id": solo_id, "person_id": person_id, "begun_by": "usr_x", "begun_at": AT - 2 * DAY,
        "effective_at": AT - DAY, **given,
    })  # fmt: skip
    row.words = SoloWords("why", "R. Alder", "alder@example.test")
    return row


def decision(decider: str, **given: Any) -> AccessDecision:
    row = AccessDecision(**{
        "request_id": "acr_one", "number": 1, "requester_id": "stf_moss", "person_id": "stf_fern", "is_approval": True,
        "decided_by": "usr_x", "decider_id": f"stf_{decider}", "decided_at": AT, "effective_at": AT, **given,
    })  # fmt: skip
    row.words = DecisionWords()
    return row


def test_what_the_rules_allow_is_kept(asked: Store) -> None:
    put(asked, [decision("sage"), decision("oak", is_approval=False)])
    put(asked, [terms(2), ClearanceTick(staff_id="stf_fern", item="training", is_done=True, done_on=date(2026, 3, 1),
                                        ticked_by="usr_moss", ticker_id="stf_moss", ticked_at=AT)])  # fmt: skip


ALONE = {"alone_under": "sol_sage", "requester_id": "stf_moss", "effective_at": AT + DAY}
REFUSED: dict[str, Any] = {
    "about oneself": lambda: decision("fern"),
    "about oneself alone": lambda: decision("fern", alone_under="sol_sage", effective_at=AT + DAY),
    "by who asked": lambda: decision("moss"),
    "with another requester written in": lambda: decision("moss", requester_id="stf_oak"),
    "with another person written in": lambda: decision("fern", person_id="stf_oak"),
    "of a version that is not there": lambda: decision("sage", number=7),
    "before it was decided": lambda: decision("sage", effective_at=AT - DAY),
    "alone under another's record": lambda: decision("moss", **ALONE),
    "alone under a record that ended": lambda: decision("oak", alone_under="sol_oak", effective_at=AT + DAY),
    "alone without the wait": lambda: decision("sage", alone_under="sol_sage", effective_at=AT + DAY - timedelta(0, 1)),
    "alone under no record": lambda: decision("moss", alone_under="sol_none", effective_at=AT + DAY),
    "working alone at once": lambda: solo("sol_new", "stf_fern", begun_at=AT, effective_at=AT + timedelta(hours=23)),
    "a trainee without a supervisor": lambda: terms(2, needs_cosign=True),
    "one's own supervisor": lambda: terms(2, needs_cosign=True, supervisor_id="stf_fern"),
    "a version twice": lambda: terms(1),
    "terms for another person": lambda: terms(2, person_id="stf_oak"),
    "a role granted to oneself": lambda: RoleGrant(user_id="usr_fern", role="owner", granted_at=AT,
                                                   granted_by="usr_fern"),
    "a trainee's grant without a supervisor": lambda: RoleGrantTerms(grant_id="rol_fern", request_id="acr_one",
                                                                     role="clinician", person_id="stf_fern",
                                                                     needs_cosign=True),
    "a tick of one's own": lambda: ClearanceTick(staff_id="stf_fern", item="training", is_done=True,
                                                 done_on=date(2026, 3, 1), ticked_by="usr_fern", ticker_id="stf_fern",
                                                 ticked_at=AT),
}  # fmt: skip


def test_the_database_refuses_every_row_that_breaks_a_rule_of_persons(asked: Store) -> None:
    for what, row in REFUSED.items():
        with pytest.raises(DBAPIError) as refused:
            put(asked, [row()])
        assert broken_constraint(refused.value), what


def test_a_second_yes_of_one_person_is_refused(asked: Store) -> None:
    put(asked, [decision("sage")])
    with pytest.raises(DBAPIError):
        put(asked, [decision("sage")])


@pytest.mark.parametrize("statement", [
    "UPDATE access_decisions SET decider_id = 'stf_oak'", "DELETE FROM access_decisions",
    "UPDATE access_terms SET roles = 'owner'", "DELETE FROM access_terms",
    "UPDATE solo_modes SET effective_at = begun_at",
])  # fmt: skip
def test_nothing_that_was_decided_is_changed(asked: Store, statement: str) -> None:
    put(asked, [decision("sage")])
    with pytest.raises(DBAPIError), asked.engine.begin() as connection:
        connection.exec_driver_sql(statement)
