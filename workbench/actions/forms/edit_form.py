"""Edit a form, one step at a time. Every step is kept, so that each can be taken back; the version stays as it came."""

from dataclasses import dataclass
from typing import Any

from workbench.forms.designing import Line, added, changed, moved, removed, with_title
from workbench.forms.documents import write_document
from workbench.forms.editing import after_step, edits_of, taken_back
from workbench.forms.signing import laid_out
from workbench.forms.tables import FormEdit, FormVersion
from workbench.forms.versions import newest_version
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError


class NotTheNewest(WorkbenchError):
    """A later version is there; that one is edited."""

    def __init__(self) -> None:
        super().__init__("There is a newer version of this form. Edit that one.")


class NothingToTakeBack(WorkbenchError):
    """No step is left."""

    def __init__(self) -> None:
        super().__init__("There is nothing to take back.")


@dataclass(frozen=True)
class Step:
    """What is done. do: title, add, change, remove, up, down or back. link_id: which item, or after which one."""

    do: str
    link_id: str = ""
    line: Line | None = None
    title: str = ""


@dataclass(frozen=True)
class FormEdited:
    """number: how many steps there are now; the next one has to name it."""

    number: int


@action(
    Permission.SET_FORMS,
    on=FormVersion,
    refuses={"uq_form_edits_number": StalePage, "form_edits.version_id": StalePage},
)
def edit_form(work: Work, version: FormVersion, *, number: int, step: Step) -> FormEdited:
    """number: of the last step that was seen; 0 before the first.

    Raises:
        StalePage: somebody edited meanwhile. NotTheNewest. NotAnItem, ItemGone, NothingToTakeBack. Refused: the form
        would hang on itself or be too large.
    """
    newest = newest_version(work, version.template_id)
    if newest is None or newest.id != version.id:
        raise NotTheNewest
    before = edits_of(work, version)
    if number != before.number:
        raise StalePage
    if step.do == "back":
        at = before.last_standing
        if at == 0:
            raise NothingToTakeBack
        document, what = after_step(work, version, at - 1), taken_back(at)
    else:
        document, what = _done(before.document, step), step.do
    laid_out(document)
    work.add(FormEdit(version_id=version.id, number=number + 1, questionnaire=write_document(document), what=what,
                      made_at=work.now, made_by=work.actor.user_id))  # fmt: skip
    work.flush()
    work.record(AuditEvent.FORM_EDITED, step=step.do, number=number + 1)
    return FormEdited(number + 1)


def _done(document: dict[str, Any], step: Step) -> dict[str, Any]:
    if step.do == "title":
        return with_title(document, step.title)
    if step.do == "remove":
        return removed(document, step.link_id)
    if step.do in ("up", "down"):
        return moved(document, step.link_id, down=step.do == "down")
    if step.line is None or step.do not in ("add", "change"):
        raise ValueError(f"{step.do!r} is no step")
    if step.do == "add":
        return added(document, step.line, after=step.link_id)
    return changed(document, step.link_id, step.line)
