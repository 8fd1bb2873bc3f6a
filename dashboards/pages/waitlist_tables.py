"""The lists of the waitlist's page as tables: a row each, and what can be done with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.waitlist_wish import wish_said
from dashboards.parts.html import ENVIRONMENT, age, clock, counted, day, instant, phone
from dashboards.parts.tables import Column, Look, Looks, Row, Table
from workbench.screens.waitlist import Lapsed, OfferShown, Waiting
from workbench.screens.waitlist_times import FreedTime

UI: Any = ENVIRONMENT.globals["ui"]
ANSWERS: Final = Looks(
    {
        "accepted": Look("Booked", "good", "calendar-check"),
        "declined": Look("Declined", "neutral", "circle-x"),
        "expired": Look("Ran out", "warn", "clock-alert"),
        "gone": Look("Withdrawn", "neutral", "circle-slash"),
    }
)
STANDING: Final = Looks(
    {
        "fresh": Look("Waits", "info", "hourglass"),
        "to_ask": Look("Ask again", "warn", "phone"),
        "unheard": Look("Not offered", "bad", "circle-alert"),
    }
)


def freed_key(one: FreedTime) -> str:
    """Which time it is, in a form."""
    return f"{one.clinician_id}.{int(one.span.starts_at.timestamp())}"


def waits(since: datetime, now: datetime) -> str:
    """How long somebody has waited: `waits since today`, `waits 12 days`."""
    said = age(since, now)
    return f"waits since {said}" if said == "today" else f"waits {said}"


def freed_table(freed: Sequence[FreedTime], zone: ZoneInfo, now: datetime, word: str, base: str) -> Table:
    """Times that came free, with how many could take each."""
    del word
    columns = (Column("at", "Time", leads=True), Column("with", "With"), Column("where", "Where", only_wide=True),
               Column("who", "Could take it"), Column("do", "Do", label_hidden=True))  # fmt: skip
    rows = tuple(
        Row(
            freed_key(one),
            (
                _at(one.span.starts_at, zone), one.clinician_name, one.location_name,
                f"{one.fitting[0].name}, {waits(one.fitting[0].joined_at, now)}"
                + (f", and {len(one.fitting) - 1} more" if len(one.fitting) > 1 else ""),
                UI.button("Offer…", do="open_freed", args={"id": freed_key(one)}, kind="primary", size="small"),
            ),
        )
        for one in freed
    )  # fmt: skip
    return Table("freed", "Times that came free", columns, rows, base=base, empty_title="Nothing came free for anybody",
                 empty_text="When an appointment is cancelled or moved, its time stands here with who could take it.",
                 empty_icon="calendar-clock")  # fmt: skip


def to_answer_table(offers: Sequence[OfferShown], zone: ZoneInfo, now: datetime, word: str, base: str) -> Table:
    """Open offers, with a yes and a no for each."""
    columns = (Column("who", word.capitalize(), leads=True), Column("phone", "Phone"), Column("at", "Offered time"),
               Column("until", "Stands until"), Column("do", "Do", label_hidden=True))  # fmt: skip
    rows = tuple(
        Row(
            one.offer_id,
            (
                _linked(one, base), phone(one.phone) or "none in the file",
                Markup("<span>{}<br><small class='muted'>{} · {}</small></span>").format(
                    _at(one.starts_at, zone), one.clinician_name, one.location_name
                ),
                _until(one.expires_at, now, zone),
                Markup("<span class='row tight'>{}{}</span>").format(
                    UI.button("Yes, book", do="accept", args=_act(one), kind="primary", size="small",
                              attrs={"aria-label": f"Yes, book {one.name}"}),
                    UI.button("No", do="decline", args=_act(one), size="small",
                              attrs={"aria-label": f"No from {one.name}"}),
                ),
            ),
            name=one.name,
        )
        for one in offers
    )  # fmt: skip
    return Table("to-answer", "Offers to be answered", columns, rows, base=base, empty_title="No offer is open",
                 empty_text="Offer a time that came free, or open somebody who waits.", empty_icon="phone")  # fmt: skip


def waiting_table(
    waiting: Sequence[Waiting], zone: ZoneInfo, now: datetime, word: str, base: str, *, asks: bool
) -> Table:
    """Who waits, since when, for what; or whom somebody has to ask whether they still do."""
    columns = (Column("who", word.capitalize(), leads=True), Column("for", "Waits for"), Column("wish", "Could take"),
               Column("age", "Waits", number=True), Column("said", "Said so last", only_wide=True),
               Column("state", "State"))  # fmt: skip
    rows = tuple(
        Row(
            one.entry_id,
            (
                Markup("<span>{}<br><small class='muted'>{}</small></span>").format(one.name, phone(one.phone)),
                one.type_name,
                wish_said(one.wish, one.clinician_name), age(one.joined_at, now), day(one.said_at, zone),
                Markup("{} {} {}").format(
                    UI.status(STANDING.of(one.standing)),
                    UI.badge(f"ends {day(one.lapses_at, zone)}", "warn", "timer") if asks and one.lapses_at else "",
                    UI.badge(f"{counted(one.offers, 'offer')} open", "accent", "phone") if one.offers else "",
                ),
            ),
            name=one.name,
            do="open",
        )
        for one in waiting
    )  # fmt: skip
    nobody = ("Nobody has to be asked", "Who has not said for long that they still wait is listed here.")
    none = ("Nobody waits", "Put somebody on the list here or from their file, with what they could take.")
    title, text = nobody if asks else none
    return Table("waiting", "Whom to ask" if asks else "Who waits", columns, rows, base=base, empty_title=title,
                 empty_text=text, empty_icon="hourglass")  # fmt: skip


def answered_table(offers: Sequence[OfferShown], zone: ZoneInfo, now: datetime, word: str, base: str) -> Table:
    """What was offered to whom in the last month, and what became of it."""
    del now
    columns = (Column("when", "Offered", leads=True), Column("who", word.capitalize()), Column("at", "Time"),
               Column("with", "With", only_wide=True), Column("answer", "Answer"))  # fmt: skip
    rows = tuple(
        Row(
            one.offer_id,
            (instant(one.offered_at, zone), _linked(one, base), _at(one.starts_at, zone), one.clinician_name,
             UI.status(ANSWERS.of(one.answer))),
            name=one.name,
        )
        for one in offers
    )  # fmt: skip
    return Table("answered", "Offers of the last thirty days", columns, rows, base=base,
                 empty_title="Nothing was offered",
                 empty_text="Every offer is kept with its answer, and shown here for a month.",
                 empty_icon="history")  # fmt: skip


def lapsed_table(lapsed: Sequence[Lapsed], zone: ZoneInfo, now: datetime, word: str, base: str) -> Table:
    """Waits that ended by themselves in the last month, each of which can be gone on with."""
    columns = (Column("who", word.capitalize(), leads=True), Column("for", "Waited for"),
               Column("age", "Since", only_wide=True), Column("ended", "Ended"),
               Column("do", "Do", label_hidden=True))  # fmt: skip
    rows = tuple(
        Row(
            one.entry_id,
            (
                Markup("<span>{}<br><small class='muted'>{}</small></span>").format(
                    Markup('<a href="{}/patients/{}">{}</a>').format(base, one.patient_id, one.name), phone(one.phone)
                ),
                one.type_name, age(one.joined_at, now), day(one.ended_at, zone),
                UI.button("They still wait", do="restore", args={"id": one.entry_id, "version": one.version},
                          size="small", attrs={"aria-label": f"{one.name} still waits"}),
            ),
            name=one.name,
        )
        for one in lapsed
    )  # fmt: skip
    return Table("lapsed", "Waits that ended by themselves", columns, rows, base=base,
                 empty_title="None ended by itself",
                 empty_text="Where the practice says so, a wait ends when nothing is heard for long.",
                 empty_icon="hourglass")  # fmt: skip


def _at(at: datetime, zone: ZoneInfo) -> str:
    return f"{day(at, zone)}, {clock(at, zone)}"


def _until(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    is_today = at.astimezone(zone).date() == now.astimezone(zone).date()
    return clock(at, zone) if is_today else instant(at, zone)


def _act(one: OfferShown) -> dict[str, str | int]:
    return {"id": one.offer_id, "version": one.version}


def _linked(one: OfferShown, base: str) -> Markup:
    return Markup('<a href="{}/patients/{}">{}</a>').format(base, one.patient_id, one.name)
