"""Ask that a copy of a record leaves: for whom, by which right, of what. Another person approves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Patient
from workbench.releases.choosing import Asked, checked_request, is_same
from workbench.releases.releasing import asked_of
from workbench.releases.rules import (
    ASKED_GROUNDS,
    SUBPOENA_IS_NOT_ENOUGH,
    AskedAlready,
    Ground,
    ReleaseUnclear,
    checked_kinds,
)
from workbench.releases.tables import ReleaseDecision, ReleaseRequest, ReleaseRevocation, ReleaseText


@dataclass(frozen=True)
class ReleaseAsked:
    """It waits for its approval. told: what whoever asked should know of its ground; empty for most."""

    request_id: str
    told: str = ""


@action(Permission.ASK_RELEASE, on=Patient)
def ask_release(
    work: Work, patient: Patient, *, ground: str, recipient: str, address: str, purpose: str, authority: str,
    kinds: Sequence[str], from_on: date | None = None, to_on: date | None = None, expires_on: date | None = None,
    order_under: str = "", proceeding: str = "",
) -> ReleaseAsked:  # fmt: skip
    """authority: the paper it rests on. expires_on: the first day on which that counts no longer.

    order_under, proceeding: of legal requests, which section of 42 CFR part 2 a court order rests on, if any.
    Raises:
        ReleaseUnclear: by field. AskedAlready: the same copy waits.
    """
    if ground not in ASKED_GROUNDS:
        raise ReleaseUnclear({"ground": "Please choose by which right it leaves."})
    asked = Asked(
        Ground(ground), " ".join(recipient.split()), checked_kinds(kinds), from_on, to_on, order_under, proceeding
    )
    told = checked_request(asked, ReleaseText(recipient, address, purpose, authority), expires_on=expires_on,
                           today=work.today)  # fmt: skip
    if any(is_same(asked_of(one), asked) for one in _waiting(work, patient.id)):
        raise AskedAlready
    request = ReleaseRequest(
        patient_id=patient.id, ground=ground, kinds=",".join(sorted(asked.kinds)), from_on=from_on, to_on=to_on,
        order_under=order_under, proceeding=proceeding, expires_on=expires_on, requested_at=work.now,
        requested_by=work.actor.user_id, requester_id=work.actor.person_id, told=told,
    )  # fmt: skip
    work.add(request)
    work.flush()
    work.record(AuditEvent.RELEASE_ASKED, subject=request, ground=ground)
    is_bare = asked.ground is Ground.SUBPOENA or (asked.ground is Ground.COURT_ORDER and not asked.is_ordered)
    return ReleaseAsked(request.id, SUBPOENA_IS_NOT_ENOUGH if is_bare else "")


def _waiting(work: Work, patient_id: str) -> Sequence[ReleaseRequest]:
    done = select(ReleaseDecision.request_id).union(select(ReleaseRevocation.request_id))
    counts = or_(ReleaseRequest.expires_on.is_(None), ReleaseRequest.expires_on > work.today)
    theirs = select(ReleaseRequest).where(ReleaseRequest.patient_id == patient_id, counts)
    return work.scalars(theirs.where(ReleaseRequest.id.not_in(done))).all()
