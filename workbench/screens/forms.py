"""The forms of the practice with their versions, and one of them as it would be asked. Names no patient."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import select

from workbench.forms.asking import asked
from workbench.forms.comparing import Different, changes_scoring, compare
from workbench.forms.html import form_html
from workbench.forms.signing import document_of, laid_out, layout_of
from workbench.forms.tables import FormTemplate, FormVersion, VersionState
from workbench.forms.translating import in_languages
from workbench.forms.versions import published_version
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.measures.wording import is_measure
from workbench.screens.account_names import account_names

__all__ = ["Different", "FormPreview", "FormShown", "VersionShown", "VersionState", "form_preview", "forms"]


@dataclass(frozen=True)
class VersionShown:
    """One version. at: since when it is what it is."""

    version_id: str
    label: str
    state: str
    at: datetime
    hash: str


@dataclass(frozen=True)
class FormShown:
    """One form with its versions, the newest first."""

    template_id: str
    title: str
    versions: tuple[VersionShown, ...]

    @property
    def newest(self) -> VersionShown:
        """The one that was imported last."""
        return self.versions[0]


@dataclass(frozen=True)
class FormPreview:
    """A version as it would be asked, what of it is kept and not done, and what is different from the one in use.

    warnings: by linkId; how it stands in other languages is said first.

    needs_second: what is worked out differs, so its maker does not publish it. why: what it was made for.
    measure: the one of the library that it is word for word; "" where it is none, or a copy somebody changed.
    """

    version: VersionShown
    title: str
    measure: str
    fields: Markup
    questions: int
    warnings: tuple[tuple[str, str], ...]
    compared_with: str
    differences: tuple[Different, ...]
    needs_second: bool
    why: str
    made_by: str
    review_asked_at: datetime | None
    review_asked_by: str
    review_said: str


@view(Permission.SET_FORMS, shows=AuditEvent.FORMS_SEEN)
def forms(look: Look) -> tuple[FormShown, ...]:
    """All of them, by title."""
    query = select(FormVersion).order_by(FormVersion.template_id, FormVersion.nth.desc())
    by_template: dict[str, list[VersionShown]] = {}
    for version in look.scalars(query):
        by_template.setdefault(version.template_id, []).append(_version(version))
    templates = look.scalars(select(FormTemplate).order_by(FormTemplate.title, FormTemplate.id))
    return tuple(FormShown(one.id, one.title, tuple(by_template[one.id])) for one in templates if one.id in by_template)


@view(Permission.SET_FORMS, shows=AuditEvent.FORMS_SEEN, on=FormVersion)
def form_preview(look: Look, version: FormVersion) -> FormPreview:
    """One version, empty, beside the published one."""
    document = document_of(version)
    layout, measure = laid_out(document), is_measure(document)
    published = published_version(look, version.template_id)
    used = published if published and published.id != version.id else None
    before = layout_of(used).form if used else None
    names = account_names(look, [version.made_by, version.review_asked_by])
    return FormPreview(
        version=_version(version),
        title=look.get(FormTemplate, version.template_id).title,
        measure=measure.measure if measure else "",
        fields=form_html(layout, asked(layout, {}, today=look.today), {}),
        questions=sum(item.is_question for item in layout.items.values()),
        warnings=(
            *(("", one.words) for one in in_languages(layout.form)),
            *((one.link_id, one.what) for one in layout.form.warnings),
        ),
        compared_with=used.label if used else "",
        differences=compare(before, layout.form) if before else (),
        needs_second=before is not None and changes_scoring(before, layout.form),
        why=version.why,
        made_by=names.get(version.made_by, ""),
        review_asked_at=version.review_asked_at,
        review_asked_by=names.get(version.review_asked_by, ""),
        review_said=version.review_said,
    )


def _version(version: FormVersion) -> VersionShown:
    at = version.retired_at or version.published_at or version.made_at
    return VersionShown(version.id, version.label, version.state, at, version.hash)
