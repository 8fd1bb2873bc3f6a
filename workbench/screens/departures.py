"""Who leaves and who has left, what became of what they had, and the certificate as it was written."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.digests import digest_of
from workbench.people.departures import Certificate, Departure, DepartureCertificate
from workbench.people.names import staff_named
from workbench.people.tables import Staff


@dataclass(frozen=True)
class DepartureShown:
    """One end. state: `to_come`, `ended` (tidied up in a moment), `done`, `withdrawn`."""

    departure_id: str
    staff_id: str
    name: str
    ends_at: datetime
    requested_by: str
    handed_to: str
    state: str


@dataclass(frozen=True)
class CertificateShown:
    """The certificate, its digest, and whether what is kept still has that digest."""

    departure: DepartureShown
    certificate: Certificate | None
    digest: str
    is_unchanged: bool


@dataclass(frozen=True)
class Departures:
    """Every end, the latest first; colleagues who could take over patients; whether the actor may set one."""

    rows: tuple[DepartureShown, ...]
    colleagues: tuple[tuple[str, str], ...]
    may_end: bool


@view(Permission.SEE_DEPARTURES, shows=AuditEvent.DEPARTURES_SEEN)
def departures(look: Look) -> Departures:
    """All of them, with those that were taken back."""
    rows = list(look.scalars(select(Departure).order_by(Departure.ends_at.desc(), Departure.id)))
    here = [one for one in look.scalars(select(Staff)) if one.is_clinician and one.ended_on is None]
    colleagues = sorted(((one.id, one.details.shown_name) for one in here), key=lambda pair: pair[1])
    shown = tuple(_shown(look, row) for row in rows)
    return Departures(shown, tuple(colleagues), look.allowed(Permission.END_EMPLOYMENT))


def departures_done(gate: Gate, actor: Actor, *, now: datetime) -> int:  # noqa: ARG001 - as every question of a page
    """How many ends are tidied up: what an open list asks all the time, so it is not written down. No names."""
    with gate.store.reading() as session:
        return int(session.scalar(select(func.count()).where(Departure.completed_at.is_not(None))) or 0)


@view(Permission.SEE_DEPARTURES, shows=AuditEvent.DEPARTURES_SEEN, on=Departure)
def departure_certificate(look: Look, departure: Departure) -> CertificateShown:
    """The certificate of one end; None before it is written."""
    kept = look.scalar(select(DepartureCertificate).where(DepartureCertificate.departure_id == departure.id))
    if kept is None:
        return CertificateShown(_shown(look, departure), None, "", is_unchanged=True)
    found = digest_of(kept.certificate)
    return CertificateShown(_shown(look, departure), kept.certificate, kept.digest, found == kept.digest)


def _shown(look: Look, row: Departure) -> DepartureShown:
    wanted = [one for one in (row.staff_id, row.requested_by, row.handed_to) if one]
    known = set(look.scalars(select(Staff.id).where(Staff.id.in_(wanted))))
    names = {one: found.shown_name for one, found in staff_named(look, known).items()}
    state = "withdrawn" if row.withdrawn_at else "done" if row.completed_at else "to_come"
    if state == "to_come" and row.ends_at <= look.now:
        state = "ended"
    return DepartureShown(row.id, row.staff_id, names.get(row.staff_id, ""), row.ends_at,
                          names.get(row.requested_by, ""), names.get(row.handed_to or "", ""), state)  # fmt: skip
