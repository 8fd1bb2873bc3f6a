"""Draws whom each clinician can take: a second language for some, licences that end, plans of the payers there are."""

from datetime import timedelta
from typing import Final

from workbench.demo import words
from workbench.demo.insurers import INSURERS
from workbench.demo.plan import Clinician, Draw, Making
from workbench.demo.rows import Batch, Row
from workbench.people.profile_tables import ClinicianProfile

_SECOND: Final = ("", "es", "zh", "ru", "ht")
_NEIGHBOURS: Final = ("NJ", "CT", "PA")


def profile_rows(making: Making, draw: Draw) -> Batch:
    """One version each, said when they began."""
    return {ClinicianProfile: [_row(one, making, draw) for one in making.plan.clinicians]}


def _row(one: Clinician, making: Making, draw: Draw) -> Row:
    today = making.plan.setting.today
    states = {words.STATE, *draw.sample(_NEIGHBOURS, draw.randint(0, 2))}
    licences = {state: today + timedelta(days=draw.randint(90, 730)) for state in sorted(states)}
    return {
        "id": draw.id("cpr"), "staff_id": one.id, "nth": 1,
        "languages": " ".join(sorted({"en", draw.choice(_SECOND)} - {""})),
        "licences": " ".join(f"{state}:{until.isoformat()}" for state, until in sorted(licences.items())),
        "payer_ids": " ".join(sorted(payer.id for payer in INSURERS)), "said_at": making.plan.setting.now,
        "said_by": making.accounts["manager"],
    }  # fmt: skip
