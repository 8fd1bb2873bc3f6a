"""That a note of a group session names nobody else of the group. Part of signing."""

from collections.abc import Mapping

from sqlalchemy import select

from workbench.charting.others_named import Name, SomebodyElseNamed, parts_that_name
from workbench.charting.tables import Note, NoteText
from workbench.gate.work import Work
from workbench.people.tables import Patient
from workbench.scheduling.group_rules import GroupKind
from workbench.scheduling.group_tables import PatientGroup, members_of
from workbench.scheduling.tables import Appointment, Attendance

Names = Mapping[str, tuple[Name, ...]]
"""By whose names they are."""


def check_names_nobody_else(work: Work, note: Note, attendance: Attendance) -> None:
    """Of a group: who was to come to this session, and who belongs to it now. Names are read here and told to nobody.

    Of a couple or a family each is part of the other's care, and named in it.

    Raises:
        SomebodyElseNamed.
    """
    names = names_not_to_say(work, work.get(Appointment, attendance.appointment_id))
    if parts := parts_naming_others(note.text, note.patient_id, names):
        raise SomebodyElseNamed(parts)


def names_not_to_say(work: Work, appointment: Appointment) -> Names:
    """The names of everybody whom only their own note may name; none of a couple or a family."""
    group = work.get(PatientGroup, appointment.group_id) if appointment.group_id else None
    if group is not None and group.kind != GroupKind.GROUP:
        return {}
    found = set(work.scalars(select(Attendance.patient_id).where(Attendance.appointment_id == appointment.id)))
    found |= set(work.scalars(members_of(group.id))) if group else set()
    return {one: work.get(Patient, one).details.names for one in sorted(found)}


def parts_naming_others(text: NoteText, patient_id: str, names: Names) -> tuple[str, ...]:
    """The parts that name somebody else; "" as the patient is for what everybody's record gets."""
    others = [name for one, said in names.items() if one != patient_id for name in said]
    return parts_that_name(text, others, names.get(patient_id, ())) if others else ()
