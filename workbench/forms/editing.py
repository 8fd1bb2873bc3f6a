"""How a version is being edited: the steps that were taken, and what the form is after them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from workbench.forms.documents import read_document
from workbench.forms.signing import document_of
from workbench.forms.tables import FormEdit, FormVersion
from workbench.gate.view import Look
from workbench.gate.work import Work

_BACK = "back "


@dataclass(frozen=True)
class Edits:
    """number: of the last step, 0 before the first. steps: what was done, by number."""

    number: int
    document: dict[str, Any]
    steps: Mapping[int, str]

    @property
    def last_standing(self) -> int:
        """The number of the step that is taken back next; 0 where none is left. Taking back is a step too."""
        at = self.number
        while at > 0 and self.steps[at].startswith(_BACK):
            at = int(self.steps[at].removeprefix(_BACK)) - 1
        return at


def taken_back(number: int) -> str:
    """How the taking back of a step is named."""
    return f"{_BACK}{number}"


def edits_of(work: Work | Look, version: FormVersion) -> Edits:
    """The steps of a version, and what came of them."""
    rows = work.execute(
        select(FormEdit.number, FormEdit.what).where(FormEdit.version_id == version.id).order_by(FormEdit.number)
    )
    steps = {row.number: row.what for row in rows}
    return Edits(len(steps), after_step(work, version, len(steps)), steps)


def after_step(work: Work | Look, version: FormVersion, number: int) -> dict[str, Any]:
    """The questionnaire after a step; after none it is the version's own."""
    if number == 0:
        return document_of(version)
    told: str = work.scalar(
        select(FormEdit.questionnaire).where(FormEdit.version_id == version.id, FormEdit.number == number)
    )
    return read_document(told.encode())
