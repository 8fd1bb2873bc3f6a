"""The line above every page while an emergency opening runs: there at once, on every page, and gone when it is over."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from markupsafe import Markup

from dashboards.emergency_desk import emergency_sign
from dashboards.own_account import notices_of
from dashboards.parts.message import Message
from dashboards.parts.replies import Done
from dashboards.parts.running_sign import RunningSign, SignPlace
from dashboards.person import Person
from tests.factories.emergency import account, fresh, opened
from tests.factories.small_practice import MOSS, open_practice, people
from workbench.accounts.tables import AccountNotice
from workbench.gate.actor import Role
from workbench.gate.errors import NotAllowed, NotFound

WHO = people()


@pytest.fixture
def ben(gate, store, now):
    open_practice(store, now)
    account(store, now, "ben", Role.CLINICIAN)
    account(store, now, "compliance", Role.COMPLIANCE)
    return fresh(WHO.ben, now)


def test_it_says_which_file_until_when_and_how_long_and_names_nobody(gate, ben, now):
    clock = [now]
    sign = emergency_sign(Person(gate, lambda: ben, lambda: clock[0]), "/app")
    assert sign.drawn() == ""
    opening = opened(gate, ben, now)
    shown = str(sign.drawn())
    assert "file 1002" in shown
    assert "60 minutes left" in shown
    assert f"/app/emergency/{opening.opening_id}" in shown
    assert "Moss" not in shown
    assert MOSS not in shown
    clock[0] = now + timedelta(minutes=59, seconds=1)
    assert "1 minute left" in str(sign.drawn())
    clock[0] = now + timedelta(minutes=60)
    assert sign.drawn() == ""


def test_its_button_closes_the_persons_own_opening_from_any_page(gate, ben, now):
    sign = emergency_sign(Person(gate, lambda: ben, lambda: now), "/app")
    opening = opened(gate, ben, now)
    close = sign.verbs["sign.close_emergency"]
    stranger = emergency_sign(Person(gate, lambda: fresh(WHO.compliance, now), lambda: now), "/app")
    with pytest.raises(NotFound):
        stranger.verbs["sign.close_emergency"](Message("", {"id": (opening.opening_id,)}, "k" * 8, 1))
    assert close(Message("", {"id": (opening.opening_id,)}, "k" * 8, 1)) == Done("Closed")
    assert sign.drawn() == ""


def test_who_opens_no_charts_has_no_sign_and_no_verb(gate, ben, now):
    sign = emergency_sign(Person(gate, lambda: replace(ben, roles=frozenset({Role.BILLER})), lambda: now), "/app")
    assert (sign.drawn(), sign.verbs) == ("", {})


def test_what_is_told_of_an_emergency_leads_to_the_emergencies(gate, store, ben, now):
    opened(gate, ben, now)
    with store.reading() as session:
        assert session.query(AccountNotice).filter_by(user_id="usr_compliance").count() == 1
    told = notices_of(Person(gate, lambda: WHO.compliance, lambda: now))
    assert [one.path for one in told] == ["/emergency"]


def test_the_line_is_placed_when_it_changes_and_taken_away_when_nobody_may_ask():
    placed: list[str] = []
    says: list[Markup | Exception] = [Markup("a"), Markup("a"), NotAllowed("gone"), Markup("b"), ValueError("x")]

    def drawn() -> Markup:
        said = says.pop(0)
        if isinstance(said, Exception):
            raise said
        return said

    async def story() -> None:
        place = SignPlace(RunningSign(drawn), placed.append)
        for _ in range(5):
            await place.look()

    asyncio.run(story())
    assert placed == ["a", "", "b"]
