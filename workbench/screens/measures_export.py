"""A patient's measures in a file that other systems read: FHIR Observations, or rows."""

from typing import Literal

from sqlalchemy import select

from workbench.forms.documents import write_document
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.measures.catalogue import measures
from workbench.measures.observations import Result, bundle_of, long_csv
from workbench.measures.tables import MeasureResult
from workbench.people.tables import Patient
from workbench.screens.form_paper import FormFile


@view(Permission.EXPORT_FORM, shows=AuditEvent.MEASURES_EXPORTED, on=Patient)
def measures_export(look: Look, patient: Patient, *, kind: Literal["json", "csv"]) -> FormFile:
    """Every result, oldest first."""
    look.shown(patient.id)
    rows = look.scalars(
        select(MeasureResult).where(MeasureResult.patient_id == patient.id)
        .order_by(MeasureResult.taken_at, MeasureResult.id)
    )  # fmt: skip
    results = [
        Result(row.id, measures()[row.rule], row.taken_at, row.result.answers, row.result.total, row.result.band,
               row.result.flags)
        for row in rows
    ]  # fmt: skip
    if kind == "csv":
        return FormFile("measures.csv", "text/csv", long_csv(results))
    told = write_document(bundle_of(results, f"Patient/{patient.id.replace('_', '-')}"))
    return FormFile("measures.json", "application/fhir+json", told.encode())
