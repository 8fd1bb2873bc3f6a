"""Missed sessions and late cancellations: what is to be decided, and what was charged or waived, with the reasons."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, or_, select

from workbench.billing.missed import all_terms, service_terms
from workbench.billing.missed_rules import CODES, MissedKind, ServiceTerms, Session, Terms, Waiver, fee_of
from workbench.billing.missed_tables import MissedFee
from workbench.claims.queries import has_medicaid, medicaid_of
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.money import Cents
from workbench.kernel.time import day_of, whole_day
from workbench.people.names import patients_named, staff_named
from workbench.scheduling.group_tables import PatientGroup
from workbench.scheduling.tables import Appointment, AppointmentType, Attendance

__all__ = [
    "CODES",
    "FeeShown",
    "MissedFees",
    "MissedKind",
    "MissedShown",
    "ServiceTold",
    "Terms",
    "Waiver",
    "missed_fees",
]

BACK: Final = timedelta(days=90)
"""How far back is looked: what is older than that nobody decides any more."""


@dataclass(frozen=True)
class MissedShown:
    """One to be decided. missed_before: how many others of theirs in a year; is_forbidden: the plan allows no fee."""

    attendance_id: str
    patient_id: str
    name: str
    clinician_name: str
    starts_at: datetime
    kind: MissedKind
    cents: Cents
    missed_before: int
    is_forbidden: bool


@dataclass(frozen=True)
class FeeShown:
    """One that was decided. waived: the reason, "" where it was charged."""

    fee_id: str
    patient_id: str
    name: str
    starts_at: datetime
    kind: MissedKind
    cents: Cents
    waived: str
    decided_at: datetime


@dataclass(frozen=True)
class ServiceTold:
    """What was said of one kind of appointment on offer, by when it begins."""

    type_id: str
    name: str
    said: tuple[ServiceTerms, ...]


@dataclass(frozen=True)
class MissedFees:
    """terms: what counts now, None until something is set. decided: of ninety days, the newest first.

    services: every kind on offer by name, with what was said of it alone, which counts now or will.
    """

    terms: Terms | None = None
    services: tuple[ServiceTold, ...] = ()
    to_decide: tuple[MissedShown, ...] = ()
    decided: tuple[FeeShown, ...] = ()
    may_decide: bool = False

    @property
    def charged(self) -> tuple[int, Cents]:
        """How many were charged, and how much that is."""
        cents = [one.cents for one in self.decided if not one.waived]
        return len(cents), Cents(sum(cents))

    @property
    def waived(self) -> tuple[tuple[str, int, Cents], ...]:
        """For each reason how many were waived and how much that is, the most frequent first."""
        counts = Counter(one.waived for one in self.decided if one.waived)
        sums: Counter[str] = Counter()
        for one in self.decided:
            sums[one.waived] += one.cents
        return tuple((why, count, Cents(sums[why])) for why, count in counts.most_common())


@view(Permission.SEE_MISSED_FEES, shows=AuditEvent.MISSED_FEES_SEEN)
def missed_fees(look: Look) -> MissedFees:
    """Within reach, of ninety days; what began before any terms stood costs nothing and is not asked about.

    Of a couple or a family only whoever is charged for them.
    """
    terms = all_terms(look)
    open_ones, decided = _open(look, terms), look.execute(_decided(look)).all()
    people = {row.patient_id for row in open_ones} | {fee.patient_id for fee, _ in decided}
    look.shown(people)
    names = {key: one.shown_name for key, one in patients_named(look, people).items()}
    return MissedFees(
        terms=terms[0] if terms else None,
        services=_services(look),
        to_decide=_to_decide(look, open_ones, names, terms),
        decided=tuple(
            FeeShown(fee.id, fee.patient_id, names[fee.patient_id], starts_at, MissedKind(fee.kind), Cents(fee.cents),
                     fee.waived_because, fee.decided_at)
            for fee, starts_at in decided
        ),
        may_decide=look.allowed(Permission.DECIDE_MISSED_FEE),
    )  # fmt: skip


def _open(look: Look, terms: tuple[Terms, ...]) -> list[Any]:
    if not terms:
        return []
    today = whole_day(look.today, look.zone).starts_at
    query = (
        select(
            Attendance.id, Attendance.patient_id, Attendance.status, Appointment.starts_at, Appointment.clinician_id,
            Appointment.type_id,
        )
        .join(Appointment, Appointment.id == Attendance.appointment_id)
        .outerjoin(PatientGroup, PatientGroup.id == Appointment.group_id)
        .where(
            Attendance.status.in_(tuple(MissedKind)), Appointment.starts_at < today,
            or_(PatientGroup.billed_id.is_(None), PatientGroup.billed_id == Attendance.patient_id),
            Appointment.starts_at >= max(look.now - BACK, min(one.set_at for one in terms)),
            ~select(MissedFee.id).where(MissedFee.attendance_id == Attendance.id).exists(),
        )
        .order_by(Appointment.starts_at, Attendance.id)
    )  # fmt: skip
    return list(look.execute(_within(look, query, Attendance.patient_id)))


def _services(look: Look) -> tuple[ServiceTold, ...]:
    offered = select(AppointmentType).where(AppointmentType.is_active.is_(True)).order_by(AppointmentType.name)
    said = service_terms(look)
    return tuple(
        ServiceTold(one.id, one.name, tuple(
            word for word in sorted(said, key=lambda word: (word.from_on, word.nth))
            if word.type_id == one.id and not _is_followed(word, said, look.today)
        ))
        for one in look.scalars(offered)
    )  # fmt: skip


def _is_followed(word: ServiceTerms, said: tuple[ServiceTerms, ...], today: date) -> bool:
    """Whether another one counts today or from the same day on in its stead."""
    later = [one for one in said if one.type_id == word.type_id and (one.from_on, one.nth) > (word.from_on, word.nth)]
    return any(one.from_on <= max(today, word.from_on) for one in later)


def _decided(look: Look) -> Any:
    query = (
        select(MissedFee, Appointment.starts_at)
        .join(Attendance, Attendance.id == MissedFee.attendance_id)
        .join(Appointment, Appointment.id == Attendance.appointment_id)
        .where(MissedFee.decided_at >= look.now - BACK)
        .order_by(MissedFee.decided_at.desc(), MissedFee.id)
    )
    return _within(look, query, MissedFee.patient_id)


def _within(look: Look, query: Any, patient_id: Any) -> Any:
    reach = look.reach()
    return query if reach is None else query.where(patient_id.in_(reach))


def _to_decide(look: Look, rows: list[Any], names: dict[str, str], terms: tuple[Terms, ...]) -> tuple[MissedShown, ...]:
    clinicians = staff_named(look, {row.clinician_id for row in rows})
    people = {row.patient_id for row in rows}
    said = service_terms(look)
    before, plans = _missed_in_a_year(look, people), look.execute(medicaid_of(people)).all()
    return tuple(
        MissedShown(
            attendance_id=row.id, patient_id=row.patient_id, name=names[row.patient_id],
            clinician_name=clinicians[row.clinician_id].shown_name, starts_at=row.starts_at,
            kind=MissedKind(row.status), cents=fee_of(MissedKind(row.status), _session(look, row), terms, said),
            missed_before=before[row.patient_id] - 1,
            is_forbidden=has_medicaid(plans, row.patient_id, day_of(row.starts_at, look.zone)),
        )
        for row in rows
    )  # fmt: skip


def _session(look: Look, row: Any) -> Session:
    return Session(row.type_id, row.starts_at, day_of(row.starts_at, look.zone))


def _missed_in_a_year(look: Look, patient_ids: Iterable[str]) -> Counter[str]:
    query = (
        select(Attendance.patient_id, func.count())
        .join(Appointment, Appointment.id == Attendance.appointment_id)
        .where(
            Attendance.patient_id.in_(list(patient_ids)), Attendance.status.in_(tuple(MissedKind)),
            Appointment.starts_at >= look.now - timedelta(days=365), Appointment.starts_at < look.now,
        )
        .group_by(Attendance.patient_id)
    )  # fmt: skip
    return Counter({str(patient_id): int(count) for patient_id, count in look.execute(query)})
