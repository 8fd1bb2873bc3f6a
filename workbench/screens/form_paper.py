"""A form on paper and in files: one that was filled in, or an empty one."""

from dataclasses import dataclass
from typing import Final, Literal

from workbench.forms.asking import Asked, asked
from workbench.forms.filling import Layout
from workbench.forms.library import Signer, templates
from workbench.forms.long_rows import long_csv
from workbench.forms.printing import Printing, parts_of
from workbench.forms.signing import Filled, filled, layout_of
from workbench.forms.tables import FormResponse, FormTemplate, FormVersion, ResponseState
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.time import spoken_instant
from workbench.paper.sheet import Part, Sheet, Signature, pdf_of
from workbench.people.tables import Patient
from workbench.screens.addenda_of import addenda_of_forms, addenda_parts
from workbench.screens.letterhead import about, from_whom

Export = Literal["json", "csv"]


_WATERMARKS: Final = {ResponseState.DRAFT: "DRAFT", ResponseState.REVIEW: "PENDING", ResponseState.LOCKED: ""}


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
    version, patient = look.get(FormVersion, response.version_id), look.get(Patient, response.patient_id)
    told = _readable(look, response, version)
    is_signed = response.state != ResponseState.DRAFT
    cosigned = (
        f"{response.cosigned_as}, {spoken_instant(response.cosigned_at, look.zone)}" if response.cosigned_at else ""
    )
    signed = f"{response.signed_as}, {spoken_instant(response.signed_at, look.zone)}" if response.signed_at else ""
    proof = response.content_hash if is_signed else response.hash
    sheet = _sheet(
        look, version, told.layout, told.found, about(patient), signed=signed, is_large=is_large,
        answers_only=answers_only,
        after=_after(look, response) if is_signed else (), cosigned=cosigned,
        proof=f"{'signed text' if is_signed else 'form'} {proof[:16]}",
        watermark=_WATERMARKS[ResponseState(response.state)],
    )  # fmt: skip
    return FormFile(f"form-{proof[:12]}.pdf", "application/pdf", pdf_of(sheet))


@view(Permission.SET_FORMS, shows=AuditEvent.FORMS_SEEN, on=FormVersion)
def blank_form(look: Look, version: FormVersion, *, is_large: bool = False) -> FormFile:
    """The version with boxes to tick and lines to write on."""
    layout = layout_of(version)
    empty = asked(layout, {}, today=look.today)
    whom = "Name ______________________   Born ______________"
    sheet = _sheet(look, version, layout, empty, whom, is_blank=True, is_large=is_large,
                   proof=f"form {version.hash[:16]}")  # fmt: skip
    return FormFile(f"form-{version.hash[:12]}.pdf", "application/pdf", pdf_of(sheet))


@view(Permission.EXPORT_FORM, shows=AuditEvent.FORM_EXPORTED, on=FormResponse)
def form_export(look: Look, response: FormResponse, *, kind: Export) -> FormFile:
    """kind: json is the FHIR QuestionnaireResponse, csv one row an answer. Of a draft nothing leaves.

    Raises:
        NotFound: it is not signed.
    """
    if response.state != ResponseState.LOCKED:
        raise NotFound
    look.shown(response.patient_id)
    version = look.get(FormVersion, response.version_id)
    name = f"form-{response.content_hash[:12]}.{kind}"
    if kind == "json":
        return FormFile(name, "application/fhir+json", response.answered.response.encode())
    told = filled(version, response.answered.response, look.today, has_spare=False)
    content = long_csv(told.layout, told.answers, version=version.label, response_id=response.id)
    return FormFile(name, "text/csv", content)


def _readable(look: Look, response: FormResponse, version: FormVersion) -> Filled:
    is_theirs = response.state == ResponseState.REVIEW and look.allowed(Permission.COSIGN, response)
    if response.state != ResponseState.LOCKED and response.author_id != look.actor.person_id and not is_theirs:
        raise NotFound
    return filled(version, response.answered.response, look.today, has_spare=False)


def _sheet(
    look: Look, version: FormVersion, layout: Layout, found: Asked, whom: str, *, proof: str, signed: str = "",
    watermark: str = "", is_blank: bool = False, answers_only: bool = False, is_large: bool = False,
    after: tuple[Part, ...] = (), cosigned: str = "",
) -> Sheet:  # fmt: skip
    template = look.get(FormTemplate, version.template_id)
    known = templates().get(template.library_key)
    return Sheet(
        title=layout.form.title or template.title,
        about=whom,
        practice=from_whom(look),
        foot=f"Version {version.label} · {proof}",
        parts=parts_of(Printing(layout, found, is_blank, answers_only)),
        signatures=_signatures(known.signers if known else (Signer.CLINICIAN,), signed, cosigned),
        after=after,
        watermark=watermark,
        is_large=is_large,
    )


def _after(look: Look, response: FormResponse) -> tuple[Part, ...]:
    """What was added after it was signed: the original stays readable, and both are printed."""
    added = addenda_of_forms(look, {response.id: response.content_hash})
    return addenda_parts(added.get(response.id, ()), look.zone)


def _signatures(signers: tuple[Signer, ...], signed: str, cosigned: str) -> tuple[Signature, ...]:
    """Who signed, then a line for each who has yet to."""
    if not signed:
        return tuple(Signature(one.value.capitalize()) for one in signers)
    left = (one for one in signers[1:] if not (cosigned and one is Signer.SUPERVISOR))
    both = (Signature("Signed", signed), *((Signature("Co-signed", cosigned),) if cosigned else ()))
    return (*both, *(Signature(one.value.capitalize()) for one in left))
