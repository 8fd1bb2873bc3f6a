"""Agree to a person's wish that part of their record is not disclosed (45 CFR 164.522(a))."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.people.tables import Patient
from workbench.releases.rules import AGAINST_WORDS, ReleaseUnclear, checked_kinds, checked_words
from workbench.releases.tables import Restriction, RestrictionText


@dataclass(frozen=True)
class RestrictionAgreed:
    """Packets leave it out from now on."""

    restriction_id: str


@action(Permission.KEEP_RESTRICTION, on=Patient)
def agree_restriction(
    work: Work, patient: Patient, *, against: str, kinds: Sequence[str], words: str, recipient: str = "",
    from_on: date | None = None, to_on: date | None = None,
) -> RestrictionAgreed:  # fmt: skip
    """against: all, payers, or named with the recipient's name. from_on, to_on: days of the records, both included.

    Raises:
        ReleaseUnclear: by field.
    """
    if against not in AGAINST_WORDS:
        raise ReleaseUnclear({"against": "Please choose from whom it is kept."})
    if against == "named" and not recipient.strip():
        raise ReleaseUnclear({"recipient": "Please name from whom it is kept."})
    if from_on and to_on and to_on < from_on:
        raise ReleaseUnclear({"to_on": "The last day comes after the first."})
    row = Restriction(
        patient_id=patient.id, against=against, kinds=",".join(sorted(checked_kinds(kinds))), from_on=from_on,
        to_on=to_on, agreed_at=work.now, agreed_by=work.actor.user_id,
        told=RestrictionText(" ".join(recipient.split()), checked_words(words, "words")),
    )  # fmt: skip
    work.add(row)
    work.flush()
    work.record(AuditEvent.RESTRICTION_AGREED, subject=row, against=against)
    return RestrictionAgreed(row.id)
