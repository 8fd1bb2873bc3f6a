"""A form on paper and in files: one that was filled in, or an empty one."""

from dataclasses import dataclass, replace
from typing import Literal

from workbench.charting.added import addenda_of_forms, addenda_parts
from workbench.forms.asking import asked
from workbench.forms.documents import read_document, write_document
from workbench.forms.long_rows import long_csv
from workbench.forms.papers import form_day, form_sheet, response_sheet
from workbench.forms.signing import filled, layout_of
from workbench.forms.tables import FormResponse, FormVersion, ResponseState
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.paper.leaf import RecordKind
from workbench.paper.sheet import pdf_of
from workbench.people.letterhead import about, from_whom
from workbench.people.tables import Patient
from workbench.releases.amendments import amendment_parts
from workbench.releases.part_2 import labelled
from workbench.screens.part_2 import part_2_of

Export = Literal["json", "csv"]


@dataclass(frozen=True)
class FormFile:
    """A file to hand out. name: says nothing about whom it is."""

    name: str
    media_type: str
    content: bytes


@view(Permission.READ_CHART, shows=AuditEvent.FORM_PRINTED, on=FormResponse)
def form_paper(look: Look, response: FormResponse, *, answers_only: bool = False, is_large: bool = False) -> FormFile:
    """The exact version with its answers: signed as it was signed, or one's own draft, marked as one.

    answers_only: without what was not answered. is_large: in large print.
    """
    look.shown(response.patient_id)
    notice = _notice(look, response)
    is_theirs = response.state == ResponseState.REVIEW and look.allowed(Permission.COSIGN, response)
    if response.state != ResponseState.LOCKED and response.author_id != look.actor.person_id and not is_theirs:
        raise NotFound
    added = addenda_of_forms(look, {response.id: response.content_hash})
    disputed = amendment_parts(look, RecordKind.FORM, response.id, look.zone)
    sheet = response_sheet(
        look, response, look.zone, look.today, about=about(look.get(Patient, response.patient_id)),
        practice=from_whom(look), answers_only=answers_only, is_large=is_large,
        after=(*addenda_parts(added.get(response.id, ()), look.zone), *disputed),
    )  # fmt: skip
    proof = response.hash if response.state == ResponseState.DRAFT else response.content_hash
    return FormFile(f"form-{proof[:12]}.pdf", "application/pdf", pdf_of(replace(sheet, notice=notice)))


@view(Permission.SET_FORMS, shows=AuditEvent.FORMS_SEEN, on=FormVersion)
def blank_form(look: Look, version: FormVersion, *, is_large: bool = False) -> FormFile:
    """The version with boxes to tick and lines to write on."""
    layout = layout_of(version)
    empty = asked(layout, {}, today=look.today)
    whom = "Name ______________________   Born ______________"
    sheet = form_sheet(look, version, layout, empty, whom, practice=from_whom(look), is_blank=True, is_large=is_large,
                       proof=f"form {version.hash[:16]}")  # fmt: skip
    return FormFile(f"form-{version.hash[:12]}.pdf", "application/pdf", pdf_of(sheet))


@view(Permission.EXPORT_FORM, shows=AuditEvent.FORM_EXPORTED, on=FormResponse)
def form_export(look: Look, response: FormResponse, *, kind: Export) -> FormFile:
    """kind: json is the FHIR QuestionnaireResponse, csv one row an answer. Of a draft nothing leaves.

    Raises:
        NotFound: it is not signed, or not there for the reader.
    """
    if response.state != ResponseState.LOCKED:
        raise NotFound
    notice = _notice(look, response)
    look.shown(response.patient_id)
    version = look.get(FormVersion, response.version_id)
    name = f"form-{response.content_hash[:12]}.{kind}"
    if kind == "json":
        document = response.answered.response
        whole = write_document(labelled(read_document(document.encode())), is_sorted=True) if notice else document
        return FormFile(name, "application/fhir+json", whole.encode())
    told = filled(version, response.answered.response, look.today, has_spare=False)
    content = long_csv(told.layout, told.answers, version=version.label, response_id=response.id,
                       notice=notice)  # fmt: skip
    return FormFile(name, "text/csv", content)


def _notice(look: Look, response: FormResponse) -> str:
    part_2 = part_2_of(look, response.patient_id)
    return part_2.notice_of(RecordKind.FORM, response.id, form_day(response, look.zone))
