"""What a form says around its questions, in the languages a page may be read in: English, and Spanish as a draft.

The questions are in the form, with its own translations. The Spanish here was drafted by a machine and reviewed by
nobody yet; `DRAFTED` says so, and staff are told wherever a form is shown in it.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from workbench.kernel.time import spoken_day, wall_clock

ENGLISH: Final = "en"
DRAFTED: Final = frozenset({"es"})
"""Languages whose words around the questions no person has reviewed."""
NAMES: Final[Mapping[str, str]] = {
    "en": "English", "es": "Spanish", "de": "German", "fr": "French", "zh": "Chinese", "vi": "Vietnamese",
    "ar": "Arabic", "he": "Hebrew", "fa": "Persian", "ur": "Urdu", "ru": "Russian", "pt": "Portuguese",
    "ko": "Korean", "it": "Italian", "pl": "Polish", "ht": "Haitian Creole", "tl": "Tagalog",
}  # fmt: skip
_RIGHT_TO_LEFT: Final = frozenset({"ar", "he", "fa", "ur", "yi", "ps", "dv", "sd", "ckb"})
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_MONTHS: Final = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
)  # fmt: skip
_SPANISH: Final[Mapping[str, str]] = {
    "Yes": "Sí", "No": "No", "Optional": "Opcional", "Something else": "Otra cosa", "Entry": "Entrada",
    "From the record.": "Del expediente.", "Carried forward from last time.": "Tomado de la última vez.",
    "Back": "Atrás", "Next": "Siguiente", "Finish": "Terminar", "Look through it": "Revisar",
    "Everything is answered.": "Todo está respondido.",
    "Please answer this.": "Por favor responda a esto.", "This is not answered by hand.": "Esto no se responde a mano.",
    "One answer is wanted here.": "Aquí se pide una sola respuesta.", "Choose yes or no.": "Elija sí o no.",
    "Choose one of the answers.": "Elija una de las respuestas.",
    "Write a number, such as 12 or 12.5.": "Escriba un número, como 12 o 12.5.",
    "Write a whole number, such as 12.": "Escriba un número entero, como 12.",
    "Write a day as 2026-03-09.": "Escriba el día así: 2026-03-09.",
    "Write a time as 14:30.": "Escriba la hora así: 14:30.",
    "Write a day and a time as 2026-03-09T14:30.": "Escriba el día y la hora así: 2026-03-09T14:30.",
    "One of these answers stands alone.": "Una de estas respuestas no se combina con otras.",
}  # fmt: skip
_SPANISH_WITH: Final = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"At most (\S+) answers fit here\.", r"Caben como máximo \1 respuestas."),
        (r"At least (\S+) answers are wanted\.", r"Se piden al menos \1 respuestas."),
        (r"At most (\S+) characters fit here; there are (\S+)\.", r"Caben como máximo \1 caracteres; hay \2."),
        (r"At most (\S+) characters fit here\.", r"Caben como máximo \1 caracteres."),
        (r"At least (\S+) characters are wanted\.", r"Se piden al menos \1 caracteres."),
        (r"At most (\S+) digits after the point\.", r"Como máximo \1 cifras después del punto."),
        (r"The unit is one of (.+)\.", r"La unidad es una de estas: \1."),
        (r"Not below (.+)\.", r"No menos de \1."),
        (r"Not above (.+)\.", r"No más de \1."),
        (r"This is not of the form that is wanted(: .+)?\.", r"Esto no tiene la forma que se pide\1."),
        (r"in (.+)", r"en \1"),
        (r"(\d+) of (\d+)", r"\1 de \2"),
        (r"Question (\d+) of (\d+)", r"Pregunta \1 de \2"),
        (r"Page (\d+) of (\d+)", r"Página \1 de \2"),
        (r"1 answer needs a look", r"1 respuesta necesita revisión"),
        (r"(\d+) answers need a look", r"\1 respuestas necesitan revisión"),
    )
)


CRISIS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": (
        "If you might hurt yourself or somebody else, or are in danger now: call 911.",
        "To talk to somebody now, day or night: call or text 988 (Suicide & Crisis Lifeline).",
        "What you write here is not read at once.",
    ),
    "es": (
        "Si podría hacerse daño o hacérselo a otra persona, o está en peligro ahora: llame al 911.",
        "Para hablar con alguien ahora, de día o de noche: llame al 988 y oprima 2, o envíe AYUDA por texto al 988.",
        "Lo que escriba aquí no se lee de inmediato.",
    ),
}  # fmt: skip
"""What stands below a form that somebody fills in alone. Source: 988lifeline.org (Spanish by 2, or AYUDA by text)."""


def crisis_words(language: str) -> tuple[str, ...]:
    """Where there is help now, in a language; in English where there is none."""
    return CRISIS.get(language.partition("-")[0].casefold(), CRISIS[ENGLISH])


def is_language(tag: str) -> bool:
    """Whether a text is a language as BCP 47 writes it, in its common part."""
    return bool(_TAG.fullmatch(tag))


def name_of(tag: str) -> str:
    """A language in words; its tag where it has none here."""
    return NAMES.get(tag.partition("-")[0].casefold(), tag)


def direction(tag: str) -> str:
    """How a language is written: `ltr` or `rtl`."""
    return "rtl" if tag.partition("-")[0].casefold() in _RIGHT_TO_LEFT else "ltr"


def say(language: str, english: str) -> str:
    """A text of ours in a language; in English where there is none, so that nothing is ever left out."""
    if language == ENGLISH or language.partition("-")[0].casefold() != "es":
        return english
    told = _SPANISH.get(english)
    if told is not None:
        return told
    for pattern, words in _SPANISH_WITH:
        found = pattern.fullmatch(english)
        if found:
            return found.expand(words)
    return english


def day_words(language: str, day: date) -> str:
    """A whole day as it is read."""
    if language.partition("-")[0].casefold() == "es":
        return f"{day.day} de {_MONTHS[day.month - 1]} de {day.year}"
    return spoken_day(day)


def instant_words(language: str, at: datetime) -> str:
    """A day with its time as it is read."""
    return f"{day_words(language, at)}, {wall_clock(at)}"
