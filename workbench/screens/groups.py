"""Who is seen together: couples, families and groups, who belongs to each, and when they come next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.people.names import patients_named
from workbench.scheduling.group_rules import MOST, GroupKind, coming, stands
from workbench.scheduling.group_tables import GroupMember, PatientGroup
from workbench.scheduling.rules import ENDED
from workbench.scheduling.tables import Appointment, AppointmentStatus, Attendance

__all__ = ["MOST", "GroupKind", "GroupShown", "MemberShown", "coming", "groups", "stands", "titled"]

WORDS = {GroupKind.COUPLE: "Couple", GroupKind.FAMILY: "Family", GroupKind.GROUP: "Group"}


@dataclass(frozen=True)
class MemberShown:
    """Who belongs to it. `is_billed`: whose the sessions are for the payer."""

    patient_id: str
    name: str
    joined_on: date
    is_billed: bool


@dataclass(frozen=True)
class GroupShown:
    """One couple, family or group. `title`: its name, or those of its members; `next_at`: when they come next.

    to_come: how many sessions have not begun. last_id, last_at: the latest that began, where the reader leads it and
    writes notes.
    """

    group_id: str
    kind: GroupKind
    title: str
    most: int
    members: tuple[MemberShown, ...]
    next_at: datetime | None
    to_come: int
    last_id: str = ""
    last_at: datetime | None = None

    @property
    def is_full(self) -> bool:
        """Whether nobody else fits in."""
        return len(self.members) >= self.most


def titled(kind: str, name: str, members: Sequence[str]) -> str:
    """What a couple, a family or a group is called by those who work here."""
    if name:
        return name
    return f"{WORDS[GroupKind(kind)]}: {', '.join(members)}" if members else WORDS[GroupKind(kind)]


@view(Permission.SEE_GROUPS, shows=AuditEvent.GROUPS_SEEN)
def groups(look: Look) -> tuple[GroupShown, ...]:
    """Those that somebody belongs to, all of whom are within reach, by name."""
    found: dict[str, tuple[PatientGroup, list[GroupMember]]] = {}
    query = (
        select(PatientGroup, GroupMember)
        .join(GroupMember, GroupMember.group_id == PatientGroup.id)
        .where(GroupMember.left_on.is_(None))
        .order_by(PatientGroup.made_at, PatientGroup.id, GroupMember.joined_on, GroupMember.id)
    )
    if (reach := look.reach()) is not None:
        out = select(GroupMember.group_id).where(GroupMember.left_on.is_(None), GroupMember.patient_id.not_in(reach))
        query = query.where(PatientGroup.id.not_in(out))
    for group, member in look.execute(query):
        found.setdefault(group.id, (group, []))[1].append(member)
    people = {member.patient_id for _, members in found.values() for member in members}
    look.shown(people)
    names = {key: one.shown_name for key, one in patients_named(look, people).items()}
    sessions = _sessions(look, found)
    last = _last(look, found) if look.allowed(Permission.WRITE_NOTE) else {}
    shown = (_shown(group, members, names, sessions, last) for group, members in found.values())
    return tuple(sorted(shown, key=lambda one: (one.kind != GroupKind.GROUP, one.title.casefold(), one.group_id)))


def _shown(
    group: PatientGroup, members: Iterable[GroupMember], names: dict[str, str],
    sessions: dict[str, tuple[datetime, int]], last: dict[str, tuple[str, datetime]],
) -> GroupShown:  # fmt: skip
    of = [MemberShown(one.patient_id, names[one.patient_id], one.joined_on, one.patient_id == group.billed_id)
          for one in members]  # fmt: skip
    shown = tuple(sorted(of, key=lambda one: (not one.is_billed, one.name.casefold())))
    title = titled(group.kind, group.name, [one.name for one in shown])
    next_at, to_come = sessions.get(group.id, (None, 0))
    last_id, last_at = last.get(group.id, ("", None))
    return GroupShown(group.id, GroupKind(group.kind), title, group.most, shown, next_at, to_come, last_id, last_at)


def _last(look: Look, group_ids: Iterable[str]) -> dict[str, tuple[str, datetime]]:
    """Of the reader's own sessions that began, the latest of each group."""
    query = select(Appointment.group_id, Appointment.id, Appointment.starts_at).where(
        Appointment.group_id.in_(list(group_ids)), Appointment.clinician_id == look.actor.person_id,
        Appointment.beside_id.is_(None), Appointment.starts_at <= look.now,
        Appointment.status == AppointmentStatus.HELD,
    )  # fmt: skip
    return {str(group): (session, at) for group, session, at in look.execute(query.order_by(Appointment.starts_at))}


def _sessions(look: Look, group_ids: Iterable[str]) -> dict[str, tuple[datetime, int]]:
    attended = select(Attendance.appointment_id).where(Attendance.status.not_in(ENDED))
    query = (
        select(Appointment.group_id, func.min(Appointment.starts_at), func.count(Appointment.id))
        .where(
            Appointment.group_id.in_(list(group_ids)), Appointment.beside_id.is_(None),
            Appointment.starts_at > look.now, Appointment.id.in_(attended),
        )
        .group_by(Appointment.group_id)
    )  # fmt: skip
    return {str(group_id): (first, count) for group_id, first, count in look.execute(query)}
