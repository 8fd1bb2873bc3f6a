"""Charts opened in an emergency in the synthetic practice: one that was reviewed, and one that waits for its review."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from workbench.actions.compliance.close_emergency import close_emergency
from workbench.actions.compliance.open_emergency import open_emergency
from workbench.actions.compliance.review_emergency import review_emergency
from workbench.demo.plan import Client, Clinician, Plan
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.emergency import EmergencyKind, EmergencyVerdict
from workbench.screens.patient_chart import patient_chart

REVIEWED_AGO: Final = timedelta(days=7)
"""Before the first request for access of the demo: the log goes forward in time."""
WAITING_AGO: Final = timedelta(hours=4)
_FRESH: Final = timedelta(minutes=5)


def a_reviewed_emergency(gate: Gate, plan: Plan, accounts: Mapping[str, str], now: datetime) -> None:
    """Last week: a colleague covered for a clinician who could not be reached, and compliance found it right."""
    at = now - REVIEWED_AGO
    by, whose = plan.clinicians[0], plan.clinicians[-1]
    opening = _opened(gate, by, _client_of(plan, whose), accounts, at, EmergencyKind.CLINICIAN_UNREACHABLE,
                      "Their clinician is ill today, and they call about a reaction to a new medication")  # fmt: skip
    officer = next(one for one in plan.staff if one.role == Role.COMPLIANCE)
    reviewer = Actor(accounts[Role.COMPLIANCE], officer.id, frozenset({Role.COMPLIANCE}))
    review_emergency(gate, reviewer, opening, now=at + timedelta(hours=20), verdict=EmergencyVerdict.JUSTIFIED,
                     remark="Called back within ten minutes; only the last notes were read")  # fmt: skip


def an_emergency_to_review(gate: Gate, plan: Plan, accounts: Mapping[str, str], now: datetime) -> None:
    """This morning: closed after some minutes, and nobody has looked at it yet."""
    by, whose = plan.clinicians[-1], plan.clinicians[0]
    _opened(gate, by, _client_of(plan, whose), accounts, now - WAITING_AGO, EmergencyKind.MEDICAL,
            "The emergency room asks which medication they take")  # fmt: skip


def _opened(
    gate: Gate, by: Clinician, client: Client, accounts: Mapping[str, str], at: datetime, kind: str, reason: str
) -> str:
    """Opened, read and closed again; its id."""
    actor = Actor(accounts[by.id], by.id, frozenset({Role.CLINICIAN}), fresh_until=at + _FRESH)
    opened = open_emergency(gate, actor, client.id, now=at, kind=kind, reason=reason)
    patient_chart(gate, actor, client.id, now=at + timedelta(minutes=1))
    close_emergency(gate, actor, opened.opening_id, now=at + timedelta(minutes=12))
    return opened.opening_id


def _client_of(plan: Plan, clinician: Clinician) -> Client:
    """The one this clinician has seen last."""
    return max((one for one in plan.clients if one.clinician is clinician), key=lambda one: (one.last_on, one.number))
