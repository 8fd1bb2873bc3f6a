"""A role that ends while its person is at work: the next message of the open page is refused by the gate."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.web.edge import Edge
from tests.web.hand_made import attach, click, story
from workbench.accounts.tables import RoleGrant, User
from workbench.actions.people.add_staff_member import add_staff_member
from workbench.gate.actor import Actor, Role

pytestmark = pytest.mark.engines("sqlcipher")


def end(edge: Edge, name: str, after: timedelta) -> None:
    """The person's roles end this long from now."""
    with edge.gate.store.writing() as session:
        user = session.scalars(select(User).where(User.person_id == f"stf_{name}")).one()
        for grant in session.scalars(select(RoleGrant).where(RoleGrant.user_id == user.id)):
            grant.ended_at = edge.clock() + after
        session.commit()


@pytest.mark.parametrize("how", ["taken away", "run out"])
def test_the_next_message_of_an_open_page_is_refused(edge: Edge, how: str) -> None:
    def act(actor: Actor) -> None:
        today = edge.clock().date()
        add_staff_member(edge.gate, actor, now=edge.clock(), given_name="W", family_name="H", started_on=today)

    edge.act = act
    edge.add("mel", Role.MANAGER)

    async def work() -> None:
        socket = await attach(edge.client("mel"))
        button = (await socket.models())["hidden"]
        await socket.patch(click(button))
        edge.let_end()
        assert edge.refused == []
        if how == "taken away":
            end(edge, "mel", timedelta())
        else:
            end(edge, "mel", timedelta(minutes=5))
            edge.clock.forward(minutes=5)
        edge.server.edge.watch._seen.clear()  # as a second later
        await socket.patch(click({**button, "attributes": {**button["attributes"], "clicks": 1}}))
        edge.let_end()

    story(work())
    assert edge.pressed == ["hidden", "hidden"]
    assert edge.refused == ["NotAllowed"]
