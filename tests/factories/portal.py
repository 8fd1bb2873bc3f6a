"""People invited to the portal, and joined."""

from datetime import date, datetime
from typing import Any

from tests.factories.small_practice import FERN, FERN_DETAILS, people
from workbench.actions.accounts.invite_to_portal import Invited, invite_to_portal
from workbench.actions.accounts.redeem_invitation import redeem_invitation
from workbench.gate.action import Gate
from workbench.gate.actor import NOBODY, Actor, Role

FERN_BORN = FERN_DETAILS.born_on


def invited(gate: Gate, now: datetime, patient_id: str = FERN, **changed: Any) -> Invited:
    """By the manager, who saw a photo ID."""
    given = {"identity_checked": "photo_id", "email": "fern@example.test", **changed}
    return invite_to_portal(gate, people().manager, patient_id, now=now, **given)


def redeemed(gate: Gate, now: datetime, invitation: Invited, born_on: date = FERN_BORN, **changed: Any) -> Any:
    """With everything right, unless it is changed: the session, or None."""
    given = {
        "code": invitation.code, "desk_word": invitation.desk_word, "born_on": born_on, "password_hash": "a hash",
        **changed,
    }  # fmt: skip
    return redeem_invitation(gate, NOBODY, now=now, **given).opened


def in_care(patient_id: str = FERN) -> Actor:
    """The patient, signed in to the portal."""
    return Actor(f"usr_{patient_id}", patient_id, frozenset({Role.PATIENT}), "1" * 64)
