"""Forms a practice has, for tests."""

import json
from datetime import datetime
from typing import Any

from tests.factories.small_practice import FERN, People
from tests.forms.building import asked, chosen, questionnaire, when
from tests.forms.generated import values_for
from workbench.actions.forms.import_form import FormImported, import_form
from workbench.actions.forms.publish_form import publish_form
from workbench.actions.forms.save_form import save_form
from workbench.actions.forms.start_form import start_form
from workbench.forms.signing import filled
from workbench.forms.tables import FormResponse, FormVersion
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


def fill_in(gate: Gate, people: People, now: datetime, response_id: str) -> None:
    """Answer whatever it asks, and what it asks after that, as Ada."""
    for _ in range(8):
        with gate.store.reading() as session:
            row = session.get_one(FormResponse, response_id)
            version = session.get_one(FormVersion, row.version_id)
            draft = filled(version, row.answered.response, now.date(), has_spare=False)
            at = row.version
        if not draft.problems:
            return
        save_form(gate, people.ada, response_id, now=now, version=at, values=values_for(draft))
    raise AssertionError(f"never done: {sorted(place[-1].link_id for place in draft.problems)}")
