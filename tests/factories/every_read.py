"""Every read that needs no more than its subject, asked by everybody; for tests of what nobody may learn."""

import inspect
from collections.abc import Collection, Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from tests.access.cells import verbs
from tests.factories.emergency import fresh, opened
from tests.factories.small_practice import FERN, People
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.view import View
from workbench.kernel.errors import WorkbenchError

EVERYBODY = tuple(People.__dataclass_fields__)


def askable(
    gate: Gate, people: People, now: datetime, subjects: dict[str, str], who: Collection[str] = EVERYBODY
) -> Iterator[tuple[str, Any]]:
    """What every read that needs no more than its subject answers, to everybody who may ask, or to these.

    Compliance has the chart open in an emergency.
    """
    opened(gate, fresh(people.compliance, now), now, FERN)
    patient = Actor("usr_fern", FERN, frozenset({Role.PATIENT}), "0" * 64)
    actors = [patient, *(fresh(getattr(people, one), now) for one in who)]
    for name, verb in verbs().items():
        takes = list(inspect.signature(verb.body).parameters.values())[2 if verb.on else 1 :]
        if not isinstance(verb, View) or any(one.default is inspect.Parameter.empty for one in takes):
            continue
        if verb.on is not None and verb.on.__tablename__ not in subjects:
            continue
        for actor in actors:
            try:
                told = verb(gate, actor, *([subjects[verb.on.__tablename__]] if verb.on else []), now=now)
            except WorkbenchError:
                continue  # who may not is told nothing
            yield name, told


def printed(told: Any) -> str:
    """An answer as somebody reads it: a PDF by its text."""
    content = getattr(told, "content", b"")
    if isinstance(content, bytes) and content.startswith(b"%PDF"):
        return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return repr(told)
