"""What a draft of a form is, when it may be signed, and what exactly is signed. Pure: no clock, no database."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from workbench.forms.answering import missing_and_wrong
from workbench.forms.asking import Asked, asked
from workbench.forms.documents import read_document, write_document
from workbench.forms.fhir import read_questionnaire
from workbench.forms.filling import Answers, Layout, Path
from workbench.forms.importing import WITH_GROUPS
from workbench.forms.responses import Parked, answers_of, response_of
from workbench.forms.tables import FormResponse, FormVersion, ResponseState
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import microseconds


class FormLocked(WorkbenchError):
    """It is signed; it never changes again."""

    def __init__(self) -> None:
        super().__init__("This form is signed and locked. It stays as it is.")


class FormInReview(WorkbenchError):
    """It is signed and waits for its co-signature."""

    def __init__(self) -> None:
        super().__init__("This is signed and waits for its co-signature. Your supervisor returns it to be revised.")


class NotYourForm(WorkbenchError):
    """A draft is written and signed by who began it."""

    def __init__(self) -> None:
        super().__init__("Only who began this form writes in it and signs it.")


class FormIncomplete(WorkbenchError):
    """A signature needs more. `fields`: a sentence by the name of the field."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("This form is not ready to sign. Please look at the marked answers.")
        self.fields = dict(fields)


@dataclass(frozen=True)
class Filled:
    """A form with its answers as they stand. parked: answers that this version has no place for."""

    layout: Layout
    answers: Answers
    found: Asked
    parked: tuple[Parked, ...]

    @property
    def problems(self) -> Mapping[Path, str]:
        """What a signature still needs, by place."""
        return missing_and_wrong(self.layout, self.found)


def check_writes(response: FormResponse, person_id: str) -> None:
    """Whether this person may still write in it.

    Raises:
        NotYourForm, FormLocked, FormInReview.
    """
    if response.author_id != person_id:
        raise NotYourForm
    if response.state != ResponseState.DRAFT:
        raise FormLocked if response.state == ResponseState.LOCKED else FormInReview


def layout_of(version: FormVersion, *, has_spare: bool = False) -> Layout:
    """The form of a version."""
    return laid_out(document_of(version), has_spare=has_spare)


def document_of(version: FormVersion) -> dict[str, Any]:
    """The questionnaire of a version, as it came."""
    return read_document(version.questionnaire.encode())


def laid_out(document: Mapping[str, Any], *, has_spare: bool = False) -> Layout:
    """The form that a questionnaire is, which was taken in before."""
    return Layout(read_questionnaire(document, most_items=WITH_GROUPS), has_spare=has_spare)


def filled(version: FormVersion, response: str, today: date, *, has_spare: bool = True) -> Filled:
    """A version with what was answered to it. response: the JSON of a QuestionnaireResponse."""
    return filled_as(document_of(version), response, today, has_spare=has_spare)


def filled_as(document: Mapping[str, Any], response: str, today: date, *, has_spare: bool = True) -> Filled:
    """The same of any questionnaire that was taken in."""
    layout = laid_out(document, has_spare=has_spare)
    answers, parked = answers_of(layout, read_document(response.encode()))
    return Filled(layout, answers, asked(layout, answers, today=today), parked)


def written(layout: Layout, answers: Answers, *, is_signed: bool = False, parked: Iterable[Parked] = ()) -> str:
    """The answers as they are kept."""
    url = f"{layout.form.url}|{layout.form.version}" if layout.form.url and layout.form.version else layout.form.url
    return write_document(response_of(layout, answers, url, is_signed=is_signed, parked=parked), is_sorted=True)


def content_hash(row: FormResponse, response: str) -> str:
    """SHA-256 of what was signed: the answers, the exact form, about whom, by whom, as what and when."""
    if row.signed_at is None:
        raise ValueError("this form is not signed")
    body = {"v": 1, "form": row.hash, "id": row.id, "patient": row.patient_id, "author": row.author_id,
            "signed_as": row.signed_as, "signed_us": microseconds(row.signed_at), "response": response}  # fmt: skip
    return hashlib.sha256(write_document(body, is_sorted=True).encode()).hexdigest()
