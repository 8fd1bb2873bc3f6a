"""Copies that leave: the requests, what one would hold, the packet that left, and the accounting of it all."""

import base64
import io
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import ColumnElement, select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.relations import not_own_record
from workbench.gate.view import Look, view
from workbench.paper.leaf import KIND_WORDS, RecordKind
from workbench.people.names import patients_named, staff_named
from workbench.people.tables import Patient
from workbench.releases.choosing import LEFT_WORDS
from workbench.releases.releasing import chosen
from workbench.releases.rules import (
    ASKED_GROUNDS,
    GROUND_WORDS,
    ORDER_WORDS,
    PROCEEDING_WORDS,
    SUBPOENA_IS_NOT_ENOUGH,
    Ground,
    kinds_of,
)
from workbench.releases.tables import ReleaseDecision, ReleasePacket, ReleaseRequest, ReleaseRevocation
from workbench.screens.form_paper import FormFile
from workbench.screens.leaves import leaves_of

__all__ = [
    "ASKED_GROUNDS", "GROUND_WORDS", "KIND_WORDS", "ORDER_WORDS", "PROCEEDING_WORDS", "SUBPOENA_IS_NOT_ENOUGH",
    "Ground", "ReleaseShown", "ReleaseWeighed", "release_file", "release_weighed", "releases", "releases_of",
]  # fmt: skip

MOST = 200


@dataclass(frozen=True)
class ReleaseShown:
    """A request. state: waiting, expired, revoked, refused or made. is_mine: asked for by who looks.

    may_open: the packet is there for the reader; may_decide: they decide, and did not ask.
    """

    request_id: str
    patient_id: str
    patient_name: str
    patient_number: int
    ground: str
    kinds: tuple[str, ...]
    from_on: date | None
    to_on: date | None
    order_under: str
    proceeding: str
    expires_on: date | None
    recipient: str
    address: str
    purpose: str
    authority: str
    requested_by: str
    requested_at: datetime
    state: str
    decided_by: str
    decided_at: datetime | None
    reason: str
    sha256: str
    record_count: int
    is_mine: bool
    may_decide: bool
    may_open: bool
    may_revoke: bool


@dataclass(frozen=True)
class ReleaseWeighed:
    """What would go and what stays, today, for who approves. goes, left: how many of which kind; left with the reason.

    by: in words, what the data under 42 CFR Part 2 goes by; empty where none goes.
    """

    goes: tuple[tuple[str, int], ...]
    left: tuple[tuple[str, str, int], ...]
    part_2_count: int
    by: str


@view(Permission.SEE_RELEASES, shows=AuditEvent.RELEASES_SEEN)
def releases(look: Look) -> tuple[ReleaseShown, ...]:
    """Those within reach: what waits first, then the newest; 200 at most."""
    reach = look.reach()
    within = () if reach is None else (ReleaseRequest.patient_id.in_(reach),)
    found = _shown(look, *within, not_own_record(look.actor, ReleaseRequest.patient_id))
    return tuple(sorted(found, key=lambda one: one.state != "waiting"))


@view(Permission.SEE_RELEASES, shows=AuditEvent.RELEASES_SEEN, on=Patient)
def releases_of(look: Look, patient: Patient) -> tuple[ReleaseShown, ...]:
    """Those of one person, the newest first."""
    look.shown(patient.id)
    return _shown(look, ReleaseRequest.patient_id == patient.id)


@view(Permission.OPEN_RELEASE, shows=AuditEvent.RELEASE_WEIGHED, on=ReleaseRequest)
def release_weighed(look: Look, request: ReleaseRequest) -> ReleaseWeighed:
    """Counts by kind and reason; no record is read by it.

    Raises:
        NotFound: the actor does not decide.
    """
    if not look.allowed(Permission.DECIDE_RELEASE, request):
        raise NotFound
    look.shown(request.patient_id)
    choice = chosen(look, request, leaves_of(look, request.patient_id), look.today)
    goes = Counter(leaf.kind for leaf in choice.goes)
    left = Counter((leaf.kind, why) for leaf, why in choice.left)
    by = "the person's own access" if request.ground == Ground.OWN_ACCESS else "a court order"
    if choice.consent is not None:
        by = f"the consent signed on {choice.consent.row.signed_on.isoformat()}"
    return ReleaseWeighed(
        tuple((KIND_WORDS[kind], count) for kind, count in sorted(goes.items())),
        tuple((KIND_WORDS[kind], LEFT_WORDS[why], count) for (kind, why), count in sorted(left.items())),
        len(choice.part_2), by if choice.part_2 else "",
    )  # fmt: skip


@view(Permission.OPEN_RELEASE, shows=AuditEvent.RELEASE_OPENED, on=ReleaseRequest)
def release_file(look: Look, request: ReleaseRequest, *, kind: Literal["zip", "pdf", "manifest"] = "zip") -> FormFile:
    """The packet as it left, or the paper or the manifest in it.

    Raises:
        NotFound: none was made, or it is not there for the reader.
    """
    packet: ReleasePacket | None = look.scalar(select(ReleasePacket).where(ReleasePacket.request_id == request.id))
    if packet is None or not _may_open(look, request, packet):
        raise NotFound
    look.shown(request.patient_id)
    content, name = base64.b64decode(packet.file.base64), f"release-{packet.sha256[:12]}"
    if kind == "zip":
        return FormFile(f"{name}.zip", "application/zip", content)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if kind == "pdf":
            return FormFile(f"{name}.pdf", "application/pdf", packed.read("packet.pdf"))
        return FormFile(f"{name}.json", "application/json", packed.read("manifest.json"))


def _may_open(look: Look, request: ReleaseRequest, packet: ReleasePacket) -> bool:
    """Compliance what it let go; a clinician the charts they read, and data under Part 2 if they read those."""
    if look.allowed(Permission.DECIDE_RELEASE, request):
        return not packet.has_part_2 or look.allowed(Permission.DECIDE_PART_2, request)
    may_read = look.allowed(Permission.OPEN_RELEASE, request) and look.allowed(Permission.READ_CHART, request)
    return may_read and (not packet.has_part_2 or look.allowed(Permission.READ_PART_2, request))


def _shown(look: Look, *which: ColumnElement[bool]) -> tuple[ReleaseShown, ...]:
    rows = look.scalars(
        select(ReleaseRequest).where(*which).order_by(ReleaseRequest.requested_at.desc(), ReleaseRequest.id).limit(MOST)
    ).all()
    ids = [one.id for one in rows]
    decisions = {one.request_id: one for one in _of(look, ReleaseDecision, ids)}
    packets = {one.request_id: one for one in _of(look, ReleasePacket, ids)}
    revoked = {one.request_id for one in _of(look, ReleaseRevocation, ids)}
    patients = patients_named(look, {one.patient_id for one in rows})
    numbers = {one.id: one.number for one in look.scalars(select(Patient).where(Patient.id.in_(patients)))}
    deciders = (one.decider_id for one in decisions.values())
    names = {
        key: one.shown_name for key, one in staff_named(look, {*deciders, *(r.requester_id for r in rows)}).items()
    }
    look.shown(patients)
    return tuple(
        _one(look, one, decisions.get(one.id), packets.get(one.id), names, one.id in revoked,
             (patients[one.patient_id].shown_name, numbers[one.patient_id]))
        for one in rows
    )  # fmt: skip


def _of(look: Look, row_class: type, ids: list[str]) -> Iterable:  # type: ignore[type-arg]
    return look.scalars(select(row_class).where(row_class.request_id.in_(ids)))  # type: ignore[attr-defined]


def _one(
    look: Look, row: ReleaseRequest, decision: ReleaseDecision | None, packet: ReleasePacket | None,
    names: dict[str, str], is_revoked: bool, patient: tuple[str, int],
) -> ReleaseShown:  # fmt: skip
    state, told = _state(look, row, decision, is_revoked), row.told
    is_mine = row.requester_id == look.actor.person_id
    return ReleaseShown(
        request_id=row.id,
        patient_id=row.patient_id,
        patient_name=patient[0],
        patient_number=patient[1],
        ground=row.ground,
        kinds=tuple(KIND_WORDS[kind] for kind in RecordKind if kind in kinds_of(row.kinds)),
        from_on=row.from_on,
        to_on=row.to_on,
        order_under=row.order_under,
        proceeding=row.proceeding,
        expires_on=row.expires_on,
        recipient=told.recipient,
        address=told.address,
        purpose=told.purpose,
        authority=told.authority,
        requested_by=names.get(row.requester_id, ""),
        requested_at=row.requested_at,
        state=state,
        decided_by=names.get(decision.decider_id, "") if decision else "",
        decided_at=decision.decided_at if decision else None,
        reason=decision.told.words if decision else "",
        sha256=packet.sha256 if packet else "",
        record_count=packet.record_count if packet else 0,
        is_mine=is_mine,
        may_decide=decision is None and not is_mine and look.allowed(Permission.DECIDE_RELEASE, row),
        may_open=packet is not None and _may_open(look, row, packet),
        may_revoke=not is_revoked and decision is None and look.allowed(Permission.ASK_RELEASE, row),
    )


def _state(look: Look, row: ReleaseRequest, decision: ReleaseDecision | None, is_revoked: bool) -> str:
    if decision is not None:
        return "made" if decision.is_approved else "refused"
    if is_revoked:
        return "revoked"
    return "expired" if row.expires_on is not None and row.expires_on <= look.today else "waiting"
