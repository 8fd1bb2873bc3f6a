"""Who may come to stand in for a patient, for what and until when. Pure: no clock, no store."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

from workbench.gate.proxies import ProxyBasis, ProxyPerson, ProxyScope
from workbench.kernel.errors import WorkbenchError
from workbench.people.rules import phone_digits

OF_AGE_YEARS: Final = 18
"""From this birthday on no parent stands in by being a parent. A few states say 19 or 21; nobody gains by the wait."""
LONGEST: Final = timedelta(days=365)
"""How long any other right counts before somebody looks at its paper again."""
LONGEST_TEXT: Final = 200


class ProxyUnclear(WorkbenchError):
    """Some fields cannot be used as they are. `fields`: a kind sentence for each, by its name."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("Some of this cannot be used yet. Please look at the marked fields.")
        self.fields = dict(fields)


class StandsInAlready(WorkbenchError):
    """A person of this name has a link to this patient that waits or is in force."""

    def __init__(self) -> None:
        super().__init__("Somebody of this name stands in for them already, or waits to. End that link first.")


class ProxyDecided(WorkbenchError):
    """It was decided before."""

    def __init__(self) -> None:
        super().__init__("This was decided already. The page shows how.")


class ProxyEnded(WorkbenchError):
    """It has ended."""

    def __init__(self) -> None:
        super().__init__("This link has ended already, so nothing was changed.")


class AnotherDecides(WorkbenchError):
    """Whoever asked does not decide."""

    def __init__(self) -> None:
        super().__init__("You asked for this link, so somebody else decides about it.")


def of_age_on(born_on: date) -> date:
    """The eighteenth birthday; for who was born on a leap day, 1 March of a year that has none."""
    birthday = born_on + relativedelta(years=OF_AGE_YEARS)
    return birthday + timedelta(days=1) if birthday.day < born_on.day else birthday


def latest_end(basis: ProxyBasis, born_on: date, today: date) -> date:
    """The first day on which a link of this kind no longer counts, whatever is wished."""
    return of_age_on(born_on) if basis is ProxyBasis.PARENT else today + LONGEST


def checked_person(person: ProxyPerson) -> ProxyPerson:
    """The person as they are kept: no space around anything, the phone as ten digits.

    Raises:
        ProxyUnclear: with a sentence for every field that cannot be used, all at once.
    """
    tidy = ProxyPerson(
        " ".join(person.given_name.split()),
        " ".join(person.family_name.split()),
        phone_digits(person.phone),
        person.email.strip(),
        " ".join(person.seen.split()),
    )
    if problems := dict(_problems(person, tidy)):
        raise ProxyUnclear(problems)
    return tidy


def _problems(typed: ProxyPerson, tidy: ProxyPerson) -> Iterator[tuple[str, str]]:
    for name, what in (("given_name", "first name"), ("family_name", "last name")):
        if not any(letter.isalpha() for letter in getattr(tidy, name)):
            yield name, f"Please give the {what}."
    if typed.phone.strip() and len(tidy.phone) != 10:
        yield "phone", "A phone number has ten digits, such as 555 010 0123."
    if not tidy.seen:
        yield "seen", "Please say what you saw: the court order, the birth certificate, their word in person."
    for name in ("given_name", "family_name", "email", "seen"):
        if len(getattr(tidy, name)) > LONGEST_TEXT:
            yield name, f"This is longer than {LONGEST_TEXT} characters. Please shorten it."


def checked_link(
    basis: str, scopes: Collection[str], until_on: date, *, born_on: date, today: date
) -> tuple[ProxyBasis, frozenset[ProxyScope], date]:
    """What the link is by, what it opens, and the first day on which it no longer counts.

    Raises:
        ProxyUnclear: with a sentence for every field that cannot be used.
    """
    found = {}
    if basis not in set(ProxyBasis):
        found["basis"] = "Please say by which right they stand in."
    if not scopes or not set(scopes) <= set(ProxyScope):
        found["scopes"] = "Please choose at least one thing that they may open."
    if until_on <= today:
        found["until_on"] = "This day has come already. Please choose a later one."
    elif "basis" not in found and until_on > (latest := latest_end(ProxyBasis(basis), born_on, today)):
        found["until_on"] = (
            f"A parent stands in until {latest:%-d %B %Y}, the day their child comes of age."
            if basis == ProxyBasis.PARENT
            else f"At most a year, until {latest:%-d %B %Y}: then somebody looks at its paper again."
        )
    if found:
        raise ProxyUnclear(found)
    return ProxyBasis(basis), frozenset(map(ProxyScope, scopes)), until_on
