"""Take templates of the library into use, and bring those that nobody changed up to date."""

from dataclasses import dataclass

from sqlalchemy import select

from workbench.forms.library import Mark, Template, template_named
from workbench.forms.tables import FormTemplate
from workbench.forms.versions import add_version, newest_version, put_in_use
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.people.tables import Practice


class NothingToTake(WorkbenchError):
    """All of them are here already, as they are in the library or as the practice changed them."""

    def __init__(self) -> None:
        super().__init__("These are here already. One that the practice changed stays as the practice has it.")


class AskedForByItself(WorkbenchError):
    """A template with a warning of its own is not taken along with others."""

    def __init__(self, title: str) -> None:
        super().__init__(f"“{title}” is off until the practice asks for it by itself. Read its notice first.")


@dataclass(frozen=True)
class TemplatesTaken:
    """How many are new, how many were brought up to date, how many stay as the practice changed them."""

    new: int
    newer: int
    own: int


@action(Permission.SET_FORMS, refuses={"uq_form_templates_library_key": StalePage, "uq_form_versions_nth": StalePage,
                                       "form_templates.library_key": StalePage})  # fmt: skip
def take_templates(work: Work, *, keys: tuple[str, ...]) -> TemplatesTaken:
    """They are in use at once: the library's text was reviewed before it came along. keys: of the library.

    Raises:
        NoSuchTemplate, NothingToTake. AskedForByItself: one that is off was named with others.
    """
    wanted = [template_named(key) for key in dict.fromkeys(keys)]
    for one in wanted:
        if Mark.OFF in one.marks and len(wanted) > 1:
            raise AskedForByItself(one.title)
    word: str = work.scalar(select(Practice.patient_word))
    here = {row.library_key: row for row in work.scalars(select(FormTemplate).where(FormTemplate.library_key != ""))}
    new = newer = own = 0
    for one in wanted:
        if one.key not in here:
            template = FormTemplate(title=one.shown_title(word), library_key=one.key, made_at=work.now,
                                    made_by=work.actor.user_id)  # fmt: skip
            work.add(template)
            work.flush()
            _take(work, one, template, word)
            new += 1
            continue
        last = newest_version(work, here[one.key].id)
        assert last is not None
        if last.hash != last.base_hash:
            own += 1
        elif last.hash != one.hash(word):
            _take(work, one, here[one.key], word)
            newer += 1
    if not new and not newer:
        raise NothingToTake
    return TemplatesTaken(new, newer, own)


def _take(work: Work, one: Template, template: FormTemplate, word: str) -> None:
    version = add_version(
        work, template, one.questionnaire(word), why=f"Library, {one.version}", base_hash=one.hash(word)
    )
    put_in_use(work, version)
    work.record(AuditEvent.FORM_TAKEN, subject=version, template_id=template.id, library_key=one.key,
                label=version.label, hash=version.hash)  # fmt: skip
