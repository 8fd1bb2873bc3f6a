"""Packets as they stand, and who has which."""

from datetime import date

from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.view import Look
from workbench.gate.work import Work
from workbench.intake.rules import BookingFacts, fits, read_items, read_rules
from workbench.intake.tables import OwnResponse, OwnState, Packet, PacketAssignment, PacketVersion
from workbench.store.newest import last_said


def packets_now(rows: Work | Look) -> list[PacketVersion]:
    """The version that holds of each packet, by name; those out of use too."""
    every = rows.scalars(last_said(PacketVersion, PacketVersion.packet_id, PacketVersion.nth, select(Packet.id)))
    return sorted(every, key=lambda one: (one.name.casefold(), one.id))


def open_assignments(rows: Work | Look, patient_id: str) -> list[PacketAssignment]:
    """What somebody has, the first assigned first; what was taken back left out."""
    found = select(PacketAssignment).where(
        PacketAssignment.patient_id == patient_id, PacketAssignment.withdrawn_at.is_(None)
    )
    return list(rows.scalars(found.order_by(PacketAssignment.assigned_at, PacketAssignment.id)))


def is_done(rows: Work | Look, assignment: PacketAssignment) -> bool:
    """Whether everything required is signed, sent or refused."""
    version = rows.get(PacketVersion, assignment.version_id)
    finished = set(rows.scalars(select(OwnResponse.place).where(
        OwnResponse.assignment_id == assignment.id, OwnResponse.state != OwnState.DRAFT
    )))  # fmt: skip
    return all(place in finished for place, one in enumerate(read_items(version.holds)) if one.is_required)


def has_unfinished(rows: Work | Look, patient_id: str, packet_id: str) -> bool:
    """Whether this packet is with them and not done."""
    return any(one.packet_id == packet_id and not is_done(rows, one) for one in open_assignments(rows, patient_id))


def assign(
    work: Work, patient_id: str, version: PacketVersion, *, by_rule: bool, due_on: date | None = None
) -> PacketAssignment:
    """Ask them to fill it in; the verb writes it down."""
    made = PacketAssignment(
        patient_id=patient_id, packet_id=version.packet_id, version_id=version.id, by_rule=by_rule, due_on=due_on,
        assigned_at=work.now, assigned_by=work.actor.user_id,
    )  # fmt: skip
    work.add(made)
    work.flush()
    return made


def assign_by_rule(work: Work, patient_id: str, facts: BookingFacts, due_on: date) -> None:
    """Every packet that this booking assigns and that they do not have yet; each is written down."""
    had = {one.packet_id for one in open_assignments(work, patient_id)}
    fitting = [
        one for one in packets_now(work)
        if one.is_used and one.packet_id not in had and fits(read_rules(one.rules), facts)
    ]  # fmt: skip
    for version in fitting:
        made = assign(work, patient_id, version, by_rule=True, due_on=due_on)
        work.record(AuditEvent.PACKET_ASSIGNED, subject=made, packet_id=version.packet_id, by_rule=True)
