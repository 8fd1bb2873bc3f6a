"""Whom a clinician can take, as a form beside their hours: languages, licences by state, payers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import count, takewhile
from typing import Any, Final

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import counted, render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.replies import Ask
from workbench.screens.availability import LANGUAGES, ClinicianHours, Profile

ROWS: Final = 8
"""Licences in the form; states that somebody is licensed in are seldom more."""


@dataclass(frozen=True)
class TakesCalls:
    """The call of who says whom clinicians take."""

    set_profile: Callable[..., Any]

    def ask(self, one: ClinicianHours, payers: tuple[tuple[str, str], ...]) -> Ask:
        """As it stands."""
        profile = one.profile or Profile()
        kept = [(state, until.isoformat()) for state, until in sorted(profile.licences.items())]
        rows = kept + [("", "")] * max(ROWS - len(kept), 2)
        html = render("pages/hours_takes.html", one=one, profile=profile, licences=rows, payers=payers,
                      languages=tuple(LANGUAGES.items()))  # fmt: skip
        return flyout(f"Whom {one.name} takes", html)

    def keep(self, message: Message) -> None:
        """From now on so."""
        profile = Profile(
            frozenset(message.all("languages")), _licences(message), frozenset(message.all("payers"))
        )  # fmt: skip
        self.set_profile(message.text("id"), profile=profile, idempotency_key=message.key)


def takes_said(profile: Profile | None) -> str:
    """In a line: `English, Spanish · NJ, NY · 3 plans`."""
    if profile is None:
        return ""
    parts = (
        ", ".join(LANGUAGES[code] for code in LANGUAGES if code in profile.languages),
        ", ".join(sorted(profile.licences)),
        counted(len(profile.payer_ids), "plan") if profile.payer_ids else "",
    )
    return " · ".join(part for part in parts if part)


def _licences(message: Message) -> dict[str, date]:
    found: dict[str, date] = {}
    for number in takewhile(lambda one: f"state_{one}" in message.values, count()):
        state = message.text(f"state_{number}").upper()
        if not state:
            continue
        if state in found:
            raise FieldProblem("licences", f"{state} stands here twice.")
        if not message.text(f"until_{number}"):
            raise FieldProblem("licences", f"Until which day does the licence of {state} count?")
        found[state] = message.day(f"until_{number}")
    return found
