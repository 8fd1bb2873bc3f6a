"""Looking as another role: every page of it opens on nothing, nothing is done, nothing of the practice is behind."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import event

from dashboards.preview import NoNumbers, NothingToRead, PreviewOnly, preview_person, preview_shell
from tests.factories.small_practice import every_row, open_practice
from workbench.actions.people.add_staff_member import add_staff_member
from workbench.gate.action import Gate
from workbench.gate.actor import STAFF_ROLES, Actor, Role
from workbench.gate.errors import NotFound
from workbench.screens.patient_search import search_patients
from workbench.screens.staff_directory import staff_directory
from workbench.store.nothing import empty_store

pytestmark = pytest.mark.engines("sqlcipher")


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_every_place_of_a_role_opens_without_a_look_at_the_practice(
    gate: Gate, owner: Actor, now: datetime, role: Role
) -> None:
    open_practice(gate.store, now)
    asked: list[str] = []
    event.listen(gate.store.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    person = preview_person(role, lambda: owner, gate.zone, lambda: now)
    shell = preview_shell(person, role, "Juniper Counseling", "client")
    assert shell.nav
    for place in shell.nav:
        page, drawing = shell._opened(place.path)
        assert page.title != "Something broke", place.path
        if not place.path.startswith("/numbers"):
            assert page.title != "Not available", place.path
        assert "Fern" not in drawing.html
        assert "Moss" not in drawing.html
    assert asked == []


def test_nothing_is_done_and_nobody_is_found(gate: Gate, owner: Actor, now: datetime) -> None:
    person = preview_person(Role.MANAGER, lambda: owner, gate.zone, lambda: now)
    before = every_row(person.gate.store)
    with pytest.raises(PreviewOnly):
        person.bound(add_staff_member)(given_name="W", family_name="H", started_on=now.date())
    assert every_row(person.gate.store) == before
    assert person.call(search_patients, query="fe") == ()
    assert [one.name for one in person.call(staff_directory)] == ["Nobody In Particular"]


def test_it_ends_when_the_one_who_looks_may_not_any_more(
    gate: Gate, now: datetime, actor: Callable[..., Actor]
) -> None:
    looker = [actor(Role.COMPLIANCE)]
    person = preview_person(Role.BILLER, lambda: looker[0], gate.zone, lambda: now)
    person.call(staff_directory)
    looker[0] = actor(Role.BILLER)
    with pytest.raises(NotFound):
        person.call(staff_directory)


@pytest.mark.parametrize("ask", [lambda r: r.reading(), lambda r: r.query("SELECT 1")])
def test_there_are_no_numbers(ask: Callable[[Any], Any]) -> None:
    with pytest.raises(NoNumbers):
        ask(NothingToRead())


def test_an_empty_store_is_empty_and_nobody_elses() -> None:
    one, other = empty_store(), empty_store()
    assert set(map(len, every_row(one).values())) == {0}
    assert one.vault.service_key("pepper") != other.vault.service_key("pepper")
