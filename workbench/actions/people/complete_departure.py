"""Tidy up after somebody has left: end all they could come in by, hand over, and write the certificate."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select

from workbench.accounts.access_rules import RequestState
from workbench.accounts.access_tables import AccessRequest
from workbench.accounts.holding import live_grants
from workbench.accounts.rules import AccountState
from workbench.accounts.tables import User, UserSession
from workbench.accounts.ways_in import end_ways_in
from workbench.charting.tables import Note, NoteState
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.relations import CareTeamMember, Supervision
from workbench.gate.work import Work
from workbench.kernel.digests import digest_of
from workbench.people.departures import Certificate, CertificateLine, Departure, DepartureCertificate
from workbench.people.tables import Staff
from workbench.scheduling.tables import Appointment, AppointmentStatus

DESK, OFFICER = "Front desk", "Compliance officer"


@dataclass(frozen=True)
class DepartureCompleted:
    """digest: of the certificate; "" if there was nothing to do (taken back, not yet, or done before)."""

    digest: str


@action(Permission.COMPLETE_DEPARTURE, on=Departure)
def complete_departure(work: Work, departure: Departure) -> DepartureCompleted:
    """Once the end has come: every way in ends, patients are handed over, what is open gets an owner."""
    is_due = departure.withdrawn_at is None and departure.completed_at is None and departure.ends_at <= work.now
    if not is_due:
        work.record(AuditEvent.DEPARTURE_COMPLETED, outcome="refused", why="withdrawn, done before, or not yet")
        return DepartureCompleted("")
    departure.completed_at = work.now
    certificate = Certificate(
        name=_name(work, departure.staff_id),
        ends_at=departure.ends_at.isoformat(),
        requested_by=_name(work, departure.requested_by),
        completed_at=work.now.isoformat(),
        lines=(*_ways_in(work, departure), *_handed_over(work, departure), *_still_open(work, departure)),
    )
    digest = digest_of(certificate)
    kept = DepartureCertificate(departure_id=departure.id, written_at=work.now, digest=digest)
    kept.certificate = certificate
    work.add(kept)
    work.record(AuditEvent.DEPARTURE_COMPLETED, staff_id=departure.staff_id, certificate=digest)
    return DepartureCompleted(digest)


def _ways_in(work: Work, departure: Departure) -> list[CertificateLine]:
    user = work.scalar(select(User).where(User.person_id == departure.staff_id))
    if user is None:
        return [CertificateLine("Account", 0, "There was none")]
    user.state = AccountState.DISABLED
    grants = live_grants(work, user.id, work.now)
    for grant in grants:
        grant.ended_at = work.now
    ended = end_ways_in(work, user)
    # Those that the end itself closed count too: this may run seconds later.
    sessions = int(work.scalar(select(func.count()).select_from(UserSession).where(
        UserSession.user_id == user.id, UserSession.ended_at >= departure.ends_at
    )))  # fmt: skip
    return [
        CertificateLine("Account", 1, "Disabled; it opened nothing from the instant of the end"),
        CertificateLine("Sessions open at the end", sessions, "Ended, their pages closed"),
        CertificateLine("Roles", len(grants), "Ended"),
        CertificateLine("Passkeys", ended.passkeys, "Ended"),
        CertificateLine("Authenticator apps", ended.authenticators, "Ended"),
        CertificateLine("Recovery codes", ended.recovery_codes, "Ended"),
        CertificateLine("Links to sign in", ended.links, "Ended"),
    ]


def _handed_over(work: Work, departure: Departure) -> list[CertificateLine]:
    teams = _running(work, CareTeamMember, CareTeamMember.staff_id == departure.staff_id)
    taken = 0
    for member in teams:
        member.until_on = work.today
        if departure.handed_to and not _cares(work, departure.handed_to, member.patient_id):
            work.add(CareTeamMember(patient_id=member.patient_id, staff_id=departure.handed_to, from_on=work.today,
                                    is_primary=member.is_primary))  # fmt: skip
            taken += 1
    led = _running(work, Supervision, Supervision.supervisor_id == departure.staff_id)
    under = _running(work, Supervision, Supervision.supervisee_id == departure.staff_id)
    for relation in (*led, *under):
        relation.until_on = work.today
    to = f"Handed to {_name(work, departure.handed_to)}" if departure.handed_to else "Ended; nobody was named"
    return [
        CertificateLine("Care teams", len(teams), to, "" if departure.handed_to or not teams else DESK),
        CertificateLine("Joined newly by the colleague", taken, "From the day of the end"),
        CertificateLine("Supervised by them", len(led), "Ended", OFFICER if led else ""),
        CertificateLine("Their own supervision", len(under), "Ended"),
    ]


def _running(work: Work, kind: Any, is_theirs: Any) -> list[Any]:
    return list(work.scalars(select(kind).where(is_theirs, or_(kind.until_on.is_(None), kind.until_on > work.today))))


def _cares(work: Work, staff_id: str, patient_id: str) -> bool:
    on_it = (CareTeamMember.staff_id == staff_id) & (CareTeamMember.patient_id == patient_id)
    return bool(_running(work, CareTeamMember, on_it))


def _still_open(work: Work, departure: Departure) -> list[CertificateLine]:
    def count(query: Any) -> int:
        return int(work.scalar(query))

    theirs = departure.staff_id
    visits = count(select(func.count()).select_from(Appointment).where(
        Appointment.clinician_id == theirs, Appointment.starts_at > work.now,
        Appointment.status == AppointmentStatus.HELD,
    ))  # fmt: skip
    drafts = count(select(func.count()).select_from(Note).where(
        Note.author_id == theirs, Note.state == NoteState.DRAFT
    ))  # fmt: skip
    asked = count(select(func.count()).select_from(AccessRequest).where(
        AccessRequest.state == RequestState.OPEN,
        or_(AccessRequest.requester_id == theirs, AccessRequest.person_id == theirs),
    ))  # fmt: skip
    return [
        CertificateLine("Appointments to come", visits, "To be moved or cancelled", DESK if visits else ""),
        CertificateLine("Notes not signed", drafts, "Kept as drafts; nobody else may sign them",
                        OFFICER if drafts else ""),
        CertificateLine("Requests for access", asked, "To be refused or asked anew", OFFICER if asked else ""),
    ]  # fmt: skip


def _name(work: Work, staff_id: str) -> str:
    staff = work.scalar(select(Staff).where(Staff.id == staff_id))
    return staff.details.shown_name if staff is not None else "somebody who is not on the list of staff"
