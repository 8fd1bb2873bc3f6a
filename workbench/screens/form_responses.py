"""Forms filled in about a patient: those there are, and one of them to write or to read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup
from sqlalchemy import select

from workbench.forms.documents import read_document
from workbench.forms.filling import Answers
from workbench.forms.html import form_html
from workbench.forms.library import Mark, Signer, templates
from workbench.forms.papers import form_day
from workbench.forms.prefill import untouched
from workbench.forms.responses import Parked, answers_of
from workbench.forms.signing import Filled, content_hash, filled
from workbench.forms.tables import FormResponse, FormRevision, FormTemplate, FormVersion, ResponseState, VersionState
from workbench.forms.versions import published_version
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.paper.leaf import RecordKind
from workbench.people.names import staff_named
from workbench.people.tables import Patient
from workbench.screens.after_signing import AfterSigning, after_form
from workbench.screens.part_2 import part_2_of

__all__ = ["FormChoice", "PatientForms", "ResponsePage", "ResponseShown", "ResponseState", "form_response",
           "patient_forms"]  # fmt: skip


@dataclass(frozen=True)
class FormChoice:
    """A published form."""

    version_id: str
    title: str
    label: str


@dataclass(frozen=True)
class ResponseShown:
    """One that was filled in. at: when it was signed, or saved last. is_part_2: it is under 42 CFR Part 2."""

    response_id: str
    title: str
    label: str
    state: str
    author_name: str
    at: datetime
    is_part_2: bool = False


@dataclass(frozen=True)
class PatientForms:
    """Those of one person, the newest first, and those that can be begun."""

    responses: tuple[ResponseShown, ...] = ()
    choices: tuple[FormChoice, ...] = ()


@dataclass(frozen=True)
class ResponsePage:
    """One form with its answers. may_write: it is one's own draft. missing: what a signature still needs, by field.

    signers: who has yet to sign. parked: answers this version has no place for. is_unchanged: whether a locked one
    is, byte by byte, what was signed. newer: the version in use, where the draft is of an earlier one. notice: of data
    under 42 CFR Part 2.
    """

    response_id: str
    patient_id: str
    patient_name: str
    born_on: date
    number: int
    title: str
    label: str
    hash: str
    state: str
    version: int
    author_name: str
    saved_at: datetime
    signed_at: datetime | None
    signed_as: str
    content_hash: str
    is_unchanged: bool
    may_write: bool
    fields: Markup
    signers: tuple[str, ...]
    missing: Mapping[str, str]
    parked: tuple[Parked, ...]
    newer: str
    after: AfterSigning
    notice: str = ""


@view(Permission.READ_CHART, shows=AuditEvent.FORM_RESPONSES_SEEN, on=Patient)
def patient_forms(look: Look, patient: Patient) -> PatientForms:
    """Drafts of others are on the list and cannot be opened."""
    look.shown(patient.id)
    query = (
        select(FormResponse, FormVersion.label, FormTemplate.title)
        .join(FormVersion, FormVersion.id == FormResponse.version_id)
        .join(FormTemplate, FormTemplate.id == FormVersion.template_id)
        .where(FormResponse.patient_id == patient.id)
        .order_by(FormResponse.started_at.desc(), FormResponse.id)
    )
    part_2 = part_2_of(look, patient.id)
    rows = [
        row for row in look.execute(query)
        if not part_2.hides(RecordKind.FORM, row[0].id, form_day(row[0], look.zone))
    ]  # fmt: skip
    names = staff_named(look, {row.author_id for row, _, _ in rows})
    responses = tuple(
        ResponseShown(row.id, title, label, row.state, names[row.author_id].shown_name, row.signed_at or row.saved_at,
                      part_2.is_marked(RecordKind.FORM, row.id, form_day(row, look.zone)))
        for row, label, title in rows
    )  # fmt: skip
    if not look.allowed(Permission.START_FORM, patient):
        return PatientForms(responses)
    offered = look.execute(
        select(FormVersion.id, FormTemplate.title, FormVersion.label)
        .join(FormTemplate, FormTemplate.id == FormVersion.template_id)
        .where(FormVersion.state == VersionState.PUBLISHED, FormTemplate.library_key.not_in(_about_nobody()))
        .order_by(FormTemplate.title)
    )
    return PatientForms(responses, tuple(FormChoice(*row) for row in offered))


def _about_nobody() -> list[str]:
    """The templates that belong to the practice and into nobody's chart."""
    return [one.key for one in templates().values() if Mark.PRACTICE in one.marks]


@view(Permission.READ_CHART, shows=AuditEvent.FORM_READ, on=FormResponse)
def form_response(look: Look, response: FormResponse) -> ResponsePage:
    """One's own draft to write in, or a signed form to read. Of somebody else's draft only that it exists."""
    day = form_day(response, look.zone)
    notice = part_2_of(look, response.patient_id).notice_of(RecordKind.FORM, response.id, day)
    look.shown(response.patient_id)
    version, patient = look.get(FormVersion, response.version_id), look.get(Patient, response.patient_id)
    is_locked, is_own = response.state != ResponseState.DRAFT, response.author_id == look.actor.person_id
    after = after_form(look, response)
    told = filled(version, response.answered.response, look.today, has_spare=not is_locked)
    is_readable = response.state == ResponseState.LOCKED or is_own or after.may_cosign
    template = look.get(FormTemplate, version.template_id)
    marks = {} if is_locked or not is_own else untouched(told.layout, told.answers, _begun(look, response, told))
    missing = {} if is_locked else {told.layout.field(place): said for place, said in told.problems.items()}
    return ResponsePage(
        response_id=response.id,
        patient_id=response.patient_id,
        patient_name=patient.details.shown_name,
        born_on=patient.details.born_on,
        number=patient.number,
        title=told.layout.form.title or template.title,
        label=version.label,
        hash=response.hash,
        state=response.state,
        version=response.version,
        author_name=staff_named(look, [response.author_id])[response.author_id].shown_name,
        saved_at=response.saved_at,
        signed_at=response.signed_at,
        signed_as=response.signed_as,
        content_hash=response.content_hash,
        is_unchanged=is_locked and content_hash(response, response.answered.response) == response.content_hash,
        may_write=is_own and not is_locked and look.allowed(Permission.SAVE_FORM, response),
        fields=form_html(told.layout, told.found, {}, is_locked=is_locked, marks=marks) if is_readable else Markup(""),
        signers=_signers(template.library_key, is_locked, is_cosigned=bool(response.cosigned_as)),
        missing=missing if is_own else {},
        parked=told.parked,
        after=after,
        notice=notice,
        newer=_newer(look, version) if is_own and not is_locked else "",
    )


def _begun(look: Look, response: FormResponse, told: Filled) -> Answers:
    """What the draft began with: its first revision."""
    first: FormRevision | None = look.scalar(
        select(FormRevision).where(FormRevision.response_id == response.id).order_by(FormRevision.number).limit(1)
    )
    return answers_of(told.layout, read_document(first.answered.response.encode()))[0] if first else {}


def _newer(look: Look, version: FormVersion) -> str:
    used = published_version(look, version.template_id)
    return used.label if used is not None and used.id != version.id else ""


def _signers(library_key: str, is_signed: bool, *, is_cosigned: bool) -> tuple[str, ...]:
    template = templates().get(library_key)
    signers = template.signers if template else (Signer.CLINICIAN,)
    left = signers[1 if is_signed else 0 :]
    return tuple(one.value for one in left if not (is_cosigned and one is Signer.SUPERVISOR))
