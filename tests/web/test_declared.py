"""A route, a page or a job that says of no permission whether it needs it stops the server; what it says is kept."""

from datetime import datetime
from typing import Any, cast

import pytest
from markupsafe import Markup

from dashboards.parts.page import Page
from dashboards.person import Person
from tests.web.edge import Clock, Edge
from workbench.actions.operations.retry_job import retry_job
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role
from workbench.gate.errors import NotFound
from workbench.gate.needs import Open, Undeclared, meets
from workbench.gate.permissions import Permission
from workbench.jobs.handlers import Handler
from workbench.jobs.runner import NoPermission, Runner
from workbench.web.pages import SafeHandler
from workbench.web.server import _accepted


class Silent(SafeHandler):
    """Says nothing."""


class ForBillers(SafeHandler):
    """A download that only who sees claims may have."""

    needs = Permission.SEE_CLAIMS

    def get(self) -> None:
        """The file."""
        self.finish("the file")


@pytest.fixture
def extra() -> list[Any]:
    return [(r"/file", ForBillers)]


def test_a_route_that_declares_nothing_stops_the_start() -> None:
    with pytest.raises(Undeclared, match="Silent"):
        _accepted([(r"/silent", Silent)])
    assert _accepted([(r"/file", ForBillers)]) == [(r"/file", ForBillers)]


def test_a_page_that_declares_nothing_cannot_even_be_imported() -> None:
    with pytest.raises(Undeclared, match="Forgetful"):

        class Forgetful(Page):
            """Forgot."""


def test_a_job_that_declares_nothing_stops_the_runner(gate: Gate, now: datetime) -> None:
    handler = Handler("idle", frozenset(), lambda job: None)
    with pytest.raises(NoPermission):
        Runner(gate, [handler], clock=Clock(now), name="test").check()


@pytest.mark.engines("sqlcipher")
def test_a_route_is_not_there_for_whose_role_it_is_not(edge: Edge) -> None:
    assert edge.client("bob").get("/file").text == "the file"
    foreign, nowhere = edge.client("alice").get("/file"), edge.client("alice").get("/nowhere")
    assert (foreign.status, foreign.body) == (nowhere.status, nowhere.body) == (404, nowhere.body)
    assert edge.client().get("/file").header("location") == "/sign-in?next=%2Ffile"


def test_a_page_closes_when_the_role_goes(gate: Gate, now: datetime, biller: Actor) -> None:
    class Claims(Page):
        """For billers."""

        needs = Permission.SEE_CLAIMS

        def render(self) -> Markup:
            return Markup("<h1>Claims</h1>")

    held = [biller]
    person = Person(gate, lambda: held[0], Clock(now))
    page = Claims()
    person.enter(page)
    held[0] = Actor(biller.user_id, biller.person_id, frozenset({Role.IT}))
    with pytest.raises(NotFound):
        person.enter(page)


def test_what_is_open_is_open_to_everybody_and_a_permission_to_those_who_hold_it(actor: Any) -> None:
    roles = {role for role in Role if meets(Permission.RETRY_JOB, cast(Actor, actor(role)))}
    assert roles == {Role.OWNER, Role.MANAGER, Role.IT}
    assert all(meets(word, actor(Role.PATIENT)) for word in Open)
    assert retry_job.permission is Permission.RETRY_JOB
