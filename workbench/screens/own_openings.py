"""Who opened one's record, as the person in care or their proxy may ask it (45 CFR 164.528 asks for less)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select

from workbench.gate.actor import JOB_PREFIX
from workbench.gate.audit import AuditRow, patient_pseudonym
from workbench.gate.audit_events import AuditEvent
from workbench.gate.audit_sentences import said
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.people.tables import Patient
from workbench.screens.account_names import account_names

MOST: Final = 200
NOT_TOLD: Final = (
    AuditEvent.PSYCHOTHERAPY_BEGUN, AuditEvent.PSYCHOTHERAPY_LISTED, AuditEvent.PSYCHOTHERAPY_READ,
    AuditEvent.PSYCHOTHERAPY_WRITTEN,
)  # fmt: skip
"""That an author keeps notes apart from the chart is no part of the record (45 CFR 164.524(a)(1)(i))."""
OF_PART_2: Final = (
    AuditEvent.PART_2_CLOSED, AuditEvent.PART_2_CONSENT_RECORDED, AuditEvent.PART_2_CONSENT_WITHDRAWN,
    AuditEvent.PART_2_LIFTED, AuditEvent.PART_2_MARKED, AuditEvent.PART_2_SEEN,
)  # fmt: skip
"""Told to nobody whose link does not open data under 42 CFR Part 2: not even that there are any."""


@dataclass(frozen=True)
class Opening:
    """Somebody read or changed something of the record, or was refused.

    who: the member of staff; empty where the system did it by itself (`is_job`), and for the person and their proxies.
    is_mine: whoever asks did it. event: the log's name of what was done.
    """

    seq: int
    at: datetime
    who: str
    is_job: bool
    sentence: str
    is_refused: bool
    is_mine: bool
    event: str


@view(Permission.SEE_OWN_OPENINGS, shows=AuditEvent.OWN_OPENINGS_SEEN, on=Patient)
def own_openings(look: Look, patient: Patient, *, before: int | None = None) -> tuple[Opening, ...]:
    """Up to 200 lines of the log that name this record, the newest first; `before`: only those of a lesser `seq`.

    Lists of many people at once name nobody in the log, so they are not among them.
    """
    look.shown(patient.id)
    theirs = AuditRow.patient_p == patient_pseudonym(look.vault, patient.id)
    untold = NOT_TOLD if look.allowed(Permission.READ_PART_2, patient) else (*NOT_TOLD, *OF_PART_2)
    query = select(AuditRow).where(theirs, AuditRow.event.not_in(untold))
    if before is not None:
        query = query.where(AuditRow.seq < before)
    rows = list(look.scalars(query.order_by(AuditRow.seq.desc()).limit(MOST)))
    names = account_names(look, {row.actor_id for row in rows})
    return tuple(
        Opening(
            row.seq, row.at, names.get(row.actor_id, ""), row.actor_id.startswith(JOB_PREFIX),
            said(row.event), row.outcome == "refused", row.actor_id == look.actor.user_id, row.event,
        )
        for row in rows
    )  # fmt: skip
