"""Ask somebody to fill in a packet, by hand."""

from dataclasses import dataclass
from datetime import date

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.intake.packets import assign, has_unfinished, packets_now
from workbench.intake.rules import AlreadyAssigned, PacketUnclear, PacketUnused
from workbench.people.tables import Patient


@dataclass(frozen=True)
class PacketAssigned:
    """It waits in their portal."""

    assignment_id: str


@action(Permission.ASSIGN_PACKET, on=Patient)
def assign_packet(work: Work, patient: Patient, *, packet_id: str, due_on: date | None = None) -> PacketAssigned:
    """due_on: the day it is wanted by.

    Raises:
        PacketUnused. AlreadyAssigned: they have it and are not done. PacketUnclear: the day is gone by.
    """
    version = next((one for one in packets_now(work) if one.packet_id == packet_id and one.is_used), None)
    if version is None:
        raise PacketUnused
    if due_on is not None and due_on < work.today:
        raise PacketUnclear({"due_on": "This day is gone by. Please choose a later one."})
    if has_unfinished(work, patient.id, packet_id):
        raise AlreadyAssigned
    made = assign(work, patient.id, version, by_rule=False, due_on=due_on)
    work.record(AuditEvent.PACKET_ASSIGNED, subject=made, patient_id=patient.id, packet_id=packet_id, by_rule=False)
    return PacketAssigned(made.id)
