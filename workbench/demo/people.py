"""Draws the people of the practice: who works there, who pays, who comes and with which habits."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from workbench.demo import words
from workbench.demo.insurers import Insurer
from workbench.demo.plan import Client, Clinician, Draw, Kind, Setting, Staff
from workbench.kernel.money import Cents
from workbench.people.tables import PatientDetails, PracticeDetails, StaffDetails
from workbench.x12.identifiers import npi

FIRST_NUMBER = 1001
ROLES = ("owner", "manager", "biller", "front_desk", "compliance", "auditor", "it")


def draw_kinds(draw: Draw) -> tuple[Kind, ...]:
    """First visit, and the two lengths of therapy; codes by their minutes."""
    return (
        Kind(draw.id("aty"), "First visit", 60, "90791", Cents(22_000)),
        Kind(draw.id("aty"), "Therapy, 55 minutes", 55, "90837", Cents(18_000)),
        Kind(draw.id("aty"), "Therapy, 45 minutes", 45, "90834", Cents(14_500)),
    )


def address_of(role: str) -> str:
    """The address that somebody signs in with as this role, in a domain nobody can register."""
    return f"{role}@example.test"


def practice_details() -> PracticeDetails:
    """The practice as claims name it. No tax number begins with 00."""
    return PracticeDetails(
        name=words.PRACTICE, npi=npi("200000000"), tax_id="000000019", street="1 Sample Lane",
        city=words.CITY, state=words.STATE, zip_code=f"{words.ZIP_CODES[0]}0001", phone="5555550100",
    )  # fmt: skip


def draw_clinicians(draw: Draw, setting: Setting) -> tuple[Clinician, ...]:
    """Clinicians with hours, days and a pace of signing of their own. All work on today's weekday."""
    week = _week_around(setting.today.weekday())
    since = setting.today - timedelta(weeks=setting.size.weeks_back + 8)
    return tuple(_clinician(draw, setting, number, week, since) for number in range(setting.size.clinicians))


def _clinician(draw: Draw, setting: Setting, number: int, week: tuple[int, ...], since: date) -> Clinician:
    sessions = draw.randint(*setting.size.sessions)
    off = draw.choice([day for day in week if day != setting.today.weekday()])
    given, family = words.GIVEN[number % len(words.GIVEN)], words.FAMILY[(number * 37 + 5) % len(words.FAMILY)]
    # The first two are the ones to sign in as, so their addresses say what they are.
    address = address_of(("clinician", "supervisor")[number]) if number < 2 else f"{given}.{family}@example.test"
    return Clinician(
        id=draw.id("stf"),
        details=StaffDetails(
            given, family, words.CREDENTIALS[number % len(words.CREDENTIALS)],
            address.lower(), npi(f"2{10_000_000 + number:08d}"),
        ),
        days=week if sessions > 24 else tuple(day for day in week if day != off),
        weekly_hours=round(sessions * draw.uniform(1.05, 1.35)),
        sessions=sessions,
        signs_within=draw.choice((3.0, 5.0, 8.0, 20.0, 40.0)),
        started_on=since,
    )  # fmt: skip


def _week_around(today: int) -> tuple[int, ...]:
    """Five working days that hold today, so that the practice is open whenever it is shown."""
    return (0, 1, 2, 3, 4) if today < 5 else (1, 2, 3, 4, 5) if today == 5 else (6, 0, 1, 2, 3)


def draw_staff(draw: Draw, setting: Setting) -> tuple[Staff, ...]:
    """One person for each role that sees no clients."""
    since = setting.today - timedelta(weeks=setting.size.weeks_back + 8)

    def person(at: int, role: str) -> Staff:
        given, family = words.GIVEN[-1 - at], words.FAMILY[-1 - at * 53]
        return Staff(draw.id("stf"), StaffDetails(given, family, "", address_of(role)), role, since)

    return tuple(person(at, role) for at, role in enumerate(ROLES))


class Clients:
    """Hands out new clients, numbered in the order in which they are asked for."""

    def __init__(self, draw: Draw, setting: Setting, insurers: tuple[Insurer, ...], kinds: tuple[Kind, ...]) -> None:
        self._draw, self._setting, self._insurers, self._kinds = draw, setting, insurers, kinds
        self._names = self._every_name()
        self.made: list[Client] = []

    def new(self, clinician: Clinician, *, first_at: datetime, last_on: date) -> Client:
        """Somebody whose care with this clinician begins and ends then."""
        draw, number = self._draw, FIRST_NUMBER + len(self.made)
        registered = min(first_at - timedelta(days=draw.randint(2, 14)), self._setting.now - timedelta(hours=2))
        insured = draw.random() < 0.82
        client = Client(
            id=draw.id("pat"),
            number=number,
            details=self._details(number),
            clinician=clinician,
            insurer=draw.choices(self._insurers, weights=(30, 24, 20, 15, 11))[0] if insured else None,
            member_number=f"SYN{draw.randrange(10**8):08d}" if insured else "",
            coverage_id=draw.id("cov") if insured else "",
            copay=Cents(draw.choice((0, 1500, 2000, 2500, 3000, 4000)) if insured else 0),
            kind=self._kinds[1 if draw.random() < 0.6 else 2],
            diagnoses=draw.choice(words.DIAGNOSES),
            cancels=draw.betavariate(2, 18),
            misses=draw.betavariate(1.2, 20),
            is_remote=draw.random() < 0.35,
            registered_at=registered.replace(second=0, microsecond=0),
            last_on=last_on,
        )
        self.made.append(client)
        return client

    def _details(self, number: int) -> PatientDetails:
        draw = self._draw
        given, family = next(self._names)
        born = self._setting.today - timedelta(days=draw.randint(18 * 365, 78 * 365))
        return PatientDetails(
            given_name=given, family_name=family, born_on=born, pronouns=draw.choice(words.PRONOUNS),
            sex=draw.choice("FFFMMU"), phone=f"55555501{draw.randrange(100):02d}", email=f"p{number}@example.test",
            street=f"{draw.randint(1, 99)} {draw.choice(words.STREETS)}", city=words.CITY, state=words.STATE,
            zip_code=draw.choice(words.ZIP_CODES),
        )  # fmt: skip

    def _every_name(self) -> Iterator[tuple[str, str]]:
        """Every pair of names once, in an order that does not look like a list."""
        pairs = [(given, family) for family in words.FAMILY for given in words.GIVEN]
        self._draw.shuffle(pairs)
        yield from pairs
