"""The template environment: everything is escaped, undefined names are errors, times are the practice's."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboards.parts.icons import icon, sprite
from dashboards.parts.sparkline import sparkline
from workbench.kernel.money import dollars
from workbench.kernel.time import wall_clock

TEMPLATES = Path(__file__).parent.parent / "templates"


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def clock(instant: datetime, zone: ZoneInfo) -> str:
    """How a person reads the time of day of an instant: `2:30 pm`."""
    return wall_clock(instant.astimezone(zone))


def their_clock(instant: datetime, their_zone: str, zone: ZoneInfo) -> str:
    """The time of day where somebody else lives: `11:30 am for them (PDT)`; "" where their clock shows the same."""
    if not their_zone:
        return ""
    theirs = instant.astimezone(ZoneInfo(their_zone))
    if theirs.utcoffset() == instant.astimezone(zone).utcoffset():
        return ""
    return f"{wall_clock(theirs)} for them ({theirs.tzname()})"


def day(on: date | datetime, zone: ZoneInfo | None = None) -> str:
    """How a person reads a day: `Mon, Mar 9, 2026`. An instant needs the practice's zone."""
    if isinstance(on, datetime):
        if zone is None:
            raise TypeError("An instant is on different days in different zones: day(instant, zone).")
        on = on.astimezone(zone).date()
    return f"{on:%a, %b} {on.day}, {on.year}"


def day_and_clock(at: datetime, zone: ZoneInfo) -> str:
    """How a person reads an instant of the weeks to come: `Mon, Mar 9, 2:30 pm`."""
    local = at.astimezone(zone)
    return f"{local:%a, %b} {local.day}, {clock(at, zone)}"


def instant(at: datetime, zone: ZoneInfo) -> str:
    """How a person reads an instant: `Mar 9, 2026, 2:30 pm`."""
    local = at.astimezone(zone)
    return f"{local:%b} {local.day}, {local.year}, {clock(at, zone)}"


def time_tag(at: datetime, zone: ZoneInfo) -> Markup:
    """An instant as a `<time>` that machines read too."""
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(), instant(at, zone))


def percent(part: float | None, digits: int = 0) -> str:
    """A share of one as a person reads it: `0.875` is `88 %`; none is a dash."""
    return "–" if part is None else f"{part * 100:.{digits}f}%"


def counted(count: int, noun: str) -> str:
    """How many of what: `1 claim payment`, `1,204 claim payments`."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def age(since: datetime, now: datetime) -> str:
    """How long something has waited: `today`, `1 day`, `12 days`."""
    days = (now - since).days
    return "today" if days < 1 else counted(days, "day")


def phone(digits: str) -> str:
    """A number as people read it: `555-010-0123`; one that is not of ten digits as it is."""
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}" if len(digits) == 10 else digits


def initials(name: str) -> str:
    """At most two letters that stand for a name: `Dana Whitfield, LCSW` is `DW`."""
    words = [word for word in name.split(",")[0].split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


def in_groups(items: Iterable[Any], attribute: str) -> list[tuple[Any, list[Any]]]:
    """The items by one attribute, groups and items in the order they came."""
    groups: dict[Any, list[Any]] = {}
    for item in items:
        groups.setdefault(getattr(item, attribute), []).append(item)
    return list(groups.items())


def boot(docs: Iterable[Any], **facts: str) -> Markup:
    """What the script needs to connect, as JSON that cannot end its own element."""
    text = json.dumps({**facts, "items": [item.to_json() for item in docs]})
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704


def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
    )
    env.filters.update(
        money=dollars,
        clock=clock,
        day=day,
        instant=instant,
        time_tag=time_tag,
        percent=percent,
        age=age,
        phone=phone,
        initials=initials,
        in_groups=in_groups,
    )
    env.globals.update(icon=icon, sprite=sprite, sparkline=sparkline, boot=boot)
    env.globals["ui"] = env.get_template("parts/kit.html").module
    return env


ENVIRONMENT = _environment()


def render(template: str, **words: Any) -> Markup:
    """A template of `dashboards/templates` filled in. Every value is escaped unless a template made it."""
    return Markup(ENVIRONMENT.get_template(template).render(**words))  # noqa: S704 - autoescape is on
