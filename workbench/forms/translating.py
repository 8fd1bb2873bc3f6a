"""A form in another language: the translations it brings along, and what of it is not translated. Pure.

Source: HL7 FHIR R4, extension `translation` on the element that is translated. Codes of answers are never translated,
and what is stored is in the form's own language; a translation is only how it is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from workbench.forms.cursor import Place
from workbench.forms.questionnaire import HELP, Form, Item, Option, Translated
from workbench.forms.words import ENGLISH, is_language, name_of

TRANSLATION: Final = "http://hl7.org/fhir/StructureDefinition/translation"
STATUS: Final = "urn:therapy-practice-workbench:translation-status"
"""Extension of a whole form: a language with `reviewed` or `machine-draft`. Without one nothing is known of it."""
DRAFT: Final = "machine-draft"


@dataclass(frozen=True)
class Untranslated:
    """A text that a language does not have. what: `title`, `text`, `hint` or `answer`."""

    link_id: str
    what: str
    words: str


def translations_at(place: Place | None) -> Iterator[tuple[str, str]]:
    """The translations of one element: language and words. place: its `_name`."""
    if place is None:
        return
    for one in place.extensions(TRANSLATION):
        told = {inner.text("url"): inner for inner in one.each("extension")}
        language = told["lang"].text("valueCode") or told["lang"].text("valueString") if "lang" in told else ""
        content = told.get("content")
        words = (content.text("valueString") or content.text("valueMarkdown")) if content else ""
        if is_language(language) and words:
            yield language, words


def statuses_at(root: Place) -> tuple[tuple[str, str], ...]:
    """What is known of each language of a form."""
    found = []
    for one in root.extensions(STATUS):
        told = {inner.text("url"): inner for inner in one.each("extension")}
        if {"lang", "status"} <= told.keys():
            found.append((told["lang"].text("valueCode"), told["status"].text("valueCode")))
    return tuple(found)


def languages(form: Form) -> tuple[str, ...]:
    """The languages a form has anything in beside its own, in the order they come up."""
    found: dict[str, None] = dict.fromkeys(language for language, _ in form.title_translations)
    for item in form.walk():
        found.update(dict.fromkeys(one.language for one in item.translations))
        for option in item.options:
            found.update(dict.fromkeys(language for language, _ in option.translations))
    return tuple(one for one in found if one.casefold() != own_language(form).casefold())


def own_language(form: Form) -> str:
    """The language its texts are in: what it says, else English."""
    return form.language or ENGLISH


def is_unreviewed(form: Form, language: str) -> bool:
    """Whether a translation was drafted by a machine and reviewed by nobody."""
    return any(status == DRAFT and _is(one, language) for one, status in form.translation_statuses)


def in_language(form: Form, language: str) -> Form:
    """The form as it is read in a language. What is not translated stays in the form's own, and says so."""
    if not language or _is(own_language(form), language):
        return form
    title = _found(form.title_translations, language) or form.title
    return replace(form, title=title, items=tuple(_item(one, language, own_language(form)) for one in form.items))


def _item(item: Item, language: str, own: str) -> Item:
    def said(part: str) -> str:
        return _found([(one.language, one.words) for one in item.translations if one.part == part], language)

    inner = tuple(_item(one, language, own) for one in item.items)
    return replace(
        item,
        text=said("text") or item.text,
        prefix=said("prefix") or item.prefix,
        entry_format=said("entry_format") or item.entry_format,
        help=_help(item, inner),
        options=tuple(replace(one, shown=_found(one.translations, language)) for one in item.options),
        spoken=own if item.text and not said("text") else "",
        items=inner,
    )


def _help(item: Item, inner: tuple[Item, ...]) -> str:
    """What helps with a question is said by items under it; where those are translated, so is the help."""
    told = [two.text for one, two in zip(item.items, inner, strict=True) if one.control in HELP]
    return " ".join(told) if told else item.help


def untranslated(form: Form, language: str) -> tuple[Untranslated, ...]:
    """What a language does not have, in reading order."""
    found = [] if _found(form.title_translations, language) or not form.title else [
        Untranslated("", "title", form.title)
    ]  # fmt: skip
    for item in form.walk():
        parts = {one.part for one in item.translations if _is(one.language, language)}
        for part, words, what in (("text", item.text, "text"), ("entry_format", item.entry_format, "hint")):
            if words and part not in parts:
                found.append(Untranslated(item.link_id, what, words))
        found += [Untranslated(item.link_id, "answer", one.label) for one in _in_words(item)
                  if not _found(one.translations, language)]  # fmt: skip
    return tuple(found)


@dataclass(frozen=True)
class InLanguage:
    """How a form stands in a language. name: in words. is_unreviewed: a machine drafted it, and nobody looked."""

    tag: str
    name: str
    is_unreviewed: bool
    missing: tuple[Untranslated, ...]

    @property
    def words(self) -> str:
        """What staff are told of it."""
        whole = f"{len(self.missing)} texts are not translated" if self.missing else "whole"
        return f"{self.name}: {whole}{'; drafted by a machine, not reviewed' if self.is_unreviewed else ''}."


def in_languages(form: Form) -> tuple[InLanguage, ...]:
    """Each language a form has something in."""
    return tuple(
        InLanguage(tag, name_of(tag), is_unreviewed(form, tag), untranslated(form, tag)) for tag in languages(form)
    )


def _in_words(item: Item) -> Iterator[Option]:
    """The answers that are words; numbers, days and times are the same in every language."""
    return (one for one in item.options if any(letter.isalpha() for letter in one.label))


def _found(told: "tuple[tuple[str, str], ...] | list[tuple[str, str]]", language: str) -> str:
    """The words in a language: exactly this one, else one with the same first part, such as es for es-MX."""
    exact = next((words for one, words in told if one.casefold() == language.casefold()), "")
    return exact or next((words for one, words in told if _is(one, language)), "")


def _is(one: str, language: str) -> bool:
    return one.partition("-")[0].casefold() == language.partition("-")[0].casefold()


def item_translations(place: Place) -> Iterator[Translated]:
    """Every translation of an item's own texts."""
    for name in ("text", "prefix"):
        for language, words in translations_at(place.inner(f"_{name}")):
            yield Translated(language, name, words)
    hint = place.extension("http://hl7.org/fhir/StructureDefinition/entryFormat")
    for language, words in translations_at(hint.inner("_valueString") if hint else None):
        yield Translated(language, "entry_format", words)


def option_translations(place: Place) -> tuple[tuple[str, str], ...]:
    """The translations of one of the answers: of what its coding shows, or of the text it is."""
    coding = place.inner("valueCoding")
    return tuple(translations_at(coding.inner("_display") if coding else place.inner("_valueString")))
