"""A request as it stands: what it asks for, whether it may still be decided, and what would go by it today."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from workbench.paper.leaf import Leaf
from workbench.releases.choosing import Asked, Choice, Held, Standing, choose
from workbench.releases.part_2 import consents_of, marks_of
from workbench.releases.rules import Ground, PaperExpired, PaperRevoked, ReleaseDecided, kinds_of
from workbench.releases.tables import (
    ReleaseDecision,
    ReleaseRequest,
    ReleaseRevocation,
    Restriction,
    RestrictionEnd,
)
from workbench.store.newest import Rows


def asked_of(request: ReleaseRequest) -> Asked:
    """What it asks for."""
    return Asked(
        Ground(request.ground), request.told.recipient, kinds_of(request.kinds), request.from_on, request.to_on,
        request.order_under, request.proceeding,
    )  # fmt: skip


def restrictions_of(rows: Rows, patient_id: str) -> tuple[Held, ...]:
    """Those in force."""
    ended = select(RestrictionEnd.restriction_id).where(RestrictionEnd.patient_id == patient_id)
    found = rows.scalars(select(Restriction).where(Restriction.patient_id == patient_id, Restriction.id.not_in(ended)))
    return tuple(Held(one.against, one.told.recipient, kinds_of(one.kinds), one.from_on, one.to_on) for one in found)


def chosen(rows: Rows, request: ReleaseRequest, leaves: Iterable[Leaf], today: date) -> Choice:
    """What goes by it and what stays, as everything holds now."""
    patient_id = request.patient_id
    standing = Standing(
        today, marks_of(rows, patient_id), consents_of(rows, patient_id), restrictions_of(rows, patient_id)
    )
    return choose(leaves, asked_of(request), standing)


def check_open(rows: Rows, request: ReleaseRequest) -> None:
    """Whether nobody decided it yet.

    Raises:
        ReleaseDecided.
    """
    if rows.scalars(select(ReleaseDecision).where(ReleaseDecision.request_id == request.id)).first() is not None:
        raise ReleaseDecided


def check_paper(rows: Rows, request: ReleaseRequest, today: date) -> None:
    """Whether what it rests on still counts.

    Raises:
        PaperExpired, PaperRevoked.
    """
    if rows.scalars(select(ReleaseRevocation).where(ReleaseRevocation.request_id == request.id)).first() is not None:
        raise PaperRevoked
    if request.expires_on is not None and request.expires_on <= today:
        raise PaperExpired
