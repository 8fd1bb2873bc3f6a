"""What is under 42 CFR Part 2, what a consent to it covers, and the words that go with every copy."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from workbench.kernel.errors import WorkbenchError
from workbench.paper.leaf import RecordKind
from workbench.releases.part_2_tables import (
    EPISODE,
    ConsentKind,
    ConsentText,
    EndKind,
    Part2Consent,
    Part2End,
    Part2Mark,
    Part2Withdrawal,
)
from workbench.store.newest import Rows

NOTICE_SHORT: Final = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
"""42 CFR 2.32(a)(2), word for word: on every page and every exported row."""
NOTICE_FULL: Final = (
    "This record which has been disclosed to you is protected by Federal confidentiality rules (42 CFR part 2). These "
    "rules prohibit you from using or disclosing this record, or testimony that describes the information contained in "
    "this record, in any civil, criminal, administrative, or legislative proceedings by any Federal, State, or local "
    "authority, against the patient, unless authorized by the consent of the patient, except as provided at 42 CFR "
    "2.12(c)(5) or as authorized by a court in accordance with 42 CFR 2.64 or 2.65. In addition, the Federal rules "
    "prohibit you from making any other use or disclosure of this record unless at least one of the following "
    "applies:\n"
    "(i) Further use or disclosure is expressly permitted by the written consent of the individual whose information "
    "is being disclosed in this record or as otherwise permitted by 42 CFR part 2.\n"
    "(ii) You are a covered entity or business associate and have received the record for treatment, payment, or "
    "health care operations, or\n"
    "(iii) You have received the record from a covered entity or business associate as permitted by 45 CFR part 164, "
    "subparts A and E.\n"
    "A general authorization for the release of medical or other information is NOT sufficient to meet the required "
    "elements of written consent to further use or redisclose the record (see 42 CFR 2.31)."
)
"""42 CFR 2.32(a)(1), word for word, as amended by 89 FR 12472 (16 February 2024)."""
NOTICE_PLAIN: Final = (
    "In other words: what is marked here is about treatment for substance use. Use it only for what it was given to "
    "you for, pass it on only as the law below allows, and never use it against the person it is about."
)
LONGEST: Final = 500
_LABELS: Final = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
MARKED_KINDS: Final = (EPISODE, *RecordKind)
CONSENT_WORDS: Final = {
    ConsentKind.CARE: "Treatment, payment and operations",
    ConsentKind.NAMED: "Named recipients",
    ConsentKind.PROCEEDINGS: "Legal proceedings",
}


class Part2Unclear(WorkbenchError):
    """Something is missing or does not fit. `fields`: a sentence by field."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("Please look at the marked fields.")
        self.fields = fields


class MarkedAlready(WorkbenchError):
    """The same mark is in force."""

    def __init__(self) -> None:
        super().__init__("This is marked already. Nothing was kept a second time.")


class MarkEnded(WorkbenchError):
    """The mark has ended so before."""

    def __init__(self) -> None:
        super().__init__("This mark has ended already. The page shows how.")


class AnotherLifts(WorkbenchError):
    """Whoever set a mark does not take it away."""

    def __init__(self) -> None:
        super().__init__("You set this mark, so somebody else decides whether it is taken away.")


class ConsentWithdrawn(WorkbenchError):
    """It was taken back before."""

    def __init__(self) -> None:
        super().__init__("This consent was taken back already.")


@dataclass(frozen=True)
class Marks:
    """What is marked of one person: single records, and times in a programme (first day, first day after or None)."""

    records: frozenset[tuple[str, str]] = frozenset()
    episodes: tuple[tuple[date, date | None], ...] = ()

    def cover(self, kind: str, record_id: str, on: date) -> bool:
        """Whether this record, of this day, is under Part 2."""
        in_episode = any(first <= on and (last is None or on < last) for first, last in self.episodes)
        return in_episode or (kind, record_id) in self.records


@dataclass(frozen=True)
class MarkStanding:
    """A mark and its ends."""

    row: Part2Mark
    closed: Part2End | None
    lifted: Part2End | None


@dataclass(frozen=True)
class ConsentStanding:
    """A consent, and whether it was taken back."""

    row: Part2Consent
    told: ConsentText
    withdrawal: Part2Withdrawal | None

    def counts(self, today: date) -> bool:
        """Whether something may rest on it on this day."""
        is_over = self.row.until_on is not None and self.row.until_on <= today
        return self.withdrawal is None and self.row.from_on <= today and not is_over


def mark_standings(rows: Rows, patient_id: str | None = None) -> tuple[MarkStanding, ...]:
    """All marks of one person, or of everybody, the newest first."""
    query, ended = select(Part2Mark), select(Part2End)
    if patient_id is not None:
        query, ended = query.where(Part2Mark.patient_id == patient_id), ended.where(Part2End.patient_id == patient_id)
    marks = rows.scalars(query.order_by(Part2Mark.marked_at.desc(), Part2Mark.id)).all()
    ends = {(one.mark_id, one.kind): one for one in rows.scalars(ended)}
    return tuple(
        MarkStanding(one, ends.get((one.id, EndKind.CLOSED)), ends.get((one.id, EndKind.LIFTED))) for one in marks
    )


def marks_of(rows: Rows, patient_id: str) -> Marks:
    """What is marked of this person and not lifted."""
    held = [one for one in mark_standings(rows, patient_id) if one.lifted is None]
    return Marks(
        frozenset((one.row.kind, one.row.target_id) for one in held if one.row.kind != EPISODE),
        tuple((one.row.from_on, one.closed.until_on if one.closed else None) for one in held if one.row.from_on),
    )


def consents_of(rows: Rows, patient_id: str) -> tuple[ConsentStanding, ...]:
    """All consents of this person, the newest first."""
    query = select(Part2Consent).where(Part2Consent.patient_id == patient_id)
    found = rows.scalars(query.order_by(Part2Consent.recorded_at.desc(), Part2Consent.id)).all()
    taken = select(Part2Withdrawal).where(Part2Withdrawal.patient_id == patient_id)
    withdrawn = {one.consent_id: one for one in rows.scalars(taken)}
    return tuple(ConsentStanding(one, one.told, withdrawn.get(one.id)) for one in found)


def consent_for(
    consents: Iterable[ConsentStanding], kinds: Collection[ConsentKind], recipient: str, today: date
) -> ConsentStanding | None:
    """The consent that lets Part 2 data go to this recipient. kinds: those that fit the reason it is asked for.

    A consent for care without names covers every recipient; every other one covers those it names and nobody else.
    """
    for one in consents:
        if one.row.kind not in kinds or not one.counts(today):
            continue
        names = {same_name(name) for name in one.told.recipients}
        if same_name(recipient) in names or (one.row.kind == ConsentKind.CARE and not names):
            return one
    return None


def same_name(name: str) -> str:
    """A name as it is compared: no matter the case, the spaces or the full stops."""
    return " ".join(name.replace(".", " ").casefold().split())


def checked_consent(
    kind: str, recipients: Collection[str], what: str, purpose: str, *, signed_on: date, from_on: date,
    until_on: date | None, today: date,
) -> tuple[ConsentKind, ConsentText]:  # fmt: skip
    """A consent with all that 2.31(a) asks for.

    Raises:
        Part2Unclear: by field.
    """
    names = tuple(tidy for name in recipients if (tidy := " ".join(name.split())))
    problems = {}
    if kind not in set(ConsentKind):
        problems["kind"] = "Please choose what the consent is for."
    if not names and kind != ConsentKind.CARE:
        problems["recipients"] = "Please name each recipient, one a line."
    if not 0 < len(what.strip()) <= LONGEST:
        problems["what"] = f"Say how much and what kind of information, in at most {LONGEST} letters."
    if not 0 < len(purpose.strip()) <= LONGEST:
        problems["purpose"] = f"Say what it is for, in at most {LONGEST} letters."
    if signed_on > today:
        problems["signed_on"] = "This day has not come yet."
    if until_on is not None and until_on <= from_on:
        problems["until_on"] = "The end comes after the beginning."
    if until_on is None and kind in (ConsentKind.NAMED, ConsentKind.PROCEEDINGS):
        problems["until_on"] = "Only a consent for treatment, payment and operations may stand without an end."
    if problems:
        raise Part2Unclear(problems)
    return ConsentKind(kind), ConsentText(names, what.strip(), purpose.strip())


def checked_why(why: str, field: str = "why") -> str:
    """A reason that was given.

    Raises:
        Part2Unclear.
    """
    if not 0 < len(why.strip()) <= LONGEST:
        raise Part2Unclear({field: f"Say why, in at most {LONGEST} letters."})
    return why.strip()


def labelled(resource: Mapping[str, Any]) -> dict[str, Any]:
    """A FHIR resource with the security label of Part 2 data, which carries the statement as its words."""
    meta = dict(resource.get("meta", {}))
    label = {"system": _LABELS, "code": "42CFRPart2", "display": NOTICE_SHORT}
    return {**resource, "meta": {**meta, "security": [*meta.get("security", ()), label]}}
