"""What a charge has to fulfil before it is claimed, as data: each rule with its sentence, its source and what mends it.

Pure. A charge that breaks a rule is held, and says why. Sources: psychotherapy times by Novitas; place and modifier of
telehealth by CMS (place 10 the patient's home, 02 elsewhere; 95 video, 93 sound only); no note, no claim by 42 CFR
424.5(a)(6): what is claimed has to be shown by the record.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from workbench.billing.rules import STANDARD_TIMES, TELEHEALTH_PLACES
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import spoken_day

TELEHEALTH: Final = frozenset({"95", "93", "GT", "GQ", "FQ"})
"""Modifiers that say the service was not in one room."""
LEAST_LETTERS: Final = 10
"""Of a reason: fewer say nothing."""
MOST_LETTERS: Final = 500

Span = tuple[int, int | None]
"""Minutes that make a code, both ends included; None is no end."""
Overridden = tuple[str, str]
"""A rule's key and the sentence it said when somebody let the charge through."""


@dataclass(frozen=True)
class ClaimFacts:
    """A charge beside what the record says. note_on: the day of its signed note, None without one.

    needs_note: the payer is claimed from signed notes only. session_minutes, session_place, session_people: of the
    appointment as it stands. spans: the minutes of the codes whose time decides.
    """

    code: str
    modifiers: tuple[str, ...]
    minutes: int
    place: str
    on: date
    note_on: date | None
    needs_note: bool
    session_minutes: int
    session_place: str
    session_people: int
    spans: Mapping[str, Span]


@dataclass(frozen=True)
class Hold:
    """Why a charge is held, in a sentence, and what mends it. may_override: it may be let through with a reason."""

    rule: str
    says: str
    fix: str
    may_override: bool


@dataclass(frozen=True)
class Rule:
    """key: stored and shown. broken: the sentence where a charge breaks it, else "". source: where it was read."""

    key: str
    fix: str
    source: str
    broken: Callable[[ClaimFacts], str]
    may_override: bool = True


class NotHeld(WorkbenchError):
    """The charge is not held by this rule, or not any more."""

    def __init__(self) -> None:
        super().__init__("This session is not held for that any more. Reload the list.")


class NeverOverridden(WorkbenchError):
    """A payer that is claimed from signed notes only."""

    def __init__(self) -> None:
        super().__init__("Without a signed note this payer is not claimed. Nobody can let it through.")


class AlreadyAsked(WorkbenchError):
    """The same was asked and is not answered yet."""

    def __init__(self) -> None:
        super().__init__("This was asked already and waits for an answer.")


class AlreadyAnswered(WorkbenchError):
    """Somebody has answered."""

    def __init__(self) -> None:
        super().__init__("This is answered already. Reload the list.")


class OwnRequest(WorkbenchError):
    """Who asks does not answer."""

    def __init__(self) -> None:
        super().__init__("You asked this yourself. Somebody else has to answer it.")


class ReasonTooShort(WorkbenchError):
    """No reason, or one that says nothing or too much."""

    def __init__(self) -> None:
        super().__init__(f"Give the reason in a sentence, {LEAST_LETTERS} to {MOST_LETTERS} letters.")
        self.fields = {"reason": str(self)}


def checked_reason(typed: str) -> str:
    """A reason as it is kept.

    Raises:
        ReasonTooShort: it says nothing, or is no reason any more.
    """
    reason = " ".join(typed.split())
    if not LEAST_LETTERS <= len(reason) <= MOST_LETTERS:
        raise ReasonTooShort
    return reason


def _unsigned(facts: ClaimFacts) -> str:
    return "The note of this session is not signed." if facts.needs_note and facts.note_on is None else ""


def _other_day(facts: ClaimFacts) -> str:
    if facts.note_on is None or facts.note_on == facts.on:
        return ""
    return f"The note is of {spoken_day(facts.note_on)} and the charge of {spoken_day(facts.on)}."


def _other_length(facts: ClaimFacts) -> str:
    if facts.code not in facts.spans or facts.minutes == facts.session_minutes:
        return ""
    return f"The charge says {facts.minutes} minutes and the session lasted {facts.session_minutes}."


def _wrong_time(facts: ClaimFacts) -> str:
    """By the time of the session, which is what start and end say."""
    span = facts.spans.get(facts.code)
    if span is None or _within(facts.session_minutes, span):
        return ""
    right = code_for(facts.session_minutes, facts.spans)
    makes = f" They make {right}." if right else ""
    return f"Start and end say {facts.session_minutes} minutes: {facts.code} needs {_said(span)}.{makes}"


def _of_several(facts: ClaimFacts) -> str:
    if facts.code not in STANDARD_TIMES or facts.session_people < 2:
        return ""
    return f"{facts.code} is for one person, and {facts.session_people} came to this session."


def _other_place(facts: ClaimFacts) -> str:
    if facts.place == facts.session_place:
        return ""
    return f"The charge says place {facts.place} and the session was at place {facts.session_place}."


def _wrong_modifier(facts: ClaimFacts) -> str:
    is_remote, says_so = facts.place in TELEHEALTH_PLACES, sorted(TELEHEALTH & set(facts.modifiers))
    if is_remote and not says_so:
        return f"Place {facts.place} is telehealth, and no modifier says so."
    if says_so and not is_remote:
        return f"Modifier {says_so[0]} is of telehealth, and place {facts.place} is not."
    return ""


RULES: Final = (
    Rule("unsigned", "Have the note signed; a trainee's also co-signed.", "42 CFR 424.5(a)(6)", _unsigned,
         may_override=False),
    Rule("other_day", "Have day of charge and note looked at by who signed it.", "42 CFR 424.5(a)(6)", _other_day),
    Rule("other_length", "The time of the appointment was changed after the signature. Have it looked at.",
         "42 CFR 424.5(a)(6)", _other_length),
    Rule("wrong_time", "Have the code or the time looked at by who signed the note.", "Novitas, psychotherapy",
         _wrong_time),
    Rule("of_several", "Have the code looked at: a couple, a family or a group has codes of its own.",
         "Novitas, psychotherapy", _of_several),
    Rule("other_place", "Have place of charge and session looked at.", "CMS, place of service codes", _other_place),
    Rule("wrong_modifier", "Telehealth goes with place 02 or 10 and modifier 95, or 93 for sound only.",
         "CMS, telehealth", _wrong_modifier),
)  # fmt: skip
KEYS: Final = frozenset(rule.key for rule in RULES)


def holds(facts: ClaimFacts, overridden: Collection[Overridden] = ()) -> tuple[Hold, ...]:
    """Every rule that holds the charge. overridden: what it was let through for; other facts make another sentence."""
    return tuple(
        Hold(rule.key, said, rule.fix, rule.may_override)
        for rule in RULES
        if (said := rule.broken(facts)) and not (rule.may_override and (rule.key, said) in overridden)
    )


def code_for(minutes: int, spans: Mapping[str, Span]) -> str:
    """The code that these minutes make, or "" where they make none."""
    return next((code for code, span in sorted(spans.items()) if _within(minutes, span)), "")


def _within(minutes: int, span: Span) -> bool:
    least, most = span
    return least <= minutes and (most is None or minutes <= most)


def _said(span: Span) -> str:
    least, most = span
    return f"{least} or more" if most is None else f"{least} to {most}"
