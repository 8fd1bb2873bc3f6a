"""What the person who is signed in is called: on every page, so it is not written down. It tells them nothing new."""

from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.people.tables import Staff


def own_name(gate: Gate, actor: Actor) -> str:
    """The name on their staff record; empty for an account of nobody who works here."""
    with gate.store.reading() as session:
        row = session.get(Staff, actor.person_id)
        return row.details.shown_name if row is not None else ""
