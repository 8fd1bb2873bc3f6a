"""Forms a practice has, for tests."""

import json
from datetime import datetime
from typing import Any

from tests.factories.small_practice import FERN, People
from tests.forms.building import asked, chosen, questionnaire, when
from workbench.actions.forms.import_form import FormImported, import_form
from workbench.actions.forms.publish_form import publish_form
from workbench.actions.forms.start_form import start_form
from workbench.gate.action import Gate

DOCUMENT = questionnaire(
    asked("sleeps", "boolean", required=True),
    asked("since", "date", required=True, enableWhen=[when("sleeps", "=", answerBoolean=False)]),
    chosen("helps", "walks", "tea", repeats=True), asked("hours", "integer"),
    asked("trial", "group", repeats=True, item=[asked("drug", required=True), asked("dose", "decimal")]),
    title="Sleep",
)  # fmt: skip
# Fields by number in reading order: 0 sleeps, 1 since, 2 helps, 3 hours, 5 and 6 within the copies of 4.


def take_in(
    gate: Gate, people: People, now: datetime, document: dict[str, Any] = DOCUMENT, **more: str
) -> FormImported:
    """A draft of it."""
    return import_form(gate, people.manager, now=now, content=json.dumps(document).encode(), **more)


def published(gate: Gate, people: People, now: datetime, document: dict[str, Any] = DOCUMENT, **more: str) -> str:
    """The version that is in use."""
    version_id = take_in(gate, people, now, document, **more).version_id
    publish_form(gate, people.manager, version_id, now=now)
    return version_id


def begun(gate: Gate, people: People, now: datetime) -> str:
    """Ada's draft about Fern."""
    return start_form(gate, people.ada, FERN, now=now, version_id=published(gate, people, now)).response_id
