"""Where the gateway of texts posts: only what it signed is heard, and no page of ours or another's can post there."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from dashboards.hearing import PATH, hearing_route
from tests.actions.messaging.reminding import Reminding
from tests.factories.small_practice import FERN, every_row, people
from tests.jobs.text_gateway import ACCOUNT, TOKEN
from tests.web.edge import Answer, Edge
from workbench.messaging.tables import Channel
from workbench.messaging.texts import TextGateway
from workbench.screens.contact_consent import contact_consent

pytestmark = pytest.mark.engines("sqlcipher")
GATEWAY = TextGateway("127.0.0.1", 80, ACCOUNT, TOKEN, "+15550100100", is_tls=False)
ORIGIN = "https://office.example.test"
FORM = {"From": "+15550100123", "To": "+15550100100", "Body": "Stop texting me, please", "MessageSid": "SM1"}


@pytest.fixture
def extra(gate: Any) -> list[Any]:
    return [hearing_route(gate, GATEWAY.signed, ORIGIN)]


@pytest.fixture
def signed_paths() -> frozenset[str]:
    return frozenset({PATH})


def post(edge: Edge, form: dict[str, str], signature: str | None = None, **headers: str) -> Answer:
    given = GATEWAY.signed(f"{ORIGIN}{PATH}", form) if signature is None else signature
    return edge.client().ask("POST", PATH, urlencode(form), Origin="", X_Twilio_Signature=given, **headers)


def may_text(edge: Edge) -> bool:
    return not contact_consent(edge.gate, people().desk, FERN, now=edge.clock())[Channel.TEXT].why_not


@pytest.fixture
def reminding(edge: Edge) -> Reminding:
    made = Reminding(edge.gate, edge.clock())
    made.consent(channel="text")
    return made


def test_the_signature_is_the_one_the_gateway_documents() -> None:
    # Its own example of an address and fields, with the token it gives there.
    example = TextGateway("x", 443, "AC", "12345", "+1")
    form = {"CallSid": "CA1234567890ABCDE", "Caller": "+12349013030", "Digits": "1234", "From": "+12349013030",
            "To": "+18005551212"}  # fmt: skip
    assert example.signed("https://mycompany.com/myapp.php?foo=1&bar=2", form) == "0/KCTR6DLpKmkAf8muzZqo1nDgQ="


def test_a_stop_that_is_signed_is_heard_and_a_word_is_answered(edge: Edge, reminding: Reminding) -> None:
    del reminding
    said = {**FORM, "Body": "Am I right for <b>10</b>?"}
    answer = post(edge, said)
    assert (answer.status, answer.header("content-type")) == (200, "text/xml; charset=utf-8")
    assert "Please call the office" in answer.text
    assert "<b>" not in answer.text
    assert may_text(edge)
    answer = post(edge, FORM)
    assert (answer.status, "<Message>" in answer.text) == (200, False)
    assert not may_text(edge)


@pytest.mark.parametrize("signature", ["", "x", "0/KCTR6DLpKmkAf8muzZqo1nDgQ=", "schön"])
def test_what_is_not_signed_is_nowhere(edge: Edge, reminding: Reminding, signature: str) -> None:
    del reminding
    before = every_row(edge.gate.store)
    assert post(edge, FORM, signature).status == 404
    other = GATEWAY.signed(f"{ORIGIN}{PATH}", {**FORM, "Body": "hello"})
    assert post(edge, FORM, other).status == 404
    assert every_row(edge.gate.store) == before
    assert may_text(edge)


def test_elsewhere_a_missing_origin_is_refused_as_ever(edge: Edge, reminding: Reminding) -> None:
    del reminding
    signature = GATEWAY.signed(f"{ORIGIN}{PATH}", FORM)
    answer = edge.client().ask("POST", "/sign-in", urlencode(FORM), Origin="", X_Twilio_Signature=signature)
    assert answer.status == 403
    assert edge.client().get(PATH).status in (404, 405)


def test_no_word_and_no_number_reaches_the_log(
    edge: Edge, reminding: Reminding, caplog: pytest.LogCaptureFixture, now: datetime
) -> None:
    del reminding, now
    post(edge, FORM)
    post(edge, FORM, "x")
    assert "5550100123" not in caplog.text
    assert "texting" not in caplog.text
