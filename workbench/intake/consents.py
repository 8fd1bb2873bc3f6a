"""Which forms are consents, how long each holds, and whether one is in force: the rule that other features ask.

A consent holds from the day it was signed until before its end or the instant it was taken back. What was done in
reliance on it until then stays done (45 CFR 164.508(b)(5), 42 CFR 2.31(a)(6)).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import select

from workbench.gate.view import Look
from workbench.gate.work import Work
from workbench.intake.consent_tables import Consent, ConsentWithdrawal
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import day_of

LONGEST_WORD: Final = 2_000
_YEAR: Final = timedelta(days=365)


class ConsentKind(StrEnum):
    """What is consented to. Stored values."""

    TREATMENT = "treatment"
    TELEHEALTH = "telehealth"
    RECORDING = "recording"
    TRANSCRIPTION = "transcription"
    PART_2 = "part_2"
    RELEASE = "release"
    MESSAGES = "messages"
    OBSERVER = "observer"
    GROUP = "group"
    MEDICATION = "medication"
    BENEFITS = "benefits"


@dataclass(frozen=True)
class ConsentRule:
    """One kind: what it is called, what stops when it is taken back (both in words for staff), how long it holds.

    lasts: from the day of the signature where its form names no last day; None until it is taken back.
    """

    kind: ConsentKind
    words: str
    stops: str
    lasts: timedelta | None = None


RULES: Final[Mapping[ConsentKind, ConsentRule]] = {
    one.kind: one for one in (
        ConsentRule(ConsentKind.TREATMENT, "Treatment", "Sessions end, after one to say goodbye if they want it."),
        ConsentRule(ConsentKind.TELEHEALTH, "Telehealth", "Sessions by video and telephone; they may come in person.",
                    _YEAR),
        ConsentRule(ConsentKind.RECORDING, "Recording", "Nothing more is recorded.", _YEAR),
        ConsentRule(ConsentKind.TRANSCRIPTION, "Transcription", "Nothing more is transcribed.", _YEAR),
        ConsentRule(ConsentKind.PART_2, "Substance use records (42 CFR Part 2)",
                    "Nothing more is disclosed; what was disclosed until then is not called back.", _YEAR),
        ConsentRule(ConsentKind.RELEASE, "Release of information",
                    "Nothing more is disclosed; what was disclosed until then is not called back.", _YEAR),
        ConsentRule(ConsentKind.MESSAGES, "E-mail and texts", "Messages by e-mail and text; calls and letters go on."),
        ConsentRule(ConsentKind.OBSERVER, "Observer", "Nobody observes sessions any more."),
        ConsentRule(ConsentKind.GROUP, "Group", "They are no longer part of the group."),
        ConsentRule(ConsentKind.MEDICATION, "Medication", "The prescriber is told at once; nothing stops abruptly.",
                    _YEAR),
        ConsentRule(ConsentKind.BENEFITS, "Assignment of benefits", "Claims are no longer paid to the practice."),
    )
}  # fmt: skip
"""By kind."""

KIND_OF: Final[Mapping[str, ConsentKind]] = {
    "consent-therapy": ConsentKind.TREATMENT,
    "treatment-consent": ConsentKind.TREATMENT,
    "consent-telehealth": ConsentKind.TELEHEALTH,
    "recording-consent": ConsentKind.RECORDING,
    "transcription-consent": ConsentKind.TRANSCRIPTION,
    "part2-consent-tpo": ConsentKind.PART_2,
    "part2-consent-specific": ConsentKind.PART_2,
    "part2-consent-proceedings": ConsentKind.PART_2,
    "part2-consent-counseling-notes": ConsentKind.PART_2,
    "release": ConsentKind.RELEASE,
    "release-two-way": ConsentKind.RELEASE,
    "release-psychotherapy-notes": ConsentKind.RELEASE,
    "message-consent": ConsentKind.MESSAGES,
    "observer-consent": ConsentKind.OBSERVER,
    "group-agreement": ConsentKind.GROUP,
    "medication-consent": ConsentKind.MEDICATION,
    "assignment-of-benefits": ConsentKind.BENEFITS,
}
"""What each template of the library consents to; every other form consents to nothing."""


ENDS_ON: Final = frozenset({"pt_day", "rp_until", "rt_until", "ro_day"})
"""Questions of consents that name their last day."""


_MUST_BE_YES: Final = ("_agree", "_read", "_understood")
_ONE_IS_ENOUGH: Final = (("mg_email", "mg_text", "mg_voice"), ("rt_out", "rt_in"))


class ConsentOver(WorkbenchError):
    """It was taken back before."""

    def __init__(self) -> None:
        super().__init__("This consent was taken back before. Nothing more is done by it.")


class WordMissing(WorkbenchError):
    """Staff write down what the person said."""

    def __init__(self) -> None:
        super().__init__(f"Write down what they said and how, in at most {LONGEST_WORD:,} letters.")
        self.fields = {"said": str(self)}


@dataclass(frozen=True)
class ConsentStanding:
    """One consent. ended_on: the day it was taken back; is_in_force: on the day that was asked about."""

    row: Consent
    ended_on: date | None
    is_in_force: bool


def is_given(answers: Mapping[str, bool]) -> bool:
    """Whether a signed form says yes: who signs that they do not agree has signed, and has consented to nothing.

    answers: the yes-or-no questions of the form, by linkId.
    """
    said_no = any(not told and link_id.endswith(_MUST_BE_YES) for link_id, told in answers.items())
    offered = [[answers[one] for one in some if one in answers] for some in _ONE_IS_ENOUGH]
    return not said_no and all(any(some) for some in offered if some)


def last_day(kind: ConsentKind, signed_on: date, named: str) -> date | None:
    """The first day on which it does not hold any more. named: the last day that the form names, as FHIR writes it."""
    if named:
        return date.fromisoformat(named) + timedelta(days=1)
    lasts = RULES[kind].lasts
    return signed_on + lasts if lasts else None


def consents_of(rows: Work | Look, patient_id: str, on: date) -> tuple[ConsentStanding, ...]:
    """Every consent somebody gave, the newest first, and whether it holds on this day."""
    found = rows.execute(
        select(Consent, ConsentWithdrawal.withdrawn_at)
        .outerjoin(ConsentWithdrawal, ConsentWithdrawal.consent_id == Consent.id)
        .where(Consent.patient_id == patient_id)
        .order_by(Consent.given_at.desc(), Consent.id)
    )
    return tuple(_standing(row, withdrawn_at and day_of(withdrawn_at, rows.zone), on) for row, withdrawn_at in found)


def consent_in_force(rows: Work | Look, patient_id: str, kind: ConsentKind, on: date) -> Consent | None:
    """The newest consent of this kind that holds on this day, or None. Ask it before what needs a consent is done."""
    standing = consents_of(rows, patient_id, on)
    return next((one.row for one in standing if one.is_in_force and one.row.kind == kind), None)


def _standing(row: Consent, ended_on: date | None, on: date) -> ConsentStanding:
    begun = row.from_on <= on and (row.until_on is None or row.until_on > on)
    return ConsentStanding(row, ended_on, begun and (ended_on is None or ended_on > on))
