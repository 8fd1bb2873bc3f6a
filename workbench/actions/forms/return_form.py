"""Give a version of a form back to its maker with a word about what is to change."""

from dataclasses import dataclass

from workbench.forms.tables import FormVersion, VersionState
from workbench.gate.action import action
from workbench.gate.audit_events import AuditEvent
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError

_LONGEST = 1_000


class NotInReview(WorkbenchError):
    """Nobody asked for it to be read, or it was answered meanwhile."""

    def __init__(self) -> None:
        super().__init__("This version does not wait for a reader any more.")


class WordMissing(WorkbenchError):
    """The maker has to know what to change."""

    def __init__(self) -> None:
        super().__init__(f"Say what should change, in at most {_LONGEST:,} letters.")
        self.fields = {"said": str(self)}


@dataclass(frozen=True)
class FormReturned:
    """A draft again."""

    version_id: str


@action(Permission.SET_FORMS, on=FormVersion)
def return_form(work: Work, version: FormVersion, *, said: str) -> FormReturned:
    """said: what should change.

    Raises:
        NotInReview, WordMissing.
    """
    if version.state != VersionState.REVIEW:
        raise NotInReview
    told = said.strip()
    if not 0 < len(told) <= _LONGEST:
        raise WordMissing
    version.state, version.review_said = VersionState.DRAFT, told
    work.flush()
    work.record(AuditEvent.FORM_RETURNED, label=version.label, hash=version.hash)
    return FormReturned(version.id)
