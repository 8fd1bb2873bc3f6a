"""Draws who waits for another time: some of those in care, each with what they could take."""

from datetime import datetime, timedelta
from typing import Final

from workbench.demo.plan import Client, Draw, Making
from workbench.demo.rows import Batch, Row
from workbench.scheduling.waitlist import EVERY_DAY, Place, packed
from workbench.scheduling.waitlist_tables import WaitlistEntry, WaitlistWord

OF_EACH: Final = 3
"""Who waits, of the clients of one clinician."""
_CLOCK: Final = ((0, 1440), (0, 1440), (480, 720), (720, 1080), (960, 1200))


def waitlist_rows(making: Making, draw: Draw) -> Batch:
    """Entries with one word each; some have not said for long that they still wait."""
    entries, words = [], []
    for clinician in making.plan.clinicians:
        seen = [one for one in making.plan.clients if one.clinician is clinician and _still_comes(one, making)]
        for client in draw.sample(seen, min(OF_EACH, len(seen))):
            entry_id = draw.id("wle")
            joined_at = max(making.plan.setting.now - timedelta(hours=draw.randint(30, 1_800)), client.registered_at)
            entries.append(_entry(entry_id, client, joined_at, making))
            words.append(_word(entry_id, client, joined_at, making, draw))
    return {WaitlistEntry: entries, WaitlistWord: words}


def _still_comes(client: Client, making: Making) -> bool:
    return client.last_on >= making.plan.setting.today


def _entry(entry_id: str, client: Client, joined_at: datetime, making: Making) -> Row:
    return {
        "id": entry_id, "patient_id": client.id, "type_id": client.kind.id, "joined_at": joined_at,
        "joined_by": making.accounts["front_desk"], "ended_at": None, "ended_by": "", "ended_why": "", "version": 1,
    }  # fmt: skip


def _word(entry_id: str, client: Client, said_at: datetime, making: Making, draw: Draw) -> Row:
    from_minute, until_minute = draw.choice(_CLOCK)
    days = EVERY_DAY if draw.random() < 0.5 else frozenset(draw.sample(range(5), draw.randint(2, 4)))
    return {
        "entry_id": entry_id, "nth": 1, "clinician_id": client.clinician.id if draw.random() < 0.8 else None,
        "place": draw.choice((Place.ANY, Place.ANY, Place.VIDEO if client.is_remote else Place.OFFICE)),
        "weekdays": packed(days), "from_minute": from_minute, "until_minute": until_minute, "said_at": said_at,
        "said_by": making.accounts["front_desk"],
    }  # fmt: skip
