"""Whether every signed record is what was signed: each hash worked out again, held against the row and the audit log.

Integrity of health information, and that nobody altered it unnoticed: 45 CFR 164.312(c). The database refuses to change
what is signed; this finds what was changed past it, by somebody with the file and its keys.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from workbench.charting import addenda, plans, rules
from workbench.charting.addendum_tables import Addendum
from workbench.charting.plan_tables import TreatmentPlan
from workbench.charting.tables import Note, NoteState
from workbench.forms import signing
from workbench.forms.documents import digest, read_document
from workbench.forms.tables import FormResponse, FormVersion, ResponseState
from workbench.gate.audit import AuditRow
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.intake import signing as own_signing
from workbench.intake.tables import OwnResponse, OwnState
from workbench.kernel.errors import WorkbenchError
from workbench.store.vault import EnvelopeBroken, KeyDestroyed


class RecordsBroken(WorkbenchError):
    """A signed record is not what was signed."""


MOST_NAMED: Final = 100
"""So many records that do not stand are named; the count is of all."""
_AT_ONCE: Final = 500


@dataclass(frozen=True)
class Kind:
    """A kind of record that is signed.

    said: on screen, one of them. kept, worked_out: its hash (hex) as the row has it, and of what the row holds now.
    signed_by: the event of its signature, and the fact that names the record there; "" where it is what it is about.
    """

    row: type[Any]
    said: str
    is_signed: ColumnElement[bool]
    kept: Callable[[Any], str]
    worked_out: Callable[[Any], str]
    signed_by: Mapping[AuditEvent, str]


KINDS: Final = (
    Kind(Note, "note", Note.__table__.c.state != NoteState.DRAFT, lambda one: bytes(one.content_hash).hex(),
         lambda one: rules.content_hash(rules.signature_of(one), one.text).hex(), {AuditEvent.NOTE_SIGNED: ""}),
    Kind(FormResponse, "form", FormResponse.__table__.c.state != ResponseState.DRAFT, lambda one: one.content_hash,
         lambda one: signing.content_hash(one, one.answered.response), {AuditEvent.FORM_SIGNED: ""}),
    Kind(TreatmentPlan, "treatment plan", TreatmentPlan.__table__.c.state != NoteState.DRAFT,
         lambda one: one.content_hash, lambda one: plans.content_hash(one, one.text),
         {AuditEvent.TREATMENT_PLAN_SIGNED: ""}),
    Kind(Addendum, "addendum", Addendum.__table__.c.signed_at.is_not(None), lambda one: one.content_hash,
         lambda one: addenda.content_hash(one, one.told),
         {AuditEvent.NOTE_AMENDED: "addendum_id", AuditEvent.FORM_AMENDED: "addendum_id"}),
    Kind(OwnResponse, "form of a person in care", OwnResponse.__table__.c.state != OwnState.DRAFT,
         lambda one: one.content_hash, own_signing.content_hash,
         {AuditEvent.OWN_FORM_SIGNED: "", AuditEvent.OWN_FORM_REFUSED: "", AuditEvent.OWN_MEASURE_SENT: ""}),
)  # fmt: skip


@dataclass(frozen=True)
class Fallen:
    """A record that does not stand: of which kind, its id, and what is wrong, in words without health data."""

    said: str
    record_id: str
    why: str


@dataclass
class SignedRecords:
    """What was found. counts: signed records by kind. unlogged: stand in no line of the log (loaded, not signed here).

    erased: of people whose key was destroyed, which nobody can read any more. fallen: named up to `MOST_NAMED`.
    """

    counts: dict[str, int] = field(default_factory=dict)
    unlogged: int = 0
    erased: int = 0
    broken: int = 0
    fallen: list[Fallen] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Signed records read."""
        return sum(self.counts.values())

    @property
    def says(self) -> str:
        """The result in a sentence."""
        if self.broken:
            return f"{self.broken:,} of {self.total:,} signed records are not what was signed."
        return f"{self.total:,} signed records, each as it was signed."

    def falls(self, said: str, record_id: str, why: str) -> None:
        """Count one that does not stand."""
        self.broken += 1
        if len(self.fallen) < MOST_NAMED:
            self.fallen.append(Fallen(said, record_id, why))


@view(Permission.VERIFY_RECORDS, shows=AuditEvent.RECORDS_VERIFIED)
def signed_records(look: Look) -> SignedRecords:
    """Every signed record opened and hashed again, which is slow by nature. Shows numbers and ids, never a text."""
    found = check_signed(look)
    look.facts.update(records=found.total, broken=found.broken, erased=found.erased, unlogged=found.unlogged)
    return found


def check_signed(store: Look | Session) -> SignedRecords:
    """The same, also for a store that is being proven and that nobody works in yet."""
    found = SignedRecords()
    _check_versions(store, found)
    for kind in KINDS:
        logged = _logged(store, kind)
        number = 0
        for row in store.scalars(select(kind.row).where(kind.is_signed).execution_options(yield_per=_AT_ONCE)):
            number += 1
            _check(found, kind, row, logged.get(row.id))
        found.counts[kind.said] = number
    return found


def _check(found: SignedRecords, kind: Kind, row: Any, logged: str | None) -> None:
    try:
        worked_out = kind.worked_out(row)
    except KeyDestroyed:
        found.erased += 1
        return
    except EnvelopeBroken:
        found.falls(kind.said, row.id, "It does not open any more.")
        return
    if worked_out != kind.kept(row):
        found.falls(kind.said, row.id, "Its content is not what its signature was made for.")
    elif logged is None:
        found.unlogged += 1
    elif logged != worked_out:
        found.falls(kind.said, row.id, "The audit log holds another signature for it.")


def _check_versions(store: Look | Session, found: SignedRecords) -> None:
    """A signed form names its version by hash; so the version must be what its hash says."""
    for row in store.scalars(select(FormVersion).execution_options(yield_per=_AT_ONCE)):
        if digest(read_document(row.questionnaire.encode())) != row.hash:
            found.falls("form version", row.id, "The form is not the one it was taken in as.")


def _logged(store: Look | Session, kind: Kind) -> dict[str, str]:
    """The hash that the log holds of each record's newest signature, by its id."""
    return dict(_signatures(store, kind))


def _signatures(store: Look | Session, kind: Kind) -> Iterator[tuple[str, str]]:
    query = select(AuditRow.event, AuditRow.subject_id, AuditRow.body).where(
        AuditRow.event.in_([str(event) for event in kind.signed_by]), AuditRow.outcome == "done"
    )
    for event, subject_id, body in store.execute(query.order_by(AuditRow.seq).execution_options(yield_per=_AT_ONCE)):
        facts, named_by = json.loads(body)["facts"], kind.signed_by[AuditEvent(event)]
        yield facts[named_by] if named_by else subject_id, facts["content_hash"]
