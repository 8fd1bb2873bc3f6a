"""The table of what each role may do (`permissions.csv`): 71 acts by 11 roles, one letter a cell. It is the policy.

Acts a to e are the practice's own, x those every product has. Changing a cell changes what people may do at once.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from workbench.gate.actor import Role

FILE: Final = Path(__file__).parent / "permissions.csv"


class Cell(StrEnum):
    """How far a role holds an act. The letters are those of the file."""

    EVERYWHERE = "Y"
    CARE_TEAM = "P"
    SUPERVISEES = "S"
    OWN = "U"
    PROXY = "X"
    COLUMNS = "C"
    READ = "R"
    SAMPLE = "D"
    VERIFIED = "V"
    ASK = "Q"
    APPROVE = "A"
    BREAK_GLASS = "B"
    SHARE = "K"
    DENIED = "-"


MEANINGS: Final[Mapping[Cell, str]] = {
    Cell.EVERYWHERE: "the whole practice",
    Cell.CARE_TEAM: "people on whose care team one is that day",
    Cell.SUPERVISEES: "people in the care of those one supervises that day",
    Cell.OWN: "one's own only",
    Cell.PROXY: "the people one stands in for, within the link's scope",
    Cell.COLUMNS: "fewer columns: the least that the work needs",
    Cell.READ: "read, never change",
    Cell.SAMPLE: "the sample named in a dated engagement",
    Cell.VERIFIED: "after an identity check that is written down",
    Cell.ASK: "may ask; somebody else approves",
    Cell.APPROVE: "may approve what somebody else asked for, never about oneself",
    Cell.BREAK_GLASS: "in an emergency: one chart, one hour, reviewed by another",
    Cell.SHARE: "holds a share of the key",
    Cell.DENIED: "no",
}

COLUMNS: Final[Mapping[str, Role]] = {
    "OWN": Role.OWNER,
    "MGR": Role.MANAGER,
    "CLN": Role.CLINICIAN,
    "SUP": Role.SUPERVISOR,
    "BIL": Role.BILLER,
    "FD": Role.FRONT_DESK,
    "CO": Role.COMPLIANCE,
    "AUD": Role.AUDITOR,
    "IT": Role.IT,
    "PAT": Role.PATIENT,
    "PRX": Role.PROXY,
}


@dataclass(frozen=True)
class Act:
    """One row: what is done, and how far each role may."""

    code: str
    what: str
    cells: Mapping[Role, Cell]

    def roles(self, cell: Cell) -> frozenset[Role]:
        """The roles with this letter."""
        return frozenset(role for role, held in self.cells.items() if held is cell)


@cache
def acts() -> Mapping[str, Act]:
    """The table, by the code of its rows, in the file's order."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["act"]: Act(row["act"], row["what"], {role: Cell(row[name]) for name, role in COLUMNS.items()})
            for row in csv.DictReader(file)
        }
