"""A file becomes a form, whatever made it: FHIR of three versions, or a REDCap dictionary."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from workbench.forms.documents import digest, read_document
from workbench.forms.fhir import read_questionnaire
from workbench.forms.questionnaire import MOST_ITEMS, Form
from workbench.forms.redcap import questionnaire_of
from workbench.forms.redcap_rows import is_dictionary, read_rows

# A dictionary's forms, sections and tables become items beside its fields, of which there may be as many as in FHIR.
WITH_GROUPS: Final = 3 * MOST_ITEMS


@dataclass(frozen=True)
class Imported:
    """A form, the questionnaire it is kept and exported as, and that one's SHA-256."""

    form: Form
    questionnaire: Mapping[str, Any]
    hash: str


def import_form(data: bytes) -> Imported:
    """The form that a file is.

    Raises:
        Refused: it is none; the place is named where there is one.
    """
    if is_dictionary(data):
        questionnaire, told = questionnaire_of(read_rows(data))
        form = read_questionnaire(questionnaire, most_items=WITH_GROUPS)
        form = replace(form, warnings=(*told, *form.warnings))
    else:
        questionnaire = read_document(data)
        form = read_questionnaire(questionnaire)
    return Imported(form, questionnaire, digest(questionnaire))
