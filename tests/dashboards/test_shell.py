"""The shell without a server: paths open pages, verbs reach them one at a time, refusals are said, nothing blocks."""

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from bokeh.document import Document
from markupsafe import Markup

from dashboards.parts.fragment import Fragment
from dashboards.parts.message import FieldProblem, Message, read_message
from dashboards.parts.navigation import Found, NavItem, Words
from dashboards.parts.page import Page
from dashboards.parts.plots import plot
from dashboards.parts.replies import LEFT, Ask, Deliver, Done, Go, Redraw, Refused, Reply
from dashboards.shell import Shell
from workbench.gate.needs import Open
from workbench.kernel.errors import WorkbenchError

NAV = (NavItem("Today", "/", "calendar", first=True), NavItem("Patients", "/patients", "users", count=lambda: 3))
WORDS = Words(practice="Maple Street", role="Front desk", ribbon="Synthetic practice")


class SlotTaken(WorkbenchError):
    """For the test."""


class Today(Page):
    """A page that does one of everything."""

    needs = Open.SIGNED_IN
    title = "Today"

    def __init__(self) -> None:
        self.loads = 0
        self.threads: set[str] = set()
        self.name = "<b>Avery</b>"
        self.inside = 0
        self.most_inside = 0

    def load(self) -> None:
        self.loads += 1

    def render(self) -> Markup:
        self.threads.add(threading.current_thread().name)
        return Markup("<h1>{}</h1><p>{}</p>").format(self.title, self.name)

    def do_book(self, message: Message) -> Reply:
        return Done(f"Booked {message.text('who')}")

    def do_slow(self, message: Message) -> Reply:
        self.inside += 1
        self.most_inside = max(self.most_inside, self.inside)
        time.sleep(0.05)
        self.inside -= 1
        return Redraw()

    def do_taken(self, message: Message) -> Reply:
        raise SlotTaken("Somebody else has just taken that time.")

    def do_field(self, message: Message) -> Reply:
        raise FieldProblem("on", "Please give a date.")

    def do_refuse(self, message: Message) -> Reply:
        return Refused("No.", {"who": "Not this one."})

    def do_bug(self, message: Message) -> Reply:
        raise RuntimeError("Avery's secret")

    def do_ask(self, message: Message) -> Reply:
        return Ask(Markup("<p>Sure?</p>"), "Really")

    def do_go(self, message: Message) -> Reply:
        return Go("/patients")

    def do_file(self, message: Message) -> Reply:
        return Deliver("a.csv", "text/csv", b"a,b\n")

    def do_path(self, message: Message) -> Reply:
        return Redraw(path="/?tab=two")

    def do_nothing(self, message: Message) -> None:
        self.name = "Rowan"


class Broken(Page):
    """A page that cannot be opened."""

    needs = Open.SIGNED_IN
    title = "Broken"

    def load(self) -> None:
        raise RuntimeError("Avery's secret")


class Closed(Page):
    """A page this person may not open."""

    needs = Open.SIGNED_IN
    title = "Closed"

    def load(self) -> None:
        raise SlotTaken("You cannot see this.")


class Patients(Page):
    """Another page."""

    needs = Open.SIGNED_IN
    title = "Patients"


class Desk:
    """A shell whose browser is a list of what it was told."""

    def __init__(self) -> None:
        self.page = Today()
        self.opened: list[str] = []
        routes = {
            "/": lambda visit: self.page,
            "/patients": lambda visit: Patients(),
            "/patients/{patient_id}": lambda visit: self.opened.append(visit.ids["patient_id"]) or Patients(),
            "/broken": lambda visit: Broken(),
            "/closed": lambda visit: Closed(),
        }
        self.shell = Shell(routes, NAV, "Dana", WORDS, base="/app", search=self.find)  # type: ignore[arg-type]
        self.told: list[dict[str, Any]] = []
        self.shell.fragment._send_msg = self.told.append  # the wire

    def find(self, query: str) -> tuple[Found, ...]:
        return (Found("Patients", "Avery", "/patients/pat_1"),)

    async def send(self, do: str, **values: str) -> None:
        seq = len(self.told) + 1
        self.shell.fragment._handle_msg({"do": do, "values": values, "key": None, "seq": seq})
        await self.settled()

    async def settled(self) -> None:
        while self.shell._tasks:
            await asyncio.gather(*self.shell._tasks)

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [one for one in self.told if one["kind"] == kind]

    @property
    def html(self) -> str:
        return str(self.shell.fragment.html)


def at_the_desk(story: Callable[[Desk], Any]) -> Desk:
    async def run() -> Desk:
        desk = Desk()
        await desk.send("shell.go", path="/")
        await story(desk)
        return desk

    return asyncio.run(run())


async def nothing_more(desk: Desk) -> None:
    """Only opened."""


def test_a_path_opens_its_page_and_marks_where_one_is() -> None:
    desk = at_the_desk(nothing_more)
    assert "<h1>Today</h1><p>&lt;b&gt;Avery&lt;/b&gt;</p>" in desk.html
    assert 'data-title="Today · Maple Street"' in desk.html
    assert 'data-view="/"' in desk.html
    assert '<a href="/app/" data-key="/" aria-current="page">' in desk.shell.fragment.regions["nav"]
    assert ">3</span>" in desk.shell.fragment.regions["nav"]
    assert "Today" in desk.shell.fragment.regions["crumbs"]


def test_a_deep_path_carries_its_opaque_id() -> None:
    desk = at_the_desk(lambda d: d.send("shell.go", path="/patients/pat_9"))
    assert desk.opened == ["pat_9"]
    assert 'href="/app/patients" data-key="/patients" aria-current="page"' in desk.shell.fragment.regions["nav"]


def test_no_page_for_a_path_is_said_plainly() -> None:
    desk = at_the_desk(lambda d: d.send("shell.go", path="/nowhere"))
    assert "There is no page here" in desk.html


def test_a_page_that_refuses_or_breaks_leaves_the_shell_standing(caplog: pytest.LogCaptureFixture) -> None:
    assert "You cannot see this." in at_the_desk(lambda d: d.send("shell.go", path="/closed")).html
    desk = at_the_desk(lambda d: d.send("shell.go", path="/broken"))
    assert "Something broke on our side" in desk.html
    assert "secret" not in desk.html + caplog.text
    assert "RuntimeError" in caplog.text


def test_a_verb_is_answered_then_loaded_and_drawn_again() -> None:
    desk = at_the_desk(lambda d: d.send("book", who="Avery"))
    assert desk.of("toast") == [{"kind": "toast", "text": "Booked Avery", "tone": "good"}]
    assert desk.of("ack")[-1]["ok"] is True
    assert desk.page.loads == 2


def test_answering_none_draws_again_without_loading() -> None:
    desk = at_the_desk(lambda d: d.send("nothing"))
    assert "Rowan" in desk.html
    assert desk.page.loads == 1


@pytest.mark.parametrize(
    ("verb", "sentence", "fields"),
    [
        ("taken", "Somebody else has just taken that time.", {}),
        ("field", "Please look at the marked field.", {"on": "Please give a date."}),
        ("refuse", "No.", {"who": "Not this one."}),
        ("unheard_of", "This page does not offer that. Please reload it.", {}),
    ],
)
def test_a_refusal_is_said_in_its_own_words_and_changes_nothing(
    verb: str, sentence: str, fields: dict[str, str]
) -> None:
    desk = at_the_desk(lambda d: d.send(verb))
    last = desk.of("ack")[-1]
    assert (last["ok"], last["sentence"], last["fields"]) == (False, sentence, fields)
    assert desk.page.loads == 1


def test_a_bug_is_logged_without_what_it_says(caplog: pytest.LogCaptureFixture) -> None:
    desk = at_the_desk(lambda d: d.send("bug"))
    assert desk.of("ack")[-1]["ok"] is False
    assert "was not done" in desk.of("ack")[-1]["sentence"]
    assert "secret" not in str(desk.told) + caplog.text


def test_methods_that_are_no_verbs_cannot_be_called() -> None:
    for verb in ("load", "render", "handle", "book.book"):
        desk = at_the_desk(lambda d, verb=verb: d.send(verb))
        assert desk.of("ack")[-1]["ok"] is False
        assert desk.page.loads == 1


def test_a_dialog_opens_and_closes_when_it_is_done() -> None:
    desk = at_the_desk(lambda d: d.send("ask"))
    assert "<p>Sure?</p>" in desk.shell.fragment.regions["dialog"]

    async def asked_and_done(d: Desk) -> None:
        await d.send("ask")
        await d.send("book", who="Avery")

    assert at_the_desk(asked_and_done).shell.fragment.regions["dialog"] == ""


def test_going_elsewhere_changes_the_address_and_the_page() -> None:
    desk = at_the_desk(lambda d: d.send("go"))
    assert desk.of("path") == [{"kind": "path", "path": "/patients", "push": True}]
    assert "Patients · Maple Street" in desk.html


def test_a_view_can_change_the_address_and_stay() -> None:
    desk = at_the_desk(lambda d: d.send("path"))
    assert desk.of("path") == [{"kind": "path", "path": "/?tab=two"}]
    assert 'data-view="/?tab=two"' in desk.html


def test_a_file_is_handed_over() -> None:
    assert at_the_desk(lambda d: d.send("file")).of("file") == [
        {"kind": "file", "name": "a.csv", "type": "text/csv", "content": "YSxiCg=="}
    ]


def test_search_answers_its_own_question() -> None:
    desk = at_the_desk(lambda d: d.send("shell.search", q="av"))
    assert desk.of("results")[-1]["q"] == "av"
    assert 'data-path="/patients/pat_1"' in desk.of("results")[-1]["html"]


def test_two_verbs_of_one_person_never_run_at_once_and_never_on_the_loop() -> None:
    async def both(d: Desk) -> None:
        for seq in (90, 91, 92):
            d.shell.receive(Message("slow", seq=seq))
        await d.settled()

    desk = at_the_desk(both)
    assert desk.page.most_inside == 1
    assert all(name.startswith("page") for name in desk.page.threads)


def test_the_event_loop_serves_others_while_a_page_works() -> None:
    beats: list[float] = []

    async def beside(d: Desk) -> None:
        async def beat() -> None:
            for _ in range(10):
                beats.append(time.monotonic())
                await asyncio.sleep(0.001)

        d.shell.receive(Message("slow", seq=90))
        await asyncio.gather(beat(), d.settled())

    at_the_desk(beside)
    assert len(beats) == 10


def test_of_two_paths_asked_for_quickly_the_last_is_shown() -> None:
    async def twice(d: Desk) -> None:
        d.shell.receive(Message("shell.go", {"path": ("/patients",)}, seq=90))
        d.shell.receive(Message("shell.go", {"path": ("/",)}, seq=91))
        await d.settled()

    assert 'data-view="/"' in at_the_desk(twice).html


def test_what_was_meant_for_one_page_never_acts_on_the_next() -> None:
    async def left(d: Desk) -> None:
        d.shell.receive(Message("shell.go", {"path": ("/patients",)}, seq=90))
        d.shell.receive(Message("book", {"who": ("Avery",)}, seq=91))
        await d.settled()

    desk = at_the_desk(left)
    (told,) = [one for one in desk.of("ack") if one["seq"] == 91]
    assert (told["ok"], told["sentence"]) == (False, LEFT.sentence)
    assert "Patients" in desk.html


def test_a_browser_that_lost_its_session_is_brought_back_to_its_path() -> None:
    desk = at_the_desk(lambda d: d.send("shell.hello", path="/patients/pat_2", theme="dark"))
    assert desk.opened == ["pat_2"]
    assert desk.shell.theme == "dark"


def test_what_was_not_escaped_by_a_template_is_not_shown() -> None:
    fragment = Fragment(lambda message: None)
    with pytest.raises(TypeError):
        fragment.draw("<b>plain</b>")  # type: ignore[arg-type]


def test_a_browser_cannot_write_what_it_was_given_to_show() -> None:
    assert Fragment(lambda message: None)._linked_properties == ()


def test_a_message_that_is_not_one_is_refused_to_its_button() -> None:
    heard: list[Message] = []
    told: list[dict[str, Any]] = []
    fragment = Fragment(heard.append)
    fragment._send_msg = told.append
    fragment._handle_msg({"do": "x" * 500, "seq": 4})
    fragment._handle_msg("nonsense")
    assert heard == []
    assert [(one["seq"], one["ok"]) for one in told] == [(4, False)]
    fragment._handle_msg({"do": "book", "seq": 5})
    assert heard == [read_message({"do": "book", "seq": 5})]


def test_what_is_drawn_while_a_browser_connects_is_sent_and_in_order() -> None:
    """Panel drops changes made then, and lets events overtake changes; a page would stay empty for good."""
    document = Document()
    fragment = Fragment(lambda message: None)
    fragment.server_doc(document)
    sent: list[str] = []
    document.on_change(lambda event: sent.append(getattr(event, "attr", None) or type(event).__name__))
    fragment.tell("ack", seq=1, ok=True)
    fragment.place(crumbs=Markup("<ol></ol>"))
    fragment.draw(Markup("<div></div>"), {"plot": plot("light")})
    assert sent == ["MessageSentEvent", "regions", "html", "slots", "panes"]
    model = document.roots[0]
    assert model.data.html == "<div></div>"
    assert len(model.data.panes) == 1
    fragment.draw(Markup("<p></p>"))
    assert model.data.panes == []
