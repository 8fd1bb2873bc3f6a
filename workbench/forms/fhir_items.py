"""FHIR items as items. R5 and STU3 say some things otherwise; both become what R4 says."""

from collections.abc import Iterator, Mapping
from typing import Final

from workbench.forms.cursor import Place
from workbench.forms.documents import Refused
from workbench.forms.fhir_conditions import conditions_at
from workbench.forms.fhir_values import coding_at, value_at
from workbench.forms.patterns import unsafe
from workbench.forms.prefill import CARRIED, PREFILLED, is_path
from workbench.forms.questionnaire import (
    DEEPEST,
    HELP,
    MOST_ITEMS,
    MOST_OPTIONS,
    NO_QUESTION,
    Answer,
    Bounds,
    Coding,
    Item,
    ItemType,
    Option,
    Warned,
)
from workbench.forms.translating import item_translations, option_translations
from workbench.forms.value_sets import weight_of

_CORE: Final = "http://hl7.org/fhir/StructureDefinition/"
_CONTROL: Final = f"{_CORE}questionnaire-itemControl"
# R4's names of R5's types; `coding` is a choice, open if the question says so.
_R5_OPEN: Final = frozenset({"optionsOrType", "optionsOrString"})


class ItemReader:
    """One questionnaire while its items are read. sets: the value sets it brings along."""

    def __init__(self, sets: Mapping[str, tuple[Option, ...]], most: int = MOST_ITEMS) -> None:
        self._sets = sets
        self._most, self._count = most, 0
        self.warnings: list[Warned] = []

    def items(self, place: Place, depth: int = 1) -> tuple[Item, ...]:
        """The items at a place, with those under them.

        Raises:
            Refused: something is not as FHIR says, or beyond the limits.
        """
        if depth > DEEPEST and place.at.get("item"):
            raise Refused(f"items are at most {DEEPEST} levels deep.", place.path)
        return tuple(self._item(one, depth) for one in place.each("item"))

    def _item(self, place: Place, depth: int) -> Item:
        self._count += 1
        if self._count > self._most:
            raise Refused(f"a form has at most {self._most:,} items.", place.path)
        kind = type_of(place)
        link_id = place.text("linkId")
        if not link_id and kind is not ItemType.DISPLAY:
            raise Refused("an item needs a linkId.", place.path)
        if not link_id:
            # Nothing is ever answered there, and an example of the standard itself leaves it out.
            link_id = place.path
            self.warnings.append(Warned(link_id, "It has no linkId; nothing can hang on it."))
        minimum, maximum = (place.extension(f"{_CORE}questionnaire-{name}Occurs") for name in ("min", "max"))
        conditions, needs_all = conditions_at(place)
        options = self._options(place, link_id) if kind not in NO_QUESTION else ()
        return Item(
            link_id=link_id,
            type=kind,
            text=place.text("text"),
            prefix=place.text("prefix"),
            help=self._help(place),
            entry_format=_said(place, "entryFormat", "String"),
            control=_control(place),
            is_required=place.flag("required"),
            repeats=place.flag("repeats"),
            is_read_only=place.flag("readOnly"),
            is_hidden=_flagged(place, f"{_CORE}questionnaire-hidden"),
            occurs=(_whole(minimum), _whole(maximum)),
            bounds=self._bounds(place, link_id),
            options=options,
            units=tuple(_units(place)),
            initial=tuple(_initial(place)) or tuple(one.value for one in options if one.is_chosen),
            conditions=conditions,
            needs_all=needs_all,
            prefilled_by=self._path(place, link_id),
            is_carried=_flagged(place, CARRIED),
            translations=tuple(item_translations(place)),
            items=self.items(place, depth + 1),
        )

    def _path(self, place: Place, link_id: str) -> str:
        told = place.extension(PREFILLED)
        path = told.text("valueString") if told else ""
        if path and not is_path(path):
            self.warnings.append(Warned(link_id, "What it would be filled in with is nothing the record has."))
            return ""
        return path

    def _help(self, place: Place) -> str:
        """What an item under it says as help; it stays an item too, so that nothing is lost in the round."""
        return " ".join(one.text("text") for one in place.each("item") if _control(one) in HELP)

    def _bounds(self, place: Place, link_id: str) -> Bounds:
        pattern = _said(place, "regex", "String")
        if pattern and (why := unsafe(pattern)):
            self.warnings.append(Warned(link_id, f"Its pattern is kept and not checked: {why}."))
            pattern = ""
        shortest, decimals = place.extension(f"{_CORE}minLength"), place.extension(f"{_CORE}maxDecimalPlaces")
        least, most = place.extension(f"{_CORE}minValue"), place.extension(f"{_CORE}maxValue")
        return Bounds(
            min_length=_whole(shortest),
            max_length=place.whole("maxLength"),
            min_value=value_at(least) if least else None,
            max_value=value_at(most) if most else None,
            max_decimals=_whole(decimals),
            pattern=pattern,
        )

    def _options(self, place: Place, link_id: str) -> tuple[Option, ...]:
        listed = [_option(one) for name in ("answerOption", "option") for one in place.each(name)]
        if len(listed) > MOST_OPTIONS:
            raise Refused(f"a question has at most {MOST_OPTIONS} answers to choose from.", place.path)
        address = place.text("answerValueSet") if "answerValueSet" in place.at else _stu3_set(place)
        if not address:
            return tuple(option for option in listed if option is not None)
        found = self._sets.get(address)
        if not found:
            self.warnings.append(Warned(link_id, "Its answers are a value set that is not in the file; add them here."))
        return found or ()


def type_of(place: Place) -> ItemType:
    """The type of an item, by R4's name.

    Raises:
        Refused: it has none.
    """
    said = place.text("type")
    if said == "coding":
        return ItemType.OPEN_CHOICE if place.text("answerConstraint") in _R5_OPEN else ItemType.CHOICE
    if said == "question":
        # Abstract in R5 and of STU3's first drafts: something with items under it.
        return ItemType.GROUP
    if said in ("string", "text", "integer", "date", "time") and place.text("answerConstraint") in _R5_OPEN:
        return ItemType.OPEN_CHOICE
    try:
        return ItemType(said)
    except ValueError:
        raise Refused(f"“{said[:40]}” is no type of an item.", place.where("type")) from None


def _control(place: Place) -> str:
    told = place.extension(_CONTROL, f"{_CORE}questionnaire-displayCategory")
    inner = told.inner("valueCodeableConcept") if told else None
    coding = next(inner.each("coding"), None) if inner else None
    return coding.text("code") if coding else ""


def _flagged(place: Place, url: str) -> bool:
    told = place.extension(url)
    return told.flag("valueBoolean") if told else False


def _said(place: Place, name: str, kind: str) -> str:
    told = place.extension(f"{_CORE}{name}")
    return told.text(f"value{kind}") if told else ""


def _whole(place: Place | None) -> int | None:
    return place.whole("valueInteger") if place else None


def _units(place: Place) -> Iterator[Coding]:
    for one in place.extensions(f"{_CORE}questionnaire-unit", f"{_CORE}questionnaire-unitOption"):
        coding = one.inner("valueCoding")
        if coding:
            yield coding_at(coding)


def _option(place: Place) -> Option | None:
    value = value_at(place)
    if value is None:
        return None
    coding = place.inner("valueCoding")
    weighs = weight_of(place) or (weight_of(coding) if coding else None)
    return Option(
        value,
        is_chosen=place.flag("initialSelected"),
        is_exclusive=_flagged(place, f"{_CORE}questionnaire-optionExclusive"),
        weight=weighs.number("valueDecimal") if weighs else None,
        translations=option_translations(place),
    )


def _initial(place: Place) -> Iterator[Answer]:
    if isinstance(place.at.get("initial"), list):
        for one in place.each("initial"):
            value = value_at(one)
            if value is not None:
                yield value
    elif (value := value_at(place, "initial")) is not None:  # STU3 writes initialString and has one
        yield value


def _stu3_set(place: Place) -> str:
    options = place.inner("options")
    return options.text("reference") if options else ""
