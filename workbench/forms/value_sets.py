"""The answers a questionnaire lists in value sets of its own. A set that lies elsewhere is told, never fetched."""

from collections.abc import Iterator, Mapping

from workbench.forms.cursor import Place
from workbench.forms.documents import Refused
from workbench.forms.fhir_values import coding_at
from workbench.forms.questionnaire import MOST_OPTIONS, Coding, Option

ORDINALS = (
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/questionnaire-ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
    "http://hl7.org/fhir/StructureDefinition/valueset-ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/codesystem-ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/iso21090-CO-value",
)
_DEEPEST_EXPANSION = 8


def contained_sets(root: Place) -> Mapping[str, tuple[Option, ...]]:
    """The options of every contained value set, by its id and by its address."""
    systems = {one.text("url"): one for one in root.each("contained") if one.text("resourceType") == "CodeSystem"}
    found: dict[str, tuple[Option, ...]] = {}
    for one in root.each("contained"):
        if one.text("resourceType") == "ValueSet":
            options = tuple(_options(one, systems))
            if len(options) > MOST_OPTIONS:
                raise Refused(f"a question has at most {MOST_OPTIONS} answers to choose from.", one.path)
            found[f"#{one.text('id')}"] = options
            if one.text("url"):
                found[one.text("url")] = options
    return found


def weight_of(place: Place) -> Place | None:
    """Where an option says what it weighs."""
    return place.extension(*ORDINALS)


def _options(value_set: Place, systems: Mapping[str, Place]) -> Iterator[Option]:
    expansion, compose = value_set.inner("expansion"), value_set.inner("compose")
    if expansion is not None and expansion.at.get("contains"):
        yield from _expanded(expansion, _DEEPEST_EXPANSION)
    elif compose is not None:
        for include in compose.each("include"):
            yield from _included(include, systems)


def _expanded(place: Place, levels: int) -> Iterator[Option]:
    if not levels:
        raise Refused("the expansion is nested too deeply.", place.path)
    for one in place.each("contains"):
        if not one.flag("abstract"):
            yield _option(one, one.text("system"))
        yield from _expanded(one, levels - 1)


def _included(include: Place, systems: Mapping[str, Place]) -> Iterator[Option]:
    system = include.text("system")
    concepts = list(include.each("concept"))
    if not concepts and system in systems:
        concepts = list(systems[system].each("concept"))
    for one in concepts:
        yield _option(one, system)


def _option(place: Place, system: str) -> Option:
    coding = coding_at(place)
    weight = weight_of(place)
    return Option(Coding(coding.code, system, coding.display), weight=_weight(weight))


def _weight(place: Place | None) -> "int | None":
    number = place.number("valueDecimal") if place else None
    return None if number is None else int(number) if number == int(number) else None
