"""One signed record as the person it is about gets it on paper. Who asks has judged that it is shown to them."""

from dataclasses import replace

from workbench.charting.added import addenda_of_forms, addenda_parts
from workbench.charting.late import late_entry
from workbench.charting.papers import note_sheet, plan_sheet
from workbench.charting.plan_tables import TreatmentPlan
from workbench.charting.tables import Note
from workbench.forms.papers import response_sheet
from workbench.forms.tables import FormResponse
from workbench.gate.view import Look
from workbench.kernel.time import spoken_day
from workbench.measures.papers import measure_sheet
from workbench.measures.tables import MeasureResult
from workbench.paper.leaf import RecordKind
from workbench.paper.sheet import Part, Sheet
from workbench.people.letterhead import about, from_whom
from workbench.people.tables import Patient
from workbench.releases.amendments import amendment_parts
from workbench.releases.part_2 import NOTICE_SHORT
from workbench.scheduling.tables import Appointment, Attendance
from workbench.screens.shared_records import SharedLeaf


def own_sheet(look: Look, patient: Patient, one: SharedLeaf) -> Sheet:
    """As it was signed, with what was added behind it and what is disputed in it."""
    leaf = one.leaf
    sheet = _sheet(look, patient, one)
    disputed = amendment_parts(look, leaf.kind, leaf.record_id, look.zone)
    return replace(sheet, after=(*sheet.after, *disputed), notice=NOTICE_SHORT if one.is_part_2 else "")


def _sheet(look: Look, patient: Patient, one: SharedLeaf) -> Sheet:
    whom, practice, leaf = about(patient), from_whom(look), one.leaf
    match leaf.kind:
        case RecordKind.NOTE:
            note = look.get(Note, leaf.record_id)
            session = look.get(Appointment, look.get(Attendance, note.attendance_id).appointment_id)
            late = late_entry(session.ends_at, note.started_at)
            return note_sheet(look, note, look.zone, about=whom, practice=practice, late=late)
        case RecordKind.PLAN:
            return plan_sheet(look.get(TreatmentPlan, leaf.record_id), look.zone, about=whom, practice=practice)
        case RecordKind.FORM:
            form = look.get(FormResponse, leaf.record_id)
            added = addenda_parts(addenda_of_forms(look, {form.id: form.content_hash}).get(form.id, ()), look.zone)
            return response_sheet(look, form, look.zone, look.today, about=whom, practice=practice, after=added)
        case RecordKind.MEASURE:
            return measure_sheet(look.get(MeasureResult, leaf.record_id), look.zone, about=whom, practice=practice)
        case RecordKind.DOCUMENT:
            where = Part("words", text="The file itself is downloaded from the list, or with the FHIR copy.")
            told = (Part("answer", "Filed", spoken_day(leaf.on)), Part("answer", "SHA-256", leaf.digest), where)
            return Sheet(f"Document: {leaf.title}", whom, practice, f"file {leaf.digest[:16]}", told)
