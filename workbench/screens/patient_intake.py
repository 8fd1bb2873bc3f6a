"""How far somebody is with what they were asked to fill in, what their answers propose to the file, and their consents.

The office sees how far; what was answered is for who reads the chart, and so are proposals about health and whatever
tells of care under 42 CFR Part 2.
"""

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup
from sqlalchemy import select

from workbench.forms.html import form_html
from workbench.forms.library import Mark, templates
from workbench.forms.signing import document_of, filled_as
from workbench.forms.tables import FormTemplate, FormVersion
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.intake.consent_tables import AcceptedFact, ProposalDecision, ProposedAnswer
from workbench.intake.consents import RULES, ConsentKind, consents_of
from workbench.intake.packets import open_assignments, packets_now
from workbench.intake.proposals import FIELDS
from workbench.intake.rules import ItemKind, PacketItem, read_items
from workbench.intake.signing import content_hash
from workbench.intake.tables import OwnResponse, OwnSignature, OwnState, PacketVersion
from workbench.measures.catalogue import measures
from workbench.measures.wording import questionnaire_of
from workbench.people.tables import Patient


@dataclass(frozen=True)
class IntakeItem:
    """One thing of a packet. state: `new`, or where its answers stand. at: when they were signed or saved last."""

    title: str
    is_required: bool
    state: str
    response_id: str
    at: datetime | None


@dataclass(frozen=True)
class IntakePacket:
    """A packet that somebody has. waits: how many of its answers wait for a decision."""

    assignment_id: str
    name: str
    due_on: date | None
    by_rule: bool
    items: tuple[IntakeItem, ...]
    waits: int

    @property
    def state(self) -> str:
        """`new`, `begun`, `signed`, or `waiting` for somebody to accept answers."""
        required = [one for one in self.items if one.is_required] or list(self.items)
        if all(one.state not in ("new", OwnState.DRAFT) for one in required):
            return "waiting" if self.waits else "signed"
        return "begun" if any(one.state != "new" for one in self.items) else "new"


@dataclass(frozen=True)
class Proposed:
    """One answer that says something else than the file. field: in words; was: what the file says now."""

    proposal_id: str
    field: str
    was: str
    told: str
    at: datetime


@dataclass(frozen=True)
class ConsentShown:
    """A consent in words. stops: what ends when it is taken back."""

    consent_id: str
    what: str
    stops: str
    from_on: date
    until_on: date | None
    ended_on: date | None
    is_in_force: bool


@dataclass(frozen=True)
class PatientIntake:
    """All of it about one person. facts: accepted answers that are no part of the file's details, in words.

    choices: packets that can be assigned. may_assign, may_decide, may_withdraw, may_read: what the actor may.
    """

    patient_id: str = ""
    patient_name: str = ""
    number: int = 0
    packets: tuple[IntakePacket, ...] = ()
    proposals: tuple[Proposed, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    consents: tuple[ConsentShown, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    may_assign: bool = False
    may_decide: bool = False
    may_withdraw: bool = False
    may_read: bool = False


@dataclass(frozen=True)
class IntakeAnswers:
    """What somebody signed, sent or refused. is_unchanged: it is, byte by byte, what was signed."""

    response_id: str
    title: str
    state: str
    at: datetime
    signature: OwnSignature | None
    fields: Markup
    is_unchanged: bool
    content_hash: str


@view(Permission.SEE_INTAKE, shows=AuditEvent.INTAKE_SEEN, on=Patient)
def patient_intake(look: Look, patient: Patient) -> PatientIntake:
    """Progress without a word of what was answered, unless the actor reads the chart."""
    look.shown(patient.id)
    may_read = look.allowed(Permission.READ_CHART, patient)
    waiting = _waiting(look, patient.id)
    shown = tuple(one for one in waiting if may_read or not FIELDS[one.field].is_clinical)
    facts = _facts(look, patient.id)
    told = {**facts, **{name: str(getattr(patient.details, name)) for name in FIELDS if FIELDS[name].of_file}}
    return PatientIntake(
        patient_id=patient.id,
        patient_name=patient.details.shown_name,
        number=patient.number,
        packets=_packets(look, patient.id, waiting, may_read=may_read),
        proposals=tuple(
            Proposed(one.id, FIELDS[one.field].words, told.get(one.field, ""), one.told.value, one.proposed_at)
            for one in shown
        ),
        facts=tuple(
            (field.words, facts[key])
            for key, field in FIELDS.items()
            if key in facts and (may_read or not field.is_clinical)
        ),
        consents=_consents(look, patient.id, may_read=may_read),
        choices=tuple((one.packet_id, one.name) for one in packets_now(look) if one.is_used),
        may_assign=look.allowed(Permission.ASSIGN_PACKET, patient),
        may_decide=look.allowed(Permission.DECIDE_ANSWER, patient),
        may_withdraw=look.allowed(Permission.WITHDRAW_CONSENT, patient),
        may_read=may_read,
    )


def _waiting(look: Look, patient_id: str) -> tuple[ProposedAnswer, ...]:
    order = list(FIELDS)
    rows = look.scalars(
        select(ProposedAnswer)
        .outerjoin(ProposalDecision, ProposalDecision.proposal_id == ProposedAnswer.id)
        .where(ProposedAnswer.patient_id == patient_id, ProposalDecision.proposal_id.is_(None))
    )
    return tuple(sorted(rows, key=lambda one: (order.index(one.field), one.proposed_at)))


def _facts(look: Look, patient_id: str) -> dict[str, str]:
    rows = look.scalars(select(AcceptedFact).where(AcceptedFact.patient_id == patient_id).order_by(AcceptedFact.nth))
    return {one.field: one.told.value for one in rows}


def _packets(
    look: Look, patient_id: str, waiting: tuple[ProposedAnswer, ...], *, may_read: bool
) -> tuple[IntakePacket, ...]:
    found = []
    for one in open_assignments(look, patient_id):
        version = look.get(PacketVersion, one.version_id)
        there = {row.place: row for row in look.scalars(
            select(OwnResponse).where(OwnResponse.assignment_id == one.id)
        )}  # fmt: skip
        items = tuple(
            _item(look, item, there.get(place), may_read=may_read)
            for place, item in enumerate(read_items(version.holds))
            if may_read or not _is_part_two(look, item)
        )
        ids = {row.id for row in there.values()}
        waits = sum(answer.response_id in ids for answer in waiting)
        found.append(IntakePacket(one.id, version.name, one.due_on, one.by_rule, items, waits))
    return tuple(found)


def _is_part_two(look: Look, item: PacketItem) -> bool:
    """Whether its very title tells of care under Part 2."""
    if item.kind is ItemKind.MEASURE:
        return False
    known = templates().get(look.get(FormTemplate, item.key).library_key)
    return known is not None and Mark.PART_TWO in known.marks


def _item(look: Look, item: PacketItem, row: OwnResponse | None, *, may_read: bool) -> IntakeItem:
    is_measure = item.kind is ItemKind.MEASURE
    title = measures()[item.key].title if is_measure else look.get(FormTemplate, item.key).title
    if row is None:
        return IntakeItem(title, item.is_required, "new", "", None)
    is_readable = may_read and row.state != OwnState.DRAFT
    return IntakeItem(title, item.is_required, row.state, row.id if is_readable else "", row.signed_at or row.saved_at)


def _consents(look: Look, patient_id: str, *, may_read: bool) -> tuple[ConsentShown, ...]:
    return tuple(
        ConsentShown(
            one.row.id, RULES[ConsentKind(one.row.kind)].words, RULES[ConsentKind(one.row.kind)].stops,
            one.row.from_on, one.row.until_on, one.ended_on, one.is_in_force,
        )
        for one in consents_of(look, patient_id, look.today)
        if may_read or one.row.kind != ConsentKind.PART_2
    )  # fmt: skip


@view(Permission.READ_CHART, shows=AuditEvent.OWN_ANSWERS_READ, on=OwnResponse)
def intake_answers(look: Look, row: OwnResponse) -> IntakeAnswers:
    """What was signed, sent or refused. Of a draft only that it exists.

    Raises:
        NotFound: it is a draft.
    """
    if row.signed_at is None:
        raise NotFound
    look.shown(row.patient_id)
    version = look.get(FormVersion, row.version_id) if row.version_id else None
    document = document_of(version) if version else questionnaire_of(measures()[row.rule])
    told = filled_as(document, row.answered.response, look.today, has_spare=False)
    return IntakeAnswers(
        row.id, told.layout.form.title, row.state, row.signed_at, row.answered.signature,
        form_html(told.layout, told.found, {}, is_locked=True), content_hash(row) == row.content_hash,
        row.content_hash,
    )  # fmt: skip
