"""Draws a whole practice around one moment. The same seed and moment give the same practice."""

from datetime import datetime
from operator import attrgetter
from zoneinfo import ZoneInfo

from workbench.demo.calendar import Calendar
from workbench.demo.insurers import INSURERS
from workbench.demo.people import Clients, draw_clinicians, draw_kinds, draw_staff
from workbench.demo.plan import Draw, Plan, Setting, Visit
from workbench.demo.sizes import Size
from workbench.kernel.time import day_of

ZONE = ZoneInfo("America/New_York")


def draw_plan(size: Size, *, now: datetime, seed: int = 1) -> Plan:
    """People, places and visits of a practice of this size whose history ends at `now`."""
    draw = Draw(seed)
    setting = Setting(size, now, day_of(now, ZONE), ZONE, seed)
    kinds = draw_kinds(draw)
    clinicians, staff = draw_clinicians(draw, setting), draw_staff(draw, setting)
    clients = Clients(draw, setting, INSURERS, kinds)
    calendar = Calendar(draw, setting, clients, kinds[0])
    visits: list[Visit] = [visit for clinician in clinicians for visit in calendar.visits_of(clinician)]
    visits.sort(key=attrgetter("starts_at", "id"))
    return Plan(
        setting=setting,
        practice_id=draw.id("prc"),
        office_id=draw.id("loc"),
        video_id=draw.id("loc"),
        kinds=kinds,
        clinicians=clinicians,
        staff=staff,
        clients=clients.made,
        visits=visits,
    )
