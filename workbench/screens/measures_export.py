"""A patient's measures in a file that other systems read: FHIR Observations, or rows."""

from typing import Literal

from sqlalchemy import select

from workbench.forms.documents import write_document
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import day_of
from workbench.measures.catalogue import measures
from workbench.measures.observations import Result, bundle_of, long_csv
from workbench.measures.tables import MeasureResult
from workbench.paper.leaf import RecordKind
from workbench.people.tables import Patient
from workbench.releases.part_2 import NOTICE_SHORT, labelled
from workbench.screens.form_paper import FormFile
from workbench.screens.part_2 import part_2_of


@view(Permission.EXPORT_FORM, shows=AuditEvent.MEASURES_EXPORTED, on=Patient)
def measures_export(look: Look, patient: Patient, *, kind: Literal["json", "csv"]) -> FormFile:
    """Every result, oldest first."""
    look.shown(patient.id)
    part_2 = part_2_of(look, patient.id)
    found = look.scalars(
        select(MeasureResult).where(MeasureResult.patient_id == patient.id)
        .order_by(MeasureResult.taken_at, MeasureResult.id)
    )  # fmt: skip
    days = [(one, day_of(one.taken_at, look.zone)) for one in found]
    rows = [one for one, on in days if not part_2.hides(RecordKind.MEASURE, one.id, on)]
    is_part_2 = part_2.may_read and any(part_2.is_marked(RecordKind.MEASURE, one.id, on) for one, on in days)
    results = [
        Result(row.id, measures()[row.rule], row.taken_at, row.result.answers, row.result.total, row.result.band,
               row.result.flags)
        for row in rows
    ]  # fmt: skip
    if kind == "csv":
        return FormFile("measures.csv", "text/csv", long_csv(results, NOTICE_SHORT if is_part_2 else ""))
    told = bundle_of(results, f"Patient/{patient.id.replace('_', '-')}")
    whole = write_document(labelled(told) if is_part_2 else told)
    return FormFile("measures.json", "application/fhir+json", whole.encode())
