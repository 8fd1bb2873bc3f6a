"""A draft nobody wants is taken off too, and whoever is not allowed changes nothing."""

from datetime import datetime

import pytest

from tests.actions.forms.having import take_in
from tests.factories.small_practice import People, events
from workbench.actions.forms.publish_form import publish_form
from workbench.actions.forms.retire_form import retire_form
from workbench.forms.versions import NotADraft
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.store.engine import Store


def test_a_draft_nobody_wants_is_not_published_later(gate: Gate, store: Store, people: People, now: datetime) -> None:
    version = take_in(gate, people, now).version_id
    retire_form(gate, people.manager, version, now=now)
    assert events(store)[-1] == ("form.retired", "done")
    with pytest.raises(NotADraft):
        publish_form(gate, people.manager, version, now=now)
    with pytest.raises(NotFound):
        retire_form(gate, people.manager, "fvr_nobody", now=now)
