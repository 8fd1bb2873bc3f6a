"""Every cell of the table through three doors: a request, a hand-made message, and the background.

What a verb does is replaced by a probe that refuses with `Reached`, so that only the way to it is tried: who may and
who may not, with exactly one line in the log for each try.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

import panel as pn
import pytest
from sqlalchemy import select, update

from tests.access.cells import Try, golden, kinds, tries, verbs
from tests.access.subjects import key_of, person, write_subjects
from tests.web.edge import Client, Clock, Edge, run
from tests.web.hand_made import attach, change, story
from workbench.accounts.tables import SessionProof, User
from workbench.gate.action import Gate
from workbench.gate.actor import Role, SystemActor
from workbench.gate.audit import AuditRow
from workbench.gate.needs import Open
from workbench.gate.permissions import Permission
from workbench.gate.policy_rows import POLICY
from workbench.gate.table import Cell
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.settings import Settings
from workbench.web.actor import session_actor
from workbench.web.edge import visitor_of
from workbench.web.pages import SafeHandler

pytestmark = [pytest.mark.engines("sqlcipher"), pytest.mark.timeout(600)]


class Reached(WorkbenchError):
    """The verb's own body would run now."""


def probe(*_: object, **__: object) -> None:
    """In place of every body."""
    raise Reached("Reached.")


@dataclass
class Doors(Edge):
    """The edge with a page and a route that let anybody try anything: only the gate stands behind them."""

    answers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    refusals: int = 0
    looked_at: int = 0

    def subject(self, one: Try) -> str:
        """The record of a try, by its id."""
        if one.subject_id == key_of(User, one.role.value):
            return self.people[one.role.value].account.user_id
        return one.subject_id or ""

    def tried(self, actor: Any, name: str, subject_id: str | None) -> str:
        """How a try ends: the name of the refusal."""
        try:
            verbs()[name](self.gate, actor, subject_id or None, now=self.clock())
        except WorkbenchError as refusal:
            return f"{type(refusal).__name__}: {refusal}"
        return "nothing was refused"

    def page(self) -> Any:
        """One hidden field; what is written into it is tried."""
        ask = pn.widgets.TextInput(label="ask", visible=False)
        ask.param.watch(lambda event: self._try(event.new), "value")
        return pn.Column(ask)

    def _try(self, asked: str) -> None:
        name, subject_id, _ = asked.split("|")
        actor = session_actor()
        self.answers[actor.person_id].append(self.tried(actor, name, subject_id))


class Asking(SafeHandler):
    """The same by a plain request."""

    needs = Open.SIGNED_IN
    doors: ClassVar[Doors]

    def post(self, name: str, subject_id: str) -> None:
        """Try it."""
        visitor = visitor_of(self)
        assert visitor is not None
        self.finish(self.doors.tried(visitor.actor(), name, subject_id))


@pytest.fixture
def doors(gate: Gate, settings: Settings, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[Doors]:
    """A server, one person of each role, and every kind of record."""
    import dataclasses

    for verb in verbs().values():
        if verb.permission is not Permission.SIGN_IN:
            monkeypatch.setattr(verb, "body", probe)
    running = Doors(
        gate, dataclasses.replace(settings, port=0), Clock(now), extra=[(r"/ask/([a-z_]+)/([A-Za-z0-9_]*)", Asking)]
    )
    Asking.doors = running
    monkeypatch.undo()
    for role in Role:
        running.add(role.value, role)
    for verb in verbs().values():
        if verb.permission is not Permission.SIGN_IN:
            monkeypatch.setattr(verb, "body", probe)
    write_subjects(gate.store, kinds(), now)
    stop = run(running)
    yield running
    stop()


def signed_in(doors: Doors) -> dict[Role, Client]:
    """A browser for each, all of whom have just shown their factor."""
    clients = {role: doors.client(role.value) for role in Role}
    with doors.gate.store.writing() as session:
        session.execute(update(SessionProof).values(proven_at=doors.clock()))
        session.commit()
    return clients


def test_what_the_tests_expect_is_what_the_policy_says() -> None:
    expected = golden()
    assert set(expected) == set(Permission)
    for permission, grants in POLICY.items():
        said = {role: grant.cell for grant in grants for role in grant.roles if grant.cell is not Cell.BREAK_GLASS}
        held = {role: cell for role, cell in expected[permission].items() if cell is not Cell.DENIED}
        assert said == held, permission


def test_every_cell_by_a_request(doors: Doors) -> None:
    clients = signed_in(doors)
    token = {role: client.form_token() for role, client in clients.items()}
    before = lines(doors)
    wrong = []
    asked = [one for one in tries() if verbs()[one.verb].permission is not Permission.SIGN_IN]
    for one in asked:
        answer = clients[one.role].post(f"/ask/{one.verb}/{doors.subject(one)}", {}, xsrf=token[one.role])
        wrong += judged(one, answer.text)
    assert not wrong, "\n".join(wrong)
    assert lines(doors) - before == len(asked)


def test_every_cell_by_a_hand_made_message(doors: Doors) -> None:
    clients = signed_in(doors)
    asked = [one for one in tries() if verbs()[one.verb].permission is not Permission.SIGN_IN]
    before = lines(doors)

    async def by(role: Role) -> list[str]:
        socket = await attach(clients[role])
        ask, wrong = (await socket.models())["ask"], []
        answers = doors.answers[person(role)]
        for number, one in enumerate(mine for mine in asked if mine.role is role):
            await socket.patch(change(ask, "value", f"{one.verb}|{doors.subject(one)}|{number}"))
            while len(answers) == number:  # Panel collects what is typed for 50 ms
                await asyncio.sleep(0.002)
            wrong += judged(one, answers[-1])
        return wrong

    async def attack() -> list[str]:
        return [told for wrong in await asyncio.gather(*map(by, clients)) for told in wrong]

    wrong = story(attack())
    assert not wrong, "\n".join(wrong)
    assert lines(doors) - before == len(asked)


def test_every_verb_in_the_background_needs_its_permission_by_name(doors: Doors) -> None:
    everything = frozenset(Permission)
    first = {one.verb: one.subject_id for one in reversed(list(tries()))}
    for name, verb in verbs().items():
        if verb.permission is Permission.SIGN_IN:
            continue
        target = first[name]
        named = SystemActor("night", frozenset({verb.permission}))
        others = SystemActor("night", everything - {verb.permission})
        before = lines(doors)
        assert doors.tried(named, name, target).startswith("Reached"), name
        assert doors.tried(others, name, target).startswith(("NotAllowed", "NotFound")), name
        assert lines(doors) - before == 2


def test_a_foreign_record_and_none_at_all_are_told_the_same(doors: Doors) -> None:
    clients = signed_in(doors)
    token = {role: client.form_token() for role, client in clients.items()}
    for one in tries():
        if one.may or one.subject_id is None or verbs()[one.verb].permission is Permission.SIGN_IN:
            continue
        client, form = clients[one.role], token[one.role]
        foreign = client.post(f"/ask/{one.verb}/{one.subject_id}", {}, xsrf=form)
        nobody = client.post(f"/ask/{one.verb}/{one.subject_id[:4]}nowhere", {}, xsrf=form)
        assert (foreign.status, foreign.body) == (nobody.status, nobody.body), one


def judged(one: Try, told: str) -> list[str]:
    """What is wrong about how a try ended."""
    kind = told.partition(":")[0]
    right = kind == "Reached" if one.may else kind in ("NotAllowed", "NotFound")
    return [] if right else [f"{one.role} {one.verb} {one.target}: {told!r}, expected {one.may}"]


def lines(doors: Doors) -> int:
    """How many refusals the log holds, after looking that each that was not looked at yet says who, what and why."""
    newer = select(AuditRow).where(AuditRow.event == "action.refused", AuditRow.seq > doors.looked_at)
    with doors.gate.store.reading() as read:
        rows = read.scalars(newer.order_by(AuditRow.seq)).all()
    for row in rows:
        said = json.loads(row.body)
        assert said["actor"]
        assert said["permission"]
        assert said["facts"]["why"] in ("Reached", "NotAllowed", "NotFound")
        doors.looked_at = row.seq
    doors.refusals += len(rows)
    return doors.refusals
