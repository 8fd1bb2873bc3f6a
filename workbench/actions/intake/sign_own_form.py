"""Sign a form electronically, as the person in care or as who stands in for them. It is locked for ever."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from workbench.actions.intake._own import as_filled, check_own, library_key
from workbench.actions.intake._standing import relation_of
from workbench.forms.library import Signer, templates
from workbench.forms.questionnaire import answer_words
from workbench.forms.signing import Filled, FormIncomplete, written
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.intake.consent_tables import AcceptedFact, Consent, ProposedAnswer, Told
from workbench.intake.consents import ENDS_ON, KIND_OF, is_given, last_day
from workbench.intake.proposals import FIELDS, Answered, proposed
from workbench.intake.signing import (
    SELF,
    GuardianSigns,
    TextChanged,
    checked_signature,
    content_hash,
    shown_hash,
)
from workbench.intake.tables import OwnAnswers, OwnResponse, OwnState
from workbench.people.tables import Patient


@dataclass(frozen=True)
class OwnFormSigned:
    """The signed form. proposed: how many answers say something else than the record does."""

    signed_at: datetime
    content_hash: str
    proposed: int


@action(Permission.SIGN_OWN_FORM, on=OwnResponse)
def sign_own_form(
    work: Work, row: OwnResponse, *, shown: str, name: str, agreed: bool, language: str, network: str
) -> OwnFormSigned:
    """shown: the hash of the text that stood on the page, which must be what is kept. name: as they typed it.

    What answers say about the record is proposed to it; the record itself does not change.

    Raises:
        TextChanged. FormIncomplete: with a sentence by field. SignatureUnclear. GuardianSigns.
        NotFound: another person's, or a measure, which is sent. OwnLocked, PacketWithdrawn.
    """
    check_own(work, row)
    if row.version_id is None:
        raise NotFound
    if shown != shown_hash(row):
        raise TextChanged
    draft = as_filled(work, row)
    if problems := draft.problems:
        raise FormIncomplete({draft.layout.field(place): said for place, said in problems.items()})
    key, relation = library_key(work, row), relation_of(work, row.patient_id)
    known = templates().get(key)
    if known is not None and known.signers[:1] == (Signer.GUARDIAN,) and relation == SELF:
        raise GuardianSigns
    signature = checked_signature(name=name, relation=relation, language=language, network=network, agreed=agreed)
    row.answered = OwnAnswers(written(draft.layout, draft.found.answers, is_signed=True), signature)
    row.signed_at = row.saved_at = work.now
    row.state = OwnState.SIGNED
    row.content_hash = content_hash(row)
    work.flush()
    count = _propose(work, row, key, draft)
    work.record(AuditEvent.OWN_FORM_SIGNED, content_hash=row.content_hash, shown=shown, relation=relation,
                proposed=count)  # fmt: skip
    _consent(work, row, key, draft)
    return OwnFormSigned(work.now, row.content_hash, count)


def _consent(work: Work, row: OwnResponse, key: str, draft: Filled) -> None:
    """The consent that this form is, if it is one and says yes."""
    kind = KIND_OF.get(key)
    told = {place[-1].link_id: answers[0] for place, answers in draft.found.answers.items()}
    if kind is None or not is_given({link_id: one for link_id, one in told.items() if isinstance(one, bool)}):
        return
    named = next((str(one) for link_id, one in told.items() if link_id in ENDS_ON), "")
    until: date | None = last_day(kind, work.today, named)
    made = Consent(patient_id=row.patient_id, response_id=row.id, kind=kind, given_at=work.now, from_on=work.today,
                   until_on=until)  # fmt: skip
    work.add(made)
    work.flush()
    work.record(AuditEvent.CONSENT_GIVEN, subject=made, kind=kind)


def _propose(work: Work, row: OwnResponse, key: str, draft: Filled) -> int:
    """Answers that say something else than the record, each as a row of its own that staff decide about."""
    answers = [
        Answered(place[-1].link_id, ", ".join(answer_words(one) for one in told),
                 draft.layout.items[place[-1].link_id].prefilled_by)
        for place, told in draft.found.answers.items()
    ]  # fmt: skip
    patient = work.get(Patient, row.patient_id)
    now = {name: str(getattr(patient.details, name)) for name, field in FIELDS.items() if field.of_file}
    facts = select(AcceptedFact).where(AcceptedFact.patient_id == patient.id).order_by(AcceptedFact.nth)
    now |= {one.field: one.told.value for one in work.scalars(facts)}
    found = proposed(key, answers, now)
    work.add(*(
        ProposedAnswer(patient_id=row.patient_id, response_id=row.id, field=field, proposed_at=work.now,
                       told=Told(value))
        for field, value in found.items()
    ))  # fmt: skip
    work.flush()
    return len(found)
