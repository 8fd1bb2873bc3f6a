"""The measures there are to fill in, and the empty form of one. Names no patient."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from workbench.forms.asking import asked
from workbench.forms.fhir import read_questionnaire
from workbench.forms.filling import Layout
from workbench.forms.html import form_html
from workbench.measures.catalogue import NoSuchMeasure, measures
from workbench.measures.wording import questionnaire_of, words_of


@dataclass(frozen=True)
class MeasureChoice:
    """One to choose. title: what it is about."""

    rule: str
    measure: str
    title: str


@dataclass(frozen=True)
class MeasureForm:
    """The fields of one measure. has_words: whether its questions are shipped; else they are read from a copy.

    by_total_only: nothing but the total may be entered. rights: whose the words are.
    """

    rule: str
    measure: str
    title: str
    rights: str
    source: str
    has_words: bool
    by_total_only: bool
    fields: Markup


def measure_choices() -> tuple[MeasureChoice, ...]:
    """All of the library, those with their words first."""
    every = sorted(measures().values(), key=lambda one: (words_of(one) is None, one.measure.casefold()))
    return tuple(MeasureChoice(one.key, one.measure, one.title) for one in every)


def measure_form(rule: str, today: date) -> MeasureForm:
    """The empty form.

    Raises:
        NoSuchMeasure: there is no such rule.
    """
    measure = measures().get(rule)
    if measure is None:
        raise NoSuchMeasure
    layout = Layout(read_questionnaire(questionnaire_of(measure)))
    return MeasureForm(
        measure.key, measure.measure, measure.title, measure.rights, measure.source, words_of(measure) is not None,
        measure.by_total_only, form_html(layout, asked(layout, {}, today=today), {}),
    )  # fmt: skip
