"""The accounting of disclosures of one person, and the restrictions agreed to (45 CFR 164.522, 164.528)."""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from sqlalchemy import select

from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.csv_files import csv_file
from workbench.paper.leaf import KIND_WORDS, RecordKind
from workbench.people.tables import Patient
from workbench.releases.part_2 import NOTICE_SHORT
from workbench.releases.rules import AGAINST_WORDS, GROUND_WORDS, Ground, kinds_of
from workbench.releases.tables import Disclosure, Restriction, RestrictionEnd
from workbench.screens.form_paper import FormFile

__all__ = [
    "AGAINST_WORDS", "Accounting", "DisclosureLine", "RestrictionShown", "disclosures_file", "disclosures_of",
]  # fmt: skip

YEARS = 6
_HEADS = ("day", "recipient", "address", "what", "purpose", "ground", "exempt", "notice")


@dataclass(frozen=True)
class DisclosureLine:
    """One line. is_exempt: the accounting a person is given may leave it out. is_packet: a packet left by it."""

    disclosed_on: date
    recipient: str
    address: str
    what: str
    purpose: str
    ground: str
    is_exempt: bool
    is_part_2: bool
    is_packet: bool


@dataclass(frozen=True)
class RestrictionShown:
    """One restriction in force."""

    restriction_id: str
    against: str
    recipient: str
    kinds: tuple[str, ...]
    from_on: date | None
    to_on: date | None
    words: str


@dataclass(frozen=True)
class Accounting:
    """lines: of the last six years, the newest first. may_keep: the actor adds to both."""

    patient_id: str = ""
    patient_name: str = ""
    number: int = 0
    lines: tuple[DisclosureLine, ...] = ()
    restrictions: tuple[RestrictionShown, ...] = ()
    may_keep: bool = False
    may_restrict: bool = False


@view(Permission.SEE_DISCLOSURES, shows=AuditEvent.DISCLOSURES_SEEN, on=Patient)
def disclosures_of(look: Look, patient: Patient) -> Accounting:
    """What left, to whom and what for."""
    look.shown(patient.id)
    return Accounting(
        patient.id, patient.details.shown_name, patient.number, _lines(look, patient), _restrictions(look, patient.id),
        look.allowed(Permission.RECORD_DISCLOSURE, patient), look.allowed(Permission.KEEP_RESTRICTION, patient),
    )  # fmt: skip


@view(Permission.SEE_DISCLOSURES, shows=AuditEvent.DISCLOSURES_EXPORTED, on=Patient)
def disclosures_file(look: Look, patient: Patient) -> FormFile:
    """The same as rows; exempt purposes are marked and kept."""
    look.shown(patient.id)
    rows = (
        (one.disclosed_on.isoformat(), one.recipient, one.address, one.what, one.purpose, one.ground,
         "yes" if one.is_exempt else "no", NOTICE_SHORT if one.is_part_2 else "")
        for one in _lines(look, patient)
    )  # fmt: skip
    return FormFile("disclosures.csv", "text/csv", csv_file(_HEADS, rows))


def _lines(look: Look, patient: Patient) -> tuple[DisclosureLine, ...]:
    # To whom substance use records went says by itself that there are some.
    may_part_2 = look.allowed(Permission.READ_PART_2, patient) or look.allowed(Permission.DECIDE_PART_2, patient)
    since = look.today - relativedelta(years=YEARS)
    query = select(Disclosure).where(Disclosure.patient_id == patient.id, Disclosure.disclosed_on >= since)
    rows = look.scalars(query.order_by(Disclosure.disclosed_on.desc(), Disclosure.recorded_at.desc(), Disclosure.id))
    return tuple(
        DisclosureLine(
            one.disclosed_on, one.told.recipient, one.told.address, one.told.what, one.told.purpose,
            GROUND_WORDS[Ground(one.ground)], one.is_exempt, one.has_part_2, one.request_id is not None,
        )
        for one in rows if may_part_2 or not one.has_part_2
    )  # fmt: skip


def _restrictions(look: Look, patient_id: str) -> tuple[RestrictionShown, ...]:
    ended = select(RestrictionEnd.restriction_id).where(RestrictionEnd.patient_id == patient_id)
    query = select(Restriction).where(Restriction.patient_id == patient_id, Restriction.id.not_in(ended))
    return tuple(
        RestrictionShown(
            one.id, AGAINST_WORDS[one.against], one.told.recipient,
            tuple(KIND_WORDS[kind] for kind in RecordKind if kind in kinds_of(one.kinds)), one.from_on, one.to_on,
            one.told.words,
        )
        for one in look.scalars(query.order_by(Restriction.agreed_at.desc()))
    )  # fmt: skip
