"""Who joins a patient's care team, and when. The team decides whose chart a clinician can open."""

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.relations import CareTeamMember
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.people.queries import team_of
from workbench.people.tables import Patient


class NotOnCareTeam(WorkbenchError):
    """The clinician does not care for this patient, and the one who asks cannot change that."""

    def __init__(self) -> None:
        super().__init__(
            "This clinician is not on the care team. Ask the front desk or the manager to book the first visit."
        )


def join_care_team(work: Work, patient: Patient, staff_id: str) -> bool:
    """Put the clinician on the care team from today, unless they are on it; True if they joined.

    A visit needs somebody who may open the chart before it begins: whoever books it for the practice thereby says who
    cares for the patient from now on. A clinician cannot hand a colleague into a chart that way; the desk can.

    Raises:
        NotOnCareTeam: the actor may not assign care teams.
    """
    check_may_join(work, patient, staff_id)
    return join_by_rule(work, patient, staff_id)


def check_may_join(work: Work, patient: Patient, staff_id: str) -> None:
    """Insist that the clinician is on the care team, or that the actor may put them there.

    Raises:
        NotOnCareTeam: neither.
    """
    if staff_id not in team_of(work, patient.id) and not work.allowed(Permission.ASSIGN_CARE_TEAM, patient):
        raise NotOnCareTeam


def join_by_rule(work: Work, patient: Patient, staff_id: str) -> bool:
    """The same where the practice has said beforehand that this clinician may be booked; True if they joined."""
    team = team_of(work, patient.id)
    if staff_id in team:
        return False
    member = CareTeamMember(patient_id=patient.id, staff_id=staff_id, from_on=work.today, is_primary=not team)
    work.add(member)
    work.record(AuditEvent.CARE_TEAM_JOINED, subject=patient, patient_id=patient.id, staff_id=staff_id)
    return True
