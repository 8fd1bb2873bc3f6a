"""The page on which an invitation is used: one sentence for every refusal, and never a second account."""

import dataclasses
from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.factories.portal import invited
from tests.factories.small_practice import events
from tests.portal.site import PortalEdge, fields, sent
from tests.web.edge import Answer, Client, Clock, run
from workbench.actions.accounts.invite_to_portal import Invited
from workbench.gate.action import Gate
from workbench.kernel.settings import Settings

pytestmark = pytest.mark.engines("sqlcipher")
JOIN = "/portal/join"
REFUSED = "These details do not open an invitation."
PASSWORD = "heron slate over water"


@pytest.fixture
def edge(gate: Gate, settings: Settings, now: datetime) -> Iterator[PortalEdge]:
    running = PortalEdge(gate, dataclasses.replace(settings, port=0), Clock(now))
    stop = run(running)
    yield running
    stop()


def joined(client: Client, made: Invited, **changed: str) -> Answer:
    form = fields(client.get(JOIN), JOIN)
    given = {
        "code": made.code, "desk_word": made.desk_word, "day": "3", "month": "4", "year": "1990",
        "password": PASSWORD, "agreed": "yes", **changed,
    }  # fmt: skip
    return sent(client, JOIN, {**form, **given})


def test_it_leads_to_the_second_factor_and_opens_nothing_before(edge: PortalEdge, gate: Gate) -> None:
    client = edge.client()
    answer = joined(client, invited(gate, edge.clock()))
    assert (answer.status, answer.header("Location")) == (303, "/account/setup")
    assert client.get("/portal").header("Location") == "/account/setup"
    assert ("portal.joined", "done") in events(gate.store)


def test_every_refusal_reads_the_same(edge: PortalEdge, gate: Gate) -> None:
    made = invited(gate, edge.clock())
    client = edge.client()
    told = set()
    for changed in ({"code": "AAAA-AAAA-AAAA"}, {"desk_word": "WRONGW"}, {"year": "1991"}):
        answer = joined(client, made, **changed)
        assert answer.status == 401
        assert REFUSED in answer.text
        assert PASSWORD not in answer.text
        told.add(answer.text.count("problem"))
        edge.clock.forward(seconds=120)
    assert len(told) == 1
    assert joined(client, made).status == 303
    edge.clock.forward(seconds=120)
    assert REFUSED in joined(edge.client(), made).text


def test_what_is_missing_or_unfit_is_told_by_field_and_counts_as_no_try(edge: PortalEdge, gate: Gate) -> None:
    made = invited(gate, edge.clock())
    client = edge.client()
    for changed, words in (
        ({"agreed": ""}, "Please tick this to go on."),
        ({"month": "13"}, "Give day, month and year"),
        ({"code": ""}, "Please fill this in."),
        ({"password": "short"}, "at least 12 characters"),
        ({"password": "JoséFernández-Oak"}, "little more than a name"),
    ):
        answer = joined(client, made, **changed)
        assert answer.status in (400, 409), changed
        assert words in answer.text
        assert 'aria-invalid="true"' in answer.text
        edge.clock.forward(seconds=120)
    assert ("portal.tried", "refused") not in events(gate.store)
    assert joined(client, made).status == 303


def test_a_spanish_speaker_is_refused_in_spanish(edge: PortalEdge, gate: Gate) -> None:
    made = invited(gate, edge.clock())
    client = edge.client()
    client.cookies["lang"] = "es"
    assert "Estos datos no corresponden" in joined(client, made, year="1991").text
    edge.clock.forward(seconds=120)
    assert "Esta contraseña no sirve" in joined(client, made, password="short").text
