"""The templates this product brings along, and which of them the practice uses. Names no patient."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from markupsafe import Markup
from sqlalchemy import select

from workbench.forms.asking import asked
from workbench.forms.html import form_html
from workbench.forms.library import Kind, Mark, Template, template_named, templates
from workbench.forms.signing import laid_out
from workbench.forms.tables import FormTemplate, FormVersion
from workbench.forms.translating import in_languages
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.people.tables import Practice

__all__ = ["Here", "Kind", "LibraryLine", "LibraryPreview", "form_library", "library_preview"]


class Here(StrEnum):
    """How a template of the library stands in the practice."""

    NOT = "not here"
    SAME = "in use as it is"
    OLDER = "newer one in the library"
    OWN = "changed by the practice"
    OWN_OLDER = "changed by the practice, newer one in the library"


@dataclass(frozen=True)
class LibraryLine:
    """One template. is_due: its text has to be looked at again by now."""

    key: str
    number: int
    kind: Kind
    title: str
    version: str
    signers: tuple[str, ...]
    marks: tuple[str, ...]
    source: str
    review_by: date
    is_due: bool
    here: Here


@dataclass(frozen=True)
class LibraryPreview:
    """One template as it would be asked. languages: how it stands in each beside English, in words."""

    line: LibraryLine
    fields: Markup
    questions: int
    languages: tuple[str, ...]


@view(Permission.SET_FORMS, shows=AuditEvent.FORMS_SEEN)
def form_library(look: Look) -> tuple[LibraryLine, ...]:
    """All of them, in the order of their numbers."""
    word, standing = _word(look), _standing(look)
    return tuple(_line(look, one, word, standing) for one in templates().values())


@view(Permission.SET_FORMS, shows=AuditEvent.FORMS_SEEN)
def library_preview(look: Look, *, key: str) -> LibraryPreview:
    """One of them, empty.

    Raises:
        NoSuchTemplate.
    """
    one, word = template_named(key), _word(look)
    layout = laid_out(one.questionnaire(word))
    questions = sum(item.is_question for item in layout.items.values())
    return LibraryPreview(
        _line(look, one, word, _standing(look)),
        form_html(layout, asked(layout, {}, today=look.today), {}),
        questions,
        tuple(one.words for one in in_languages(layout.form)),
    )


def _word(look: Look) -> str:
    found: str = look.scalar(select(Practice.patient_word))
    return found


def _standing(look: Look) -> Mapping[str, tuple[str, str]]:
    """The hash of the newest version of each template the practice has, and of the library's text it stands on."""
    rows = look.execute(
        select(FormTemplate.library_key, FormVersion.hash, FormVersion.base_hash)
        .join(FormVersion, FormVersion.template_id == FormTemplate.id)
        .where(FormTemplate.library_key != "")
        .order_by(FormVersion.nth)
    )
    return {key: (hashed, base) for key, hashed, base in rows}


def _line(look: Look, one: Template, word: str, standing: Mapping[str, tuple[str, str]]) -> LibraryLine:
    return LibraryLine(
        key=one.key,
        number=one.number,
        kind=one.kind,
        title=one.shown_title(word),
        version=one.version,
        signers=tuple(signer.value for signer in one.signers),
        marks=tuple(mark.value for mark in Mark if mark in one.marks),
        source=one.source,
        review_by=one.review_by,
        is_due=one.review_by <= look.today,
        here=_here(standing.get(one.key), one.hash(word)),
    )


def _here(standing: tuple[str, str] | None, hashed: str) -> Here:
    if standing is None:
        return Here.NOT
    own, base = standing
    if own == base:
        return Here.SAME if own == hashed else Here.OLDER
    return Here.OWN if base == hashed else Here.OWN_OLDER
