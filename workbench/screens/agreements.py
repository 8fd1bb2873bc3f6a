"""Agreements with whoever carries something for the practice."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.messaging.tables import Agreement
from workbench.people.names import staff_named


@dataclass(frozen=True)
class AgreementShown:
    """state: `waiting` for its approval, `in_force`, or `ended`. is_mine: registered by who looks."""

    agreement_id: str
    vendor: str
    carries: str
    host: str
    signed_on: date
    ends_on: date
    state: str
    asked_by: str
    approved_by: str
    is_mine: bool


@view(Permission.SEE_AGREEMENTS, shows=AuditEvent.AGREEMENTS_SEEN)
def agreements(look: Look) -> tuple[AgreementShown, ...]:
    """All of them, the newest first."""
    rows = list(look.scalars(select(Agreement).order_by(Agreement.requested_at.desc(), Agreement.id)))
    names = staff_named(look, {one for row in rows for one in (row.requester_id, row.approver_id) if one})
    said = {staff_id: details.shown_name for staff_id, details in names.items()}
    return tuple(
        AgreementShown(
            row.id, row.vendor, *_carried(row.service), row.signed_on, row.ends_on, _state(row, look.today),
            said.get(row.requester_id, ""), said.get(row.approver_id, ""), row.requester_id == look.actor.person_id,
        )
        for row in rows
    )  # fmt: skip


def _state(row: Agreement, today: date) -> str:
    if row.ends_on <= today:
        return "ended"
    return "waiting" if row.approved_at is None else "in_force"


def _carried(service: str) -> tuple[str, str]:
    """What is carried, and through whose server: `mail:smtp.example.com` in two."""
    carries, _, host = service.partition(":")
    return carries, host
