"""Formulas of other systems that mean something this product can say too. The others are kept as text and never run.

Taken over: what `fhirpath` has a word for; our own formulas as they are.
"""

from collections.abc import Iterator
from typing import Final

from workbench.forms.cursor import Place
from workbench.forms.fhirpath import NotTakenOver, from_fhirpath
from workbench.forms.questionnaire import Warned
from workbench.formula.reading import read_formula
from workbench.formula.syntax import Node, NotAFormula

OURS: Final = "text/x-workbench-formula"
_SDC: Final = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"
ASKED: Final = f"{_SDC}enableWhenExpression"
CALCULATED: Final = (
    f"{_SDC}calculatedExpression",
    "http://hl7.org/fhir/StructureDefinition/questionnaire-calculatedExpression",
)
_KEPT: Final = {
    f"{_SDC}initialExpression": "What it begins with is an expression",
    f"{_SDC}candidateExpression": "What it suggests is an expression",
    f"{_SDC}answerExpression": "Its answers are an expression",
    f"{_SDC}answerOptionsToggleExpression": "Which answers it offers is an expression",
    f"{_SDC}itemPopulationContext": "Where its answers come from is an expression",
    f"{_SDC}subQuestionnaire": "It stands for another questionnaire",
    "http://hl7.org/fhir/StructureDefinition/cqf-expression": "Its text is an expression",
    "http://hl7.org/fhir/StructureDefinition/targetConstraint": "A rule about it is an expression",
    "http://hl7.org/fhir/StructureDefinition/questionnaire-constraint": "A rule about it is an expression",
    "http://hl7.org/fhir/StructureDefinition/variable": "A value of its own is an expression",
}


def asked_at(place: Place, link_id: str, warnings: list[Warned]) -> Node | None:
    """The formula that says when an item is asked; None where it has none, or one that is only kept."""
    return _formula(place, (ASKED,), link_id, warnings, "When it is asked is kept and not worked out")


def calculated_at(place: Place, link_id: str, warnings: list[Warned]) -> Node | None:
    """The formula an item is worked out by; None where it has none, or one that is only kept."""
    return _formula(place, CALCULATED, link_id, warnings, "Its calculation is kept and not worked out")


def _formula(place: Place, urls: tuple[str, ...], link_id: str, warnings: list[Warned], kept: str) -> Node | None:
    told = place.extension(*urls)
    inner = told.inner("valueExpression") if told else None
    if inner is None:
        return None
    try:
        return read_formula(_said(inner, link_id, warnings))
    except (NotAFormula, NotTakenOver) as refused:
        warnings.append(Warned(link_id, f"{kept}: {str(refused).rstrip('.')}."))
        return None


def _said(place: Place, link_id: str, warnings: list[Warned]) -> str:
    """An expression as a formula of ours.

    Raises:
        NotTakenOver: it is in a language, or says something, that has no word here.
    """
    language, text = place.text("language"), place.text("expression")
    if language == OURS:
        return text
    if language != "text/fhirpath":
        raise NotTakenOver("it is in a language that is not run here")
    taken = from_fhirpath(text)
    if taken.is_stricter:
        warnings.append(
            Warned(link_id, "While an answer is missing it is not worked out, where it came from it would be.")
        )
    return taken.formula


def kept_expressions(place: Place, link_id: str) -> Iterator[Warned]:
    """What is said about each expression that is kept and not run."""
    for url, what in _KEPT.items():
        if place.extension(url) is not None:
            yield Warned(link_id, f"{what}; it is kept and not run.")
