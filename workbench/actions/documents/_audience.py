"""Who may have to do with which document. Shared by the verbs of this area."""

from workbench.documents.filing import Audience
from workbench.gate.errors import NotFound
from workbench.gate.permissions import Permission
from workbench.gate.work import Work
from workbench.kernel.errors import WorkbenchError
from workbench.store.base import Base


class OfficeOnly(WorkbenchError):
    """Whoever does not read charts files what the office opens, and nothing else."""

    def __init__(self) -> None:
        super().__init__("You file what the office may open. Ask whoever cares for this person to file the rest.")
        self.fields = {"audience": str(self)}


def check_may_file(work: Work, row: Base, audience: str) -> None:
    """Whether the actor may file something for this audience.

    Raises:
        OfficeOnly.
    """
    if audience == Audience.CLINICAL and not work.allowed(Permission.OPEN_CLINICAL_DOCUMENT, row):
        raise OfficeOnly


def check_may_open(work: Work, row: Base, audience: str) -> None:
    """Whether the document is there for the actor at all.

    Raises:
        NotFound.
    """
    if audience == Audience.CLINICAL and not work.allowed(Permission.OPEN_CLINICAL_DOCUMENT, row):
        raise NotFound
