"""Ada with an account of her own, so that a device can read her calendar."""

from datetime import datetime

from tests.actions.accounts.signing_in import sign_in
from tests.web.edge import provision
from workbench.actions.scheduling.make_feed import FeedMade, make_feed
from workbench.gate.action import Gate
from workbench.gate.actor import Actor, Role


def signed_in(gate: Gate, now: datetime, name: str = "ada", role: Role = Role.CLINICIAN) -> Actor:
    """Somebody with an account, a role and a factor shown just now."""
    return sign_in(gate, provision(gate, now, name, role), now).actor


def let_in(gate: Gate, who: Actor, now: datetime, shows: str = "busy") -> FeedMade:
    """A device."""
    return make_feed(gate, who, who.user_id, now=now, label="Telephone", shows=shows)
