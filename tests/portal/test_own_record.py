"""One's own record in the portal: read, on paper, and as FHIR that another reader takes without losing a word."""

import base64
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest
from fhir.resources.R4B.bundle import Bundle
from pypdf import PdfReader

from tests.factories.portal import in_care
from tests.factories.proxies import FOR_AN_ADULT, in_force, proxy_of
from tests.factories.records import FILE, NOTE, Records, whole_record
from tests.factories.releases import marked, signed_note
from tests.factories.small_practice import FERN, MOSS, events, people
from tests.portal.site import PortalEdge, fields, sent
from tests.web.edge import Clock, run
from workbench.actions.releases.decide_sharing import decide_sharing
from workbench.actions.releases.publish_notice import publish_notice
from workbench.gate.action import Gate
from workbench.gate.errors import NotFound
from workbench.kernel.settings import Settings
from workbench.screens.amendments import amendments_of
from workbench.screens.disclosures import disclosures_of
from workbench.screens.own_copy import own_bundle, own_packet

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.fixture
def records(gate: Gate, now: datetime) -> Records:
    return whole_record(gate, people(), now)


@pytest.fixture
def edge(gate: Gate, settings: Settings, now: datetime) -> Iterator[PortalEdge]:
    running = PortalEdge(gate, replace(settings, port=0), Clock(now))
    stop = run(running)
    yield running
    stop()


def as_fhir(gate: Gate, now: datetime, who: Any = None) -> dict[str, Any]:
    return dict(json.loads(own_bundle(gate, who or in_care(), FERN, now=now).content))


def of_kind(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == kind]


def words(note: dict[str, Any]) -> bytes:
    return base64.b64decode(note["content"][0]["attachment"]["data"])


def test_the_bundle_is_fhir_to_another_reader_and_comes_back_as_it_went(
    gate: Gate, now: datetime, records: Records
) -> None:
    decide_sharing(gate, people().ada, FERN, now=now, kind="document", record_id=records.document, is_shown=True)
    made = as_fhir(gate, now)
    read = json.loads(Bundle.model_validate(made).model_dump_json())
    assert normal(read) == normal(made)
    kinds = {one["resource"]["resourceType"] for one in made["entry"]}
    assert kinds == {
        "AllergyIntolerance", "CarePlan", "Condition", "DocumentReference", "Encounter", "Goal", "MedicationStatement",
        "Observation", "Organization", "Patient", "Practitioner", "Questionnaire", "QuestionnaireResponse",
    }  # fmt: skip
    addresses = [one["fullUrl"] for one in made["entry"]]
    assert len(set(addresses)) == len(addresses)
    assert set(referred(made)) <= set(addresses)
    told = [words(one) for one in of_kind(made, "DocumentReference")]
    assert FILE in told
    assert any(NOTE.encode() in one and b"Signed" in one for one in told)
    (score,) = of_kind(made, "Observation")
    assert score["valueInteger"] == 9
    assert [one.get("valueInteger") for one in score["component"]] == [1] * 9 + [None]
    (plan,) = of_kind(made, "CarePlan")
    assert len(plan["goal"]) == len(of_kind(made, "Goal")) == 2
    assert "Chose both objectives" in plan["description"]
    assert of_kind(made, "Patient")[0]["birthDate"] == "1990-04-03"
    assert of_kind(made, "Condition")[0]["code"]["coding"][0]["code"] == "F41.1"


def normal(told: Any) -> Any:
    """Without what says the same otherwise: how a time writes its offset."""
    if isinstance(told, dict):
        return {name: normal(one) for name, one in told.items()}
    if isinstance(told, list):
        return [normal(one) for one in told]
    if isinstance(told, str) and len(told) >= 20 and told[4:5] == "-" and told[10:11] == "T":
        return datetime.fromisoformat(told)
    return told


def referred(told: Any) -> Iterator[str]:
    if isinstance(told, dict):
        if isinstance(told.get("reference"), str):
            yield told["reference"]
        for one in told.values():
            yield from referred(one)
    elif isinstance(told, list):
        for one in told:
            yield from referred(one)


def test_what_is_withheld_or_not_theirs_is_in_no_copy(gate: Gate, now: datetime, records: Records) -> None:
    kept = signed_note(gate, people(), now, 7, "Zqxwvkept", days_ago=4)
    decide_sharing(gate, people().ada, FERN, now=now, kind="note", record_id=kept, is_shown=False, ground="danger",
                   why="W")  # fmt: skip
    made = as_fhir(gate, now)
    assert len(of_kind(made, "Encounter")) == 1
    assert not any(b"Zqxwvkept" in words(one) for one in of_kind(made, "DocumentReference"))
    pages = PdfReader(io.BytesIO(own_packet(gate, in_care(), FERN, now=now).content)).pages
    printed = "\n".join(page.extract_text() for page in pages)
    assert NOTE in printed
    assert "Zqxwvkept" not in printed
    for copy in (own_bundle, own_packet):
        with pytest.raises(NotFound):
            copy(gate, in_care(MOSS), FERN, now=now)
        with pytest.raises(NotFound):
            copy(gate, people().ada, FERN, now=now)
    assert events(gate.store).count(("own_chart.taken", "shown")) == 2
    assert disclosures_of(gate, people().compliance, FERN, now=now).lines == ()


def test_part_2_is_labelled_and_goes_by_no_link_that_does_not_open_it(
    gate: Gate, now: datetime, records: Records
) -> None:
    marked(gate, people().ada, now, records.note)
    (note,) = of_kind(as_fhir(gate, now), "DocumentReference")
    assert note["meta"]["security"][0]["code"] == "42CFRPart2"
    parent = proxy_of(gate, in_force(gate, now, FERN, **FOR_AN_ADULT))
    theirs = as_fhir(gate, now, parent)
    assert of_kind(theirs, "CarePlan")
    for kind in ("DocumentReference", "Encounter", "Condition", "MedicationStatement"):
        assert not of_kind(theirs, kind)
    chart_alone = proxy_of(gate, in_force(gate, now, FERN, **FOR_AN_ADULT, scopes=("chart",), given_name="Alder"))
    record_alone = proxy_of(gate, in_force(gate, now, FERN, **FOR_AN_ADULT, scopes=("record",), given_name="Elm"))
    for who in (chart_alone, record_alone):
        with pytest.raises(NotFound):
            own_bundle(gate, who, FERN, now=now)


def test_the_page_reads_one_downloads_all_and_asks_for_a_change_once(
    edge: PortalEdge, gate: Gate, now: datetime, records: Records
) -> None:
    client = edge.browser_of(FERN)
    page = client.get("/portal/record")
    assert "Notes of sessions" in page.text
    assert "handed out when you ask" in page.text
    one = client.get(f"/portal/record/file?id={records.note}")
    assert one.header("Content-Disposition").startswith('attachment; filename="note-')
    assert one.header("Cache-Control") == "no-store"
    whole = client.get("/portal/record/whole?as=fhir")
    assert whole.header("Content-Type") == "application/fhir+json"
    assert json.loads(whole.text)["resourceType"] == "Bundle"
    for lost in (f"/portal/record/file?id={quote(records.document)}", "/portal/record/whole?as=xml"):
        assert client.get(lost).status == 404
    other = edge.browser_of(MOSS)
    assert other.get(f"/portal/record/file?id={records.note}").status == 404
    form = fields(client.get(f"/portal/record/amend?id={records.note}"), "/portal/record/amend")
    told = {**form, "id": records.note, "wrong": "It was Tuesday.", "why": "I was there."}
    refused = sent(client, "/portal/record/amend", {**told, "why": ""})
    assert (refused.status, "Please say why" in refused.text, "It was Tuesday." in refused.text) == (409, True, True)
    again = {**told, **fields(refused, "/portal/record/amend")}
    assert [sent(client, "/portal/record/amend", again).status for _ in range(2)] == [303, 303]
    (case,) = amendments_of(gate, people().ada, FERN, now=now).shown
    assert (case.wrong, case.about.startswith("Progress note")) == ("It was Tuesday.", True)


def test_the_notice_is_asked_for_first_and_then_no_more(edge: PortalEdge, gate: Gate, now: datetime) -> None:
    client = edge.browser_of(FERN)
    assert "/portal/notice" not in re.findall(r'<ul class="todo">.*?</ul>', client.get("/portal").text, re.DOTALL)
    publish_notice(gate, people().manager, now=now, words="One.\n\nTwo <b>.", effective_on=now.date())
    assert "confirm that you have it" in client.get("/portal").text
    page = client.get("/portal/notice")
    assert "<p>Two &lt;b&gt;.</p>" in page.text
    form = {**fields(page, "/portal/notice"), "answer": "declined"}
    assert sent(client, "/portal/notice", form).header("Location") == "/portal/notice?done=notice.noted"
    assert "confirm that you have it" not in client.get("/portal").text
    form = {**fields(client.get("/portal/notice"), "/portal/notice"), "answer": "received"}
    assert [sent(client, "/portal/notice", form).status for _ in range(2)] == [303, 303]
    assert "You have confirmed" in client.get("/portal/notice").text
