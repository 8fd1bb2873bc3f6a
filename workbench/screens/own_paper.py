"""What somebody signed, as they signed it, on paper: for themselves in the portal, and for who reads the chart."""

from dataclasses import dataclass
from typing import Final

from workbench.forms.printing import Printing, parts_of
from workbench.forms.signing import document_of, filled_as
from workbench.forms.tables import FormTemplate, FormVersion
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.proxies import ProxyBasis
from workbench.gate.view import Look, view
from workbench.intake.signing import SELF
from workbench.intake.tables import OwnResponse, OwnState
from workbench.kernel.time import spoken_instant
from workbench.measures.catalogue import measures
from workbench.measures.wording import questionnaire_of
from workbench.paper.sheet import Part, Sheet, Signature, pdf_of
from workbench.people.letterhead import about, from_whom
from workbench.people.tables import Patient

RELATIONS: Final = {
    SELF: "the person themselves",
    ProxyBasis.PARENT: "parent",
    ProxyBasis.GUARDIAN_ORDER: "guardian by a court's order",
    ProxyBasis.POWER_OF_ATTORNEY: "holder of a power of attorney",
    ProxyBasis.PATIENTS_WISH: "named by the person themselves",
}
"""How who signed stands to the person in care."""


@dataclass(frozen=True)
class OwnPaper:
    """A PDF. name: says nothing about whom it is."""

    name: str
    content: bytes


@view(Permission.SEE_OWN_FORMS, shows=AuditEvent.OWN_FORM_PRINTED, on=OwnResponse)
def own_paper(look: Look, row: OwnResponse) -> OwnPaper:
    """One's own.

    Raises:
        NotFound: it is another person's, or a draft.
    """
    if row.person_id != look.actor.person_id:
        raise NotFound
    return _paper(look, row)


@view(Permission.READ_CHART, shows=AuditEvent.OWN_FORM_PRINTED, on=OwnResponse)
def intake_paper(look: Look, row: OwnResponse) -> OwnPaper:
    """The same for who reads the chart.

    Raises:
        NotFound: it is a draft.
    """
    return _paper(look, row)


def _paper(look: Look, row: OwnResponse) -> OwnPaper:
    if row.signed_at is None:
        raise NotFound
    look.shown(row.patient_id)
    version = look.get(FormVersion, row.version_id) if row.version_id else None
    document = document_of(version) if version else questionnaire_of(measures()[row.rule])
    told = filled_as(document, row.answered.response, look.today, has_spare=False)
    title = told.layout.form.title or (look.get(FormTemplate, version.template_id).title if version else "")
    sheet = Sheet(
        title=title,
        about=about(look.get(Patient, row.patient_id)),
        practice=from_whom(look),
        foot=f"{f'Version {version.label} · ' if version else ''}signed text {row.content_hash[:16]}",
        parts=parts_of(Printing(told.layout, told.found)),
        signatures=(_signature(look, row),),
        after=_statement(row),
        watermark="NOT SIGNED" if row.state == OwnState.REFUSED else "",
    )
    return OwnPaper(f"form-{row.content_hash[:12]}.pdf", pdf_of(sheet))


def _signature(look: Look, row: OwnResponse) -> Signature:
    at, said = spoken_instant(row.signed_at or row.saved_at, look.zone), row.answered.signature
    if said is None:
        return Signature("Sent", at)
    if row.state == OwnState.REFUSED:
        return Signature("Not signed", f"{RELATIONS[said.relation]}, {at}")
    return Signature("Signed electronically", f"{said.name}, {RELATIONS[said.relation]}, {at}")


def _statement(row: OwnResponse) -> tuple[Part, ...]:
    """What was agreed to by signing, from which address, or why it was not signed."""
    said = row.answered.signature
    if said is None:
        return ()
    if said.reason:
        return (Part("answer", "Why it is not signed", said.reason),)
    return (Part("answer", "What was agreed to", said.statement), Part("answer", "Network address", said.network))
