"""What somebody in care is asked to fill in and has signed, and one form of it, for them or who stands in for them.

What a person answered is read by that person alone in the portal: a parent sees that a young person's form is done, and
none of its answers. What 42 CFR Part 2 protects is not even named to who stands in.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from workbench.forms.asking import as_value
from workbench.forms.library import Mark, Signer, templates
from workbench.forms.signing import Filled, document_of, filled_as
from workbench.forms.tables import FormTemplate, FormVersion, VersionState
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.intake.consents import ConsentKind, consents_of
from workbench.intake.packets import open_assignments
from workbench.intake.rules import ItemKind, PacketItem, read_items
from workbench.intake.signing import shown_hash
from workbench.intake.tables import OwnResponse, OwnSignature, OwnState, PacketAssignment, PacketVersion
from workbench.measures.alerts import raised
from workbench.measures.catalogue import measures
from workbench.measures.scoring import score
from workbench.measures.wording import questionnaire_of
from workbench.people.rules import scoring_facts
from workbench.people.tables import Patient

__all__ = ["ConsentKind", "OwnConsent", "OwnFormPage", "OwnItem", "OwnPacket", "OwnState", "own_consents", "own_form",
           "own_forms", "own_signed"]  # fmt: skip
NEW: Final = "new"
"""The state of what nobody began."""


@dataclass(frozen=True)
class OwnItem:
    """One thing of a packet. state: `new`, or where its answers stand. is_mine: whether this person may go on."""

    place: int
    title: str
    is_measure: bool
    is_required: bool
    state: str
    response_id: str
    is_mine: bool


@dataclass(frozen=True)
class OwnPacket:
    """A packet they have. done, of: how many of its things are finished."""

    assignment_id: str
    name: str
    due_on: date | None
    items: tuple[OwnItem, ...]

    @property
    def done(self) -> int:
        """How many are finished, one way or another."""
        return sum(one.state not in (NEW, OwnState.DRAFT) for one in self.items)

    @property
    def is_done(self) -> bool:
        """Whether nothing that is required is left."""
        return not any(one.is_required and one.state in (NEW, OwnState.DRAFT) for one in self.items)


@dataclass(frozen=True)
class OwnFormPage:
    """One form with its answers. shown: the hash of exactly this text. needs_help: a critical answer was given.

    signature: of a finished one. for_guardian: a parent or guardian signs it, and they are none.
    """

    response_id: str
    title: str
    is_measure: bool
    state: str
    version: int
    saved_at: datetime
    signed_at: datetime | None
    signature: OwnSignature | None
    filled: Filled
    shown: str
    needs_help: bool
    for_guardian: bool


@dataclass(frozen=True)
class OwnSigned:
    """Something that this person signed, sent or refused."""

    response_id: str
    title: str
    state: str
    signed_at: datetime


@dataclass(frozen=True)
class OwnConsent:
    """A consent. may_withdraw: it holds, and they may take it back."""

    consent_id: str
    kind: ConsentKind
    from_on: date
    until_on: date | None
    ended_on: date | None
    may_withdraw: bool


@view(Permission.SEE_OWN_FORMS, shows=AuditEvent.OWN_FORMS_SEEN, on=Patient)
def own_forms(look: Look, patient: Patient) -> tuple[OwnPacket, ...]:
    """Every packet they have, what is not finished first."""
    look.shown(patient.id)
    found = []
    for one in open_assignments(look, patient.id):
        version = look.get(PacketVersion, one.version_id)
        items = tuple(_items(look, one, read_items(version.holds), patient.id))
        if items:
            found.append(OwnPacket(one.id, version.name, one.due_on, items))
    return tuple(sorted(found, key=lambda one: one.is_done))


def _items(look: Look, assignment: PacketAssignment, items: tuple[PacketItem, ...], patient_id: str) -> list[OwnItem]:
    there = {row.place: row for row in look.scalars(
        select(OwnResponse).where(OwnResponse.assignment_id == assignment.id)
    )}  # fmt: skip
    shown = []
    for place, item in enumerate(items):
        title = _title(look, item, is_self=look.actor.person_id == patient_id)
        row = there.get(place)
        if title and (row is not None or _is_in_use(look, item)):
            is_mine = row is None or row.person_id == look.actor.person_id
            shown.append(OwnItem(place, title, item.kind is ItemKind.MEASURE, item.is_required,
                                 row.state if row else NEW, row.id if row and is_mine else "", is_mine))  # fmt: skip
    return shown


def _title(look: Look, item: PacketItem, *, is_self: bool) -> str:
    """What it is called; "" where it may not be named."""
    if item.kind is ItemKind.MEASURE:
        return measures()[item.key].title
    template = look.get(FormTemplate, item.key)
    known = templates().get(template.library_key)
    return "" if known is not None and Mark.PART_TWO in known.marks and not is_self else template.title


def _is_in_use(look: Look, item: PacketItem) -> bool:
    if item.kind is ItemKind.MEASURE:
        return True
    published = select(FormVersion.id).where(
        FormVersion.template_id == item.key, FormVersion.state == VersionState.PUBLISHED
    )
    return look.scalar(published.limit(1)) is not None


@view(Permission.SEE_OWN_FORMS, shows=AuditEvent.OWN_FORM_SEEN, on=OwnResponse)
def own_form(look: Look, row: OwnResponse) -> OwnFormPage:
    """To go on with, to sign, or to read as it was signed.

    Raises:
        NotFound: another person answers it.
    """
    if row.person_id != look.actor.person_id:
        raise NotFound
    look.shown(row.patient_id)
    is_draft = row.state == OwnState.DRAFT
    measure = measures().get(row.rule)
    version = None if measure else look.get(FormVersion, row.version_id or "")
    document = document_of(version) if version else questionnaire_of(measures()[row.rule])
    told = filled_as(document, row.answered.response, look.today, has_spare=is_draft)
    key = look.get(FormTemplate, version.template_id).library_key if version else ""
    known = templates().get(key)
    return OwnFormPage(
        response_id=row.id,
        title=measure.title if measure else told.layout.form.title,
        is_measure=measure is not None,
        state=row.state,
        version=row.version,
        saved_at=row.saved_at,
        signed_at=row.signed_at,
        signature=row.answered.signature,
        filled=told,
        shown=shown_hash(row),
        needs_help=_needs_help(look, row, told),
        for_guardian=known is not None
        and known.signers[:1] == (Signer.GUARDIAN,)
        and look.actor.person_id == row.patient_id,
    )


def _needs_help(look: Look, row: OwnResponse, told: Filled) -> bool:
    """Whether an answer so far is a critical one, whatever else is missing."""
    measure = measures().get(row.rule)
    if measure is None:
        return False
    patient = look.get(Patient, row.patient_id)
    # What is no answer yet stays in the draft, marked, and is not scored.
    fit = {place: answers for place, answers in told.found.answers.items() if place not in told.problems}
    given = {place[-1].link_id: as_value(answers[0]) for place, answers in fit.items()}
    return bool(raised(score(measure, given, scoring_facts(patient.details, look.today))))


@view(Permission.SEE_OWN_FORMS, shows=AuditEvent.OWN_FORMS_SEEN, on=Patient)
def own_signed(look: Look, patient: Patient) -> tuple[OwnSigned, ...]:
    """Everything this person signed, sent or refused, the newest first."""
    look.shown(patient.id)
    rows = look.scalars(
        select(OwnResponse)
        .where(OwnResponse.patient_id == patient.id, OwnResponse.person_id == look.actor.person_id,
               OwnResponse.signed_at.is_not(None))
        .order_by(OwnResponse.signed_at.desc(), OwnResponse.id)
    )  # fmt: skip
    return tuple(
        OwnSigned(row.id, _title_of(look, row), row.state, row.signed_at) for row in rows if row.signed_at is not None
    )


def _title_of(look: Look, row: OwnResponse) -> str:
    if row.version_id is None:
        return measures()[row.rule].title
    version = look.get(FormVersion, row.version_id)
    return str(document_of(version).get("title") or look.get(FormTemplate, version.template_id).title)


@view(Permission.SEE_OWN_FORMS, shows=AuditEvent.OWN_FORMS_SEEN, on=Patient)
def own_consents(look: Look, patient: Patient) -> tuple[OwnConsent, ...]:
    """Who is in care sees all of theirs; who stands in for them what they gave themselves."""
    look.shown(patient.id)
    mine = set(look.scalars(select(OwnResponse.id).where(
        OwnResponse.patient_id == patient.id, OwnResponse.person_id == look.actor.person_id
    )))  # fmt: skip
    is_self = look.actor.person_id == patient.id
    return tuple(
        OwnConsent(one.row.id, ConsentKind(one.row.kind), one.row.from_on, one.row.until_on, one.ended_on,
                   one.is_in_force)
        for one in consents_of(look, patient.id, look.today) if is_self or one.row.response_id in mine
    )  # fmt: skip
