"""What the rail asks of the waitlist all the time, so it is not written down: how many to ask. And what has lapsed."""

from datetime import datetime

from sqlalchemy import func, select

from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.gate.permissions import Permission
from workbench.gate.policy import patients_within_reach
from workbench.gate.relations import Moment
from workbench.kernel.time import day_of
from workbench.scheduling.waitlist_tables import WaitlistEntry, WaitlistWord
from workbench.scheduling.wishes import has_lapsed, patience_now


def waits_to_ask(gate: Gate, actor: Actor, *, now: datetime) -> int:
    """Of how many who wait, within reach, nothing was heard for so long that somebody asks them. A count, no names."""
    heard = (
        select(WaitlistWord.entry_id, func.max(WaitlistWord.said_at).label("at"))
        .group_by(WaitlistWord.entry_id)
        .subquery()
    )
    query = select(func.count()).select_from(WaitlistEntry).join(heard, heard.c.entry_id == WaitlistEntry.id)
    reach = patients_within_reach(Permission.SEE_WAITLIST, actor, Moment(now, day_of(now, gate.zone)))
    if reach is not None:
        query = query.where(WaitlistEntry.patient_id.in_(reach))
    with gate.store.reading() as session:
        since = now - patience_now(session).ask
        return int(session.scalar(query.where(WaitlistEntry.ended_at.is_(None), heard.c.at <= since)) or 0)


def unheard_waits(gate: Gate, *, now: datetime) -> tuple[str, ...]:
    """The ids of the waits that have lapsed, for the work of the night."""
    with gate.store.reading() as session:
        if patience_now(session).lapse is None:
            return ()
        waiting = session.scalars(
            select(WaitlistEntry).where(WaitlistEntry.ended_at.is_(None)).order_by(WaitlistEntry.id)
        )
        return tuple(one.id for one in waiting.all() if has_lapsed(session, one, now))
