"""What is to be in the practice, before it is rows: people and places, visits, all drawn from one seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from workbench.demo.insurers import Insurer
from workbench.demo.sizes import Size
from workbench.kernel.money import Cents
from workbench.people.tables import PatientDetails, StaffDetails
from workbench.scheduling.tables import AttendanceStatus
from workbench.store.vault import Vault

# Base32 has no 0, 1, 8 or 9; five times as fast as encoding, and a large practice needs six million ids.
_NO_SUCH_LETTERS = str.maketrans("0189", "wxyz")


class Draw(Random):
    """The one source of chance, and of ids that come again with the same seed."""

    def id(self, prefix: str) -> str:
        """An id of the form of `new_id`. Not for a real practice: whoever knows the seed knows the ids."""
        return f"{prefix}_{f'{self.getrandbits(104):026x}'.translate(_NO_SUCH_LETTERS)}"


@dataclass(frozen=True)
class Setting:
    """When and where: everything is drawn around `now`."""

    size: Size
    now: datetime
    today: date
    zone: ZoneInfo
    seed: int


@dataclass(frozen=True)
class Kind:
    """A type of appointment with its code and fee."""

    id: str
    name: str
    minutes: int
    code: str
    fee: Cents


@dataclass(frozen=True)
class Clinician:
    """Who sees clients. days: weekdays worked, Monday 0. signs_within: hours in which half of the notes are signed."""

    id: str
    details: StaffDetails
    days: tuple[int, ...]
    weekly_hours: int
    sessions: int
    signs_within: float
    started_on: date


@dataclass(frozen=True)
class Client:
    """A person in care with their habits.

    insurer: None pays for themselves. cancels, misses: chances for one visit. is_remote: seen by video.
    """

    id: str
    number: int
    details: PatientDetails
    clinician: Clinician
    insurer: Insurer | None
    member_number: str
    coverage_id: str
    copay: Cents
    kind: Kind
    diagnoses: tuple[str, ...]
    cancels: float
    misses: float
    is_remote: bool
    registered_at: datetime
    last_on: date


class Visit(NamedTuple):
    """One client's appointment and how it went."""

    id: str
    attendance_id: str
    client: Client
    kind: Kind
    starts_at: datetime
    ends_at: datetime
    booked_at: datetime
    status: AttendanceStatus
    service_on: date

    @property
    def place_code(self) -> str:
        """Place of service: the client's home by video, or the office."""
        return "10" if self.client.is_remote else "11"


@dataclass(frozen=True)
class Staff:
    """Somebody who works here and sees nobody. role: the value of the role they hold."""

    id: str
    details: StaffDetails
    role: str
    started_on: date


@dataclass(frozen=True)
class Plan:
    """The whole practice. Visits are in the order of their start."""

    setting: Setting
    practice_id: str
    office_id: str
    video_id: str
    kinds: Sequence[Kind]
    clinicians: Sequence[Clinician]
    staff: Sequence[Staff]
    clients: Sequence[Client]
    visits: Sequence[Visit]


@dataclass(frozen=True)
class Making:
    """A plan on its way into a store.

    accounts: the account of each clinician by id, of the others by their role.
    unwritten, drafts: visits whose note is still to be written, and still to be signed.
    """

    plan: Plan
    vault: Vault
    draw: Draw
    accounts: Mapping[str, str]
    unwritten: frozenset[str] = frozenset()
    drafts: frozenset[str] = frozenset()
