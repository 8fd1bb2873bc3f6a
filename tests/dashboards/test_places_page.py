"""The page of places as the manager has it."""

from datetime import datetime

import pytest

from dashboards.pages.places import PlacesPage
from dashboards.parts.replies import Ask, Done
from dashboards.place_desk import add_own_places
from tests.actions.people.placing import ANNEXE
from tests.dashboards import pages
from tests.dashboards.pages import send
from tests.factories.small_practice import VIDEO, open_practice, people
from workbench.gate.action import Gate
from workbench.people.rules import DetailsUnclear

pytestmark = pytest.mark.engines("sqlcipher")


def test_one_is_added_said_anew_and_retired(gate: Gate, now: datetime) -> None:
    open_practice(gate.store, now)
    page = pages.opened(gate, people().manager, now, "/places", add_own_places)
    assert isinstance(page, PlacesPage)
    said = {name: getattr(ANNEXE, name) for name in ANNEXE.__dataclass_fields__}
    asked = send(page, "new")
    assert isinstance(asked, Ask)
    assert "03 · School" in asked.html
    with pytest.raises(DetailsUnclear):
        send(page, "add", **{**said, "place_code": "10"})
    assert isinstance(send(page, "add", **said), Done)
    page.load()
    drawn = page.render()
    for words in (
        "Annexe",
        "11 · Office",
        "2 Sample Lane, Samplebury IL 00010, NPI 200000002",
        "10 · By video",
    ):
        assert words in drawn
    (one,) = [one for one in page.shown if one.details.name == "Annexe"]
    asked = send(page, "ask_change", id=VIDEO)
    assert isinstance(asked, Ask)
    assert "03 · School" not in asked.html
    assert isinstance(send(page, "ask_change", id=one.location_id), Ask)
    kept = send(page, "change", id=one.location_id, version=str(one.version), **{**said, "name": "West"})
    assert isinstance(kept, Done)
    page.load()
    assert "West" in page.render()
    (one,) = [one for one in page.shown if one.details.name == "West"]
    assert isinstance(send(page, "ask_retire", id=one.location_id), Ask)
    assert send(page, "retire", id=one.location_id, version=str(one.version)) == Done("Retired")
    page.load()
    assert send(page, "ask_retire", id=one.location_id) == Done("This place is no longer on the list.", tone="warn")
    refused = None
    for other in page.shown:
        refused = send(page, "retire", id=other.location_id, version=str(other.version))
    assert isinstance(refused, Done)
    assert refused.tone == "warn"
    assert "only place" in refused.toast
