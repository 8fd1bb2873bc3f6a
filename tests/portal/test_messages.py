"""Messages on the patient's site: written once, kept as a draft, with a file that is looked at, and nobody else's."""

import dataclasses
from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import func, select

from tests.factories.messages import CANARY, stamp, wrote
from tests.factories.proxies import child, in_force, proxy_of
from tests.factories.small_practice import FERN, MOSS, events, people
from tests.portal.site import PortalEdge, ScannedEdge, form_of, sent, sent_with
from tests.web.edge import Clock, run
from workbench.actions.messaging.answer_message import answer_message
from workbench.actions.messaging.remark_on_thread import remark_on_thread
from workbench.gate.action import Gate
from workbench.kernel.settings import Settings
from workbench.messaging.thread_tables import ThreadMessage

pytestmark = pytest.mark.engines("sqlcipher")
NEW, THREAD, DRAFT, READ = (f"/portal/messages/{one}" for one in ("new", "thread", "draft", "read"))
TYPED = {"topic": "clinical", "subject": "Sleep", "text": f"I sleep badly {CANARY}"}
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 400_000


@pytest.fixture
def edge(gate: Gate, settings: Settings, now: datetime) -> Iterator[PortalEdge]:
    running = ScannedEdge(gate, dataclasses.replace(settings, port=0), Clock(now))
    stop = run(running)
    yield running
    stop()


def count(gate: Gate) -> int:
    with gate.store.reading() as session:
        return session.scalar(select(func.count()).select_from(ThreadMessage)) or 0


def test_a_message_is_sent_once_read_and_answered(edge: PortalEdge, gate: Gate) -> None:
    client = edge.browser_of(FERN)
    page = client.get(NEW)
    assert page.text.index("Not for emergencies") < page.text.index("<textarea")
    form = {**form_of(client, NEW), **TYPED}
    first, again = sent_with(client, NEW, form), sent_with(client, NEW, form)
    assert first.status == again.status == 303
    assert first.header("Location") == again.header("Location")
    assert count(gate) == 1
    thread_id = first.header("Location").partition("id=")[2].partition("&")[0]
    shown = client.get(first.header("Location"))
    assert "Your message is with the practice." in shown.text
    assert CANARY in shown.text
    remark_on_thread(gate, people().ada, thread_id, now=edge.clock(), text="REMARK-of-staff")
    answer_message(gate, people().ada, thread_id, now=edge.clock(), text="Let us talk",
                   audience=stamp(gate, people().ada, thread_id, edge.clock()))  # fmt: skip
    assert "Messages to read: 1" in client.get("/portal").text
    opened = client.get(f"{THREAD}?id={thread_id}")
    assert "Let us talk" in opened.text
    assert "Ada Byron, LCSW" in opened.text
    assert "REMARK" not in opened.text
    assert "Messages to read" in client.get("/portal").text
    assert sent(client, READ, form_of(client, f"{THREAD}?id={thread_id}", READ)).status == 303
    assert "Messages to read" not in client.get("/portal").text


def test_what_is_refused_is_shown_again_with_what_was_typed_in_both_languages(edge: PortalEdge, gate: Gate) -> None:
    client = edge.browser_of(FERN)
    for language, says in (("en", "Please choose what it is about."), ("es", "falta o es demasiado largo")):
        form = {**form_of(client, f"{NEW}?lang={language}", NEW), **TYPED, "topic": ""}
        refused = sent_with(client, f"{NEW}?lang={language}", form)
        assert refused.status == 409
        assert says in refused.text
        assert CANARY in refused.text
    assert count(gate) == 0


def test_a_draft_is_kept_without_sending_and_nobody_else_has_it(edge: PortalEdge, gate: Gate) -> None:
    client = edge.browser_of(FERN)
    form = {**form_of(client, NEW), **TYPED}
    assert sent(client, DRAFT, {**form, "quiet": "yes"}).status == 204
    assert sent(client, DRAFT, form).header("Location").endswith("messages.draft_kept")
    assert count(gate) == 0
    assert CANARY in edge.browser_of(FERN).get(NEW).text
    assert CANARY not in edge.browser_of(MOSS).get(NEW).text


def test_a_large_file_comes_with_it_and_a_lying_or_harmful_one_does_not(edge: PortalEdge, gate: Gate) -> None:
    client = edge.browser_of(FERN)
    form = {**form_of(client, NEW), **TYPED}
    for bad, says in ((b"<script>alert(1)</script>", "no file that is kept here"), (b"EVIL", "known as harmful")):
        refused = sent_with(client, NEW, form, bad)
        assert refused.status == 409
        assert says in refused.text
    assert ("file.refused", "refused") in events(gate.store)
    assert count(gate) == 0
    done = sent_with(client, NEW, {**form, "key": "another-key-of-twenty"}, PNG)
    assert done.status == 303
    link = client.get(done.header("Location")).text.partition("/portal/messages/file?id=")[2].partition('"')[0]
    got = client.get(f"/portal/messages/file?id={link}")
    assert got.body == PNG
    assert got.header("Content-Disposition").startswith("attachment")
    assert got.header("Cache-Control") == "no-store"
    assert edge.browser_of(MOSS).get(f"/portal/messages/file?id={link}").status == 404


def test_a_form_without_its_token_or_about_another_is_refused_and_a_stranger_sends_no_large_body(
    edge: PortalEdge, gate: Gate
) -> None:
    client = edge.browser_of(FERN)
    form = {**form_of(client, NEW), **TYPED}
    assert sent_with(client, NEW, {**form, "_xsrf": "made up"}).status == 403
    assert sent_with(client, NEW, {**form, "whom": MOSS}).status == 404
    assert sent_with(edge.client(), NEW, form).status in (303, 403)
    assert count(gate) == 0


def test_every_page_is_empty_of_anybody_elses_messages(edge: PortalEdge, gate: Gate, now: datetime) -> None:
    done = wrote(gate, now)
    wren = child(gate, now)
    parent = proxy_of(gate, in_force(gate, now, wren, scopes=("messages",))).person_id
    for who in (MOSS, parent):
        client = edge.browser_of(who)
        for path in ("/portal", "/portal/messages", NEW, f"{THREAD}?id={done.thread_id}"):
            for language in ("en", "es"):
                told = client.get(f"{path}{'&' if '?' in path else '?'}lang={language}")
                assert CANARY not in told.text
                assert "Sleep" not in told.text
        form = {**form_of(client, NEW), "thread": done.thread_id, "upto": "1", "text": "x"}
        for path in (DRAFT, READ):
            assert sent(client, path, form).status == 404
        assert sent_with(client, THREAD, form).status == 404


def test_no_address_of_the_site_holds_a_word_of_a_message(edge: PortalEdge, gate: Gate) -> None:
    client = edge.browser_of(FERN)
    done = sent_with(client, NEW, {**form_of(client, NEW), **TYPED})
    assert "leep" not in done.header("Location")
    assert CANARY not in done.header("Location")
