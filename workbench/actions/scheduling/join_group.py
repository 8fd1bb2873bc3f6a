"""Put one more patient into a group, and into its sessions to come."""

from dataclasses import dataclass

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.care_team import join_care_team
from workbench.people.tables import Patient
from workbench.scheduling.group_rules import AlreadyIn
from workbench.scheduling.group_tables import PatientGroup
from workbench.scheduling.groups import check_reach, expect, leaders, members, put_in, sessions_to_come
from workbench.scheduling.rooms import check_seats


@dataclass(frozen=True)
class GroupJoined:
    """To how many sessions they come from now on."""

    sessions: int


@action(Permission.CHANGE_GROUP, on=PatientGroup, refuses={"uq_group_members_now": AlreadyIn})
def join_group(work: Work, group: PatientGroup, *, patient_id: str) -> GroupJoined:
    """They belong to it from today and come to what is booked; who leads it may open their chart.

    Raises:
        AlreadyIn, GroupFull. RoomTooSmall: a room of theirs has no seat more. NotFound: the patient is out of reach.
        NotOnCareTeam: who leads it is not, and the actor may not assign care teams.
    """
    patient = work.get(Patient, patient_id)
    check_reach(work, [patient])
    belong = members(work, group)
    if patient.id in belong:
        raise AlreadyIn
    sessions = sessions_to_come(work, group)
    check_seats(work, sessions, len(belong) + 1)
    for staff_id in sorted(leaders(work, sessions)):
        join_care_team(work, patient, staff_id)
    put_in(work, group, [patient.id])
    expect(work, sessions, patient.id)
    work.record(AuditEvent.GROUP_JOINED, patient_id=patient.id, sessions=len(sessions))
    return GroupJoined(len(sessions))
