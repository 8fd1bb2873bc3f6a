"""The versions of a form: which is the newest, which is in use, and how another one comes after it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from workbench.forms.comparing import compare, next_label
from workbench.forms.documents import digest, write_document
from workbench.forms.signing import laid_out, layout_of
from workbench.forms.tables import FormTemplate, FormVersion, VersionState
from workbench.gate.view import Look
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError


class SameForm(WorkbenchError):
    """The new version is the one that is there already."""

    def __init__(self) -> None:
        super().__init__("This is the latest version already; nothing is different.")


class NotADraft(WorkbenchError):
    """It was published before, waits for its reader, or is used no more."""

    def __init__(self) -> None:
        super().__init__("This version is no draft any more. A new version is made and published instead.")


def newest_version(work: Work | Look, template_id: str) -> FormVersion | None:
    """The one that was made last, whatever its state."""
    query = select(FormVersion).where(FormVersion.template_id == template_id).order_by(FormVersion.nth.desc()).limit(1)
    found: FormVersion | None = work.scalar(query)
    return found


def published_version(work: Work | Look, template_id: str) -> FormVersion | None:
    """The one that is filled in now."""
    query = select(FormVersion).where(
        FormVersion.template_id == template_id, FormVersion.state == VersionState.PUBLISHED
    )
    found: FormVersion | None = work.scalar(query)
    return found


def add_version(
    work: Work, template: FormTemplate, document: Mapping[str, Any], *, why: str = "", base_hash: str | None = None
) -> FormVersion:
    """One more version, a draft. base_hash: of the library's text it is; None keeps what the one before stands on.

    Raises:
        SameForm: it is the newest already.
    """
    last, hashed = newest_version(work, template.id), digest(document)
    if last is not None and last.hash == hashed:
        raise SameForm
    differences = compare(layout_of(last).form, laid_out(document).form) if last else ()
    version = FormVersion(
        template_id=template.id, nth=(last.nth if last else 0) + 1,
        label=next_label(last.label if last else "", differences), state=VersionState.DRAFT,
        questionnaire=write_document(document), hash=hashed,
        base_hash=base_hash if base_hash is not None else last.base_hash if last else "", why=why, made_at=work.now,
        made_by=work.actor.user_id,
    )  # fmt: skip
    work.add(version)
    work.flush()
    return version


def put_in_use(work: Work, version: FormVersion) -> None:
    """Publish it; the one before is retired with it."""
    before = published_version(work, version.template_id)
    if before is not None:
        before.state, before.retired_at, before.retired_by = VersionState.RETIRED, work.now, work.actor.user_id
        work.flush()
    version.state, version.published_at, version.published_by = VersionState.PUBLISHED, work.now, work.actor.user_id
    work.flush()
