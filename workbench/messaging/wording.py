"""What a message may say: neutral words, a few fields, and nothing that tells a stranger what the practice is. Pure.

HHS allows reminders without authorisation as long as they hold no more than is needed (45 CFR 164.502(b), 164.506). For
a practice of this kind the name of the sender, a service or a sum is more than that. A lock screen shows it to anybody.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from workbench.kernel.errors import WorkbenchError

FIELDS: Final[Mapping[str, str]] = {
    "display": "what the practice calls itself here",
    "date": "Wed, Mar 11",
    "time": "10:30 AM",
    "zone": "EDT",
    "link": "the link to confirm or change",
    "phone": "the practice's phone",
}
SUBJECT: Final = "Appointment reminder"
TEXT_ENDS: Final = " Reply STOP to get no more."
"""What ends every text: how to end them (47 CFR 64.1200(a)(10); CTIA Messaging Principles 5.1)."""
DEFAULT: Final = (
    "{display}: reminder of your appointment on {date} at {time} {zone}. Confirm or change it here: {link} "
    "Questions: {phone}."
)
DEFAULT_DISPLAY: Final = "Your appointment"
SPOKEN: Final = (
    "{display}. Reminder of your appointment on {date} at {time} {zone}. To change it, please call {phone}. "
    "To get no more calls, tell whoever answers there."
)
"""What a call says: no link, which nobody can press, and how to end them (47 CFR 64.1200(b)(3))."""
LONGEST: Final = 300
LONGEST_DISPLAY: Final = 40
# Beginnings of words, so that every ending is caught. A space is any run of what is neither letter nor digit.
_TELLING: Final[Mapping[str, tuple[str, ...]]] = {
    "a diagnosis": (
        "depress", "anxi", "bipolar", "adhd", "ptsd", "trauma", "autis", "schizo", "psycho", "psychia", "ocd", "addict",
        "alcohol", "substance", "eating disorder", "disorder", "diagnos", "suicid", "self harm", "panic", "grief",
        "phobia", "dementia", "insomnia",
    ),
    "a service": (
        "therap", "counsel", "treatment", "session", "intake", "assessment", "evaluation", "medication", "prescri",
        "couples", "marriage", "family visit", "group", "emdr", "cbt", "dbt", "detox", "rehab", "recovery", "sober",
        "crisis", "testing", "coaching",
    ),
    "a specialty": (
        "mental", "behavior", "behaviour", "clinic", "neuro", "wellness", "lcsw", "lmft", "lpc", "lmhc", "psyd", "phd",
        "doctor", "dr", "physician", "specialist", "hospital",
    ),
    "a measure": ("phq", "gad", "pcl", "audit c", "c ssrs", "questionnaire", "screening", "score", "survey"),
    "money": ("balance", "owe", "owed", "payment", "copay", "co pay", "invoice", "bill", "billing", "fee", "insurance",
              "charge", "deductible", "past due", "collection"),
}  # fmt: skip
_WHOLE: Final = 3
"""So short a word is meant only as a whole: “dr” begins too many others."""
_SAME: Final = str.maketrans("0134578@$", "oieastbas")
"""Letters that are written as others to slip by."""
_FIELD: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Telling:
    """Something in a text that says too much, or a flaw of its form. word: as it was found; "" for a flaw."""

    says: str
    word: str = ""


class TextTells(WorkbenchError):
    """A text that must not go out. `findings`: everything that is wrong with it."""

    def __init__(self, findings: tuple[Telling, ...], field: str) -> None:
        super().__init__("This would tell a stranger too much, or cannot be sent. Nothing was changed.")
        self.findings = findings
        self.fields = {field: " ".join(dict.fromkeys(one.says for one in findings))}


def findings_in(text: str, also: Collection[str] = ()) -> tuple[Telling, ...]:
    """What must not stand in a body. also: names of the practice's own services and people."""
    return (*_form(text), *telling(text, also))


def telling(text: str, also: Collection[str] = ()) -> tuple[Telling, ...]:
    """The words that say too much, each once."""
    words = _words(_FIELD.sub(" ", text))
    # As it is typed, as it is meant (“th3rapy”), and what letters set apart spell (“t h e r a p y”).
    typed, spelled = " ".join(words), _spelled(words)
    plain = f" {typed} {typed.translate(_SAME)} "
    found = [
        Telling(f"“{word}” says {what}.", word)
        for what, beginnings in _TELLING.items()
        for word in beginnings
        if _stands(word, plain, spelled)
    ]
    own = sorted({" ".join(_words(word)) for word in also} - {""})
    found += [Telling(f"“{one}” is a name of your own.", one) for one in own if _stands(one, plain, spelled)]
    if "$" in text:
        found.append(Telling("“$” says money.", "$"))
    return tuple(found)


def _stands(word: str, plain: str, spelled: str) -> bool:
    if len(word) <= _WHOLE:
        return f" {word} " in plain
    return f" {word}" in plain or word in spelled


def _words(text: str) -> list[str]:
    """Small letters without accents or what cannot be seen."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(one for one in letters if unicodedata.category(one) not in ("Mn", "Cf"))
    return re.sub(r"[^0-9a-z@$]+", " ", letters).split()


def _spelled(words: list[str]) -> str:
    """Runs of single letters as the words they spell."""
    runs = ("".join(run) if is_single else " " for is_single, run in groupby(words, lambda word: len(word) == 1))
    return " ".join(runs)


def _form(text: str) -> Iterator[Telling]:
    names = _FIELD.findall(text)
    for name in names:
        if name not in FIELDS:
            yield Telling(f"There is no field {{{name}}}. There are: {', '.join(FIELDS)}.")
    if not {"date", "time"} <= set(names):
        yield Telling("A reminder says {date} and {time}.")
    if not {"link", "phone"} & set(names):
        yield Telling("It needs {link} or {phone}, or nobody can answer.")
    if re.search(r"[{}]", _FIELD.sub("", text)):
        yield Telling("A field stands between { and }, such as {time}.")
    if re.search(r"https?:|www\.", text, re.IGNORECASE):
        yield Telling("No other address than {link} may stand in it.")
    if re.search(r"\b(reply|answer|text)\W+(?:\w+\W+){0,3}cancel", text, re.IGNORECASE):
        yield Telling("“Reply cancel” takes back the consent to be written to (47 CFR 64.1200(a)(10)). Use {link}.")
    if len(text) > LONGEST:
        yield Telling(f"At most {LONGEST} characters.")


def checked_body(text: str, also: Collection[str] = ()) -> str:
    """The text as it is kept.

    Raises:
        TextTells: with everything that is wrong.
    """
    tidy = " ".join(text.split())
    if found := findings_in(tidy, also):
        raise TextTells(found, "body")
    return tidy


def checked_display(text: str, also: Collection[str] = ()) -> str:
    """The sender's name as it is kept.

    Raises:
        TextTells: it tells, is empty, or too long for a lock screen.
    """
    tidy = " ".join(text.split())
    found = telling(tidy, also)
    if not 0 < len(tidy) <= LONGEST_DISPLAY or re.search(r"[{}<>\"@:;,]", tidy):
        found = (*found, Telling(f"A name of 1 to {LONGEST_DISPLAY} letters, without quotes, commas or brackets."))
    if found:
        raise TextTells(found, "display")
    return tidy


def rendered(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in; a value is put in as it is and never read for fields again."""
    return _FIELD.sub(lambda found: values.get(found[1], ""), text)
