"""That a note of a group session names nobody else of the group. Part of signing."""

from sqlalchemy import select

from workbench.charting.others_named import Name, SomebodyElseNamed, parts_that_name
from workbench.charting.tables import Note
from workbench.gate.work import Work
from workbench.people.tables import Patient
from workbench.scheduling.group_rules import GroupKind
from workbench.scheduling.group_tables import PatientGroup, members_of
from workbench.scheduling.tables import Appointment, Attendance


def check_names_nobody_else(work: Work, note: Note, attendance: Attendance) -> None:
    """Of a group: who was to come to this session, and who belongs to it now. Names are read here and told to nobody.

    Of a couple or a family each is part of the other's care, and named in it.

    Raises:
        SomebodyElseNamed.
    """
    appointment = work.get(Appointment, attendance.appointment_id)
    group = work.get(PatientGroup, appointment.group_id) if appointment.group_id else None
    if group is not None and group.kind != GroupKind.GROUP:
        return
    others = set(work.scalars(select(Attendance.patient_id).where(Attendance.appointment_id == appointment.id)))
    others |= set(work.scalars(members_of(group.id))) if group else set()
    others.discard(note.patient_id)
    if not others:
        return
    named = [name for one in sorted(others) for name in _names(work, one)]
    if parts := parts_that_name(note.text, named, _names(work, note.patient_id)):
        raise SomebodyElseNamed(parts)


def _names(work: Work, patient_id: str) -> tuple[Name, ...]:
    told = work.get(Patient, patient_id).details
    return (told.given_name, told.family_name), (told.preferred_name, told.family_name)
