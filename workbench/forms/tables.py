"""Rows of forms: each version of a questionnaire, what was answered to it, every revision of that.

The database keeps a version as it came and a signed response as it was signed.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column

from workbench.kernel.ids import new_id
from workbench.store.base import Base
from workbench.store.guards import append_only, guard
from workbench.store.sealed import SealedDocument
from workbench.store.types import Envelope, UtcDateTime


class VersionState(StrEnum):
    """Where a version stands. Stored values. Of a form one version at most is published."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    RETIRED = "retired"


class ResponseState(StrEnum):
    """Stored values. A locked response never changes again; one in review is signed and waits for its co-signature."""

    DRAFT = "draft"
    REVIEW = "review"
    LOCKED = "locked"


class FormTemplate(Base):
    """A form of the practice, whatever its version. library_key: the template it was taken from, else ""."""

    __tablename__ = "form_templates"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("frm"))
    title: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]
    library_key: Mapped[str] = mapped_column(default="", server_default="")


_IS_OF_THE_LIBRARY = FormTemplate.__table__.c.library_key != ""
Index(
    "uq_form_templates_library_key",
    FormTemplate.library_key,
    unique=True,
    sqlite_where=_IS_OF_THE_LIBRARY,
    postgresql_where=_IS_OF_THE_LIBRARY,
)


class FormVersion(Base):
    """A questionnaire as it came: `questionnaire` is its JSON, `hash` its SHA-256, `label` its semantic version.

    base_hash: SHA-256 of the library's questionnaire it stands on; other than `hash`, it is the practice's own edit of
    it. why: what it was made for, in the maker's words.
    """

    __tablename__ = "form_versions"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("fvr"))
    template_id: Mapped[str] = mapped_column(ForeignKey("form_templates.id"))
    nth: Mapped[int]
    label: Mapped[str]
    state: Mapped[str] = mapped_column(default=VersionState.DRAFT)
    questionnaire: Mapped[str]
    hash: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]
    base_hash: Mapped[str] = mapped_column(default="", server_default="")
    why: Mapped[str] = mapped_column(default="", server_default="")
    review_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    review_asked_by: Mapped[str] = mapped_column(default="", server_default="")
    review_said: Mapped[str] = mapped_column(default="", server_default="")
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_by: Mapped[str] = mapped_column(default="")
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    retired_by: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (Index("uq_form_versions_nth", "template_id", "nth", unique=True),)


_IS_PUBLISHED = FormVersion.__table__.c.state == VersionState.PUBLISHED.value
Index(
    "uq_form_versions_published",
    FormVersion.template_id,
    unique=True,
    sqlite_where=_IS_PUBLISHED,
    postgresql_where=_IS_PUBLISHED,
)


class FormEdit(Base):
    """One step of editing: the whole questionnaire after it, `what` was done. Append-only, so each can be taken back.

    version_id: the version that was edited; when a later one is there, these edits are over.
    """

    __tablename__ = "form_edits"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("fed"))
    version_id: Mapped[str] = mapped_column(ForeignKey("form_versions.id"))
    number: Mapped[int]
    questionnaire: Mapped[str]
    what: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]
    __table_args__ = (Index("uq_form_edits_number", "version_id", "number", unique=True),)


@dataclass(frozen=True)
class Answered:
    """What was answered, as the JSON of a FHIR QuestionnaireResponse."""

    response: str


class FormResponse(Base):
    """A form filled in about a patient by one author. `hash`: of the version; `content_hash`: of what was signed."""

    __tablename__ = "form_responses"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("fre"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    version_id: Mapped[str] = mapped_column(ForeignKey("form_versions.id"))
    author_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    state: Mapped[str] = mapped_column(default=ResponseState.DRAFT)
    hash: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed_as: Mapped[str] = mapped_column(default="")
    content_hash: Mapped[str] = mapped_column(default="")
    cosigned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cosigner_id: Mapped[str] = mapped_column(default="", server_default="")
    cosigned_as: Mapped[str] = mapped_column(default="", server_default="")
    attested: Mapped[str] = mapped_column(default="", server_default="")
    version: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes] = mapped_column(Envelope)
    answered = SealedDocument(Answered, owner="patient_id")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
    __table_args__ = (Index(None, "patient_id", "started_at"),)


class FormRevision(Base):
    """The answers as they were saved once. Append-only: drafts are never lost to an overwrite."""

    __tablename__ = "form_revisions"
    id: Mapped[str] = mapped_column(primary_key=True, default=lambda: new_id("frv"))
    response_id: Mapped[str] = mapped_column(ForeignKey("form_responses.id"))
    patient_id: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    number: Mapped[int]
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[str]
    sealed: Mapped[bytes] = mapped_column(Envelope)
    answered = SealedDocument(Answered, owner="patient_id")
    __table_args__ = (Index("uq_form_revisions_number", "response_id", "number", unique=True),)


append_only(cast(Table, FormRevision.__table__), "form_revisions_append_only")
append_only(cast(Table, FormEdit.__table__), "form_edits_append_only")
guard(
    cast(Table, FormVersion.__table__),
    sqlite=(
        "CREATE TRIGGER form_versions_as_they_came BEFORE UPDATE OF template_id, nth, label, questionnaire, "
        "hash, base_hash, why ON form_versions BEGIN SELECT RAISE(ABORT, 'form_versions_as_they_came'); END",
        "CREATE TRIGGER form_versions_kept BEFORE DELETE ON form_versions "
        "BEGIN SELECT RAISE(ABORT, 'form_versions_as_they_came'); END",
    ),
    postgresql=(
        "CREATE FUNCTION form_versions_as_they_came() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' OR (OLD.template_id, OLD.nth, OLD.label, OLD.questionnaire, OLD.hash, "
        "OLD.base_hash, OLD.why) IS DISTINCT FROM (NEW.template_id, NEW.nth, NEW.label, NEW.questionnaire, NEW.hash, "
        "NEW.base_hash, NEW.why) THEN "
        "RAISE EXCEPTION 'form_versions_as_they_came' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "RETURN NEW; END $$",
        "CREATE TRIGGER form_versions_as_they_came BEFORE UPDATE OR DELETE ON form_versions "
        "FOR EACH ROW EXECUTE FUNCTION form_versions_as_they_came()",
    ),
)
guard(
    cast(Table, FormResponse.__table__),
    sqlite=(
        "CREATE TRIGGER form_responses_locked BEFORE UPDATE ON form_responses WHEN OLD.state = 'locked' "
        "BEGIN SELECT RAISE(ABORT, 'form_responses_locked'); END",
        "CREATE TRIGGER form_responses_kept BEFORE DELETE ON form_responses "
        "BEGIN SELECT RAISE(ABORT, 'form_responses_locked'); END",
    ),
    postgresql=(
        "CREATE FUNCTION form_responses_locked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' OR OLD.state = 'locked' THEN RAISE EXCEPTION 'form_responses_locked' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER form_responses_locked BEFORE UPDATE OR DELETE ON form_responses "
        "FOR EACH ROW EXECUTE FUNCTION form_responses_locked()",
    ),
)
guard(
    cast(Table, FormResponse.__table__),
    sqlite=(
        "CREATE TRIGGER form_responses_in_review BEFORE UPDATE OF sealed, patient_id, version_id, author_id, hash "
        "ON form_responses WHEN OLD.state = 'review' BEGIN SELECT RAISE(ABORT, 'form_response_in_review'); END",
    ),
    postgresql=(
        "CREATE FUNCTION form_responses_in_review() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF OLD.state = 'review' AND (OLD.sealed, OLD.patient_id, OLD.version_id, OLD.author_id, OLD.hash) "
        "IS DISTINCT FROM (NEW.sealed, NEW.patient_id, NEW.version_id, NEW.author_id, NEW.hash) THEN RAISE EXCEPTION "
        "'form_response_in_review' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER form_responses_in_review BEFORE UPDATE ON form_responses "
        "FOR EACH ROW EXECUTE FUNCTION form_responses_in_review()",
    ),
)
