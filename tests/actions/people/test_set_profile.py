"""Whom clinicians take: said by owner or manager, every version kept, and times are found by the last."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from tests.actions.scheduling.waiting import OnTheList
from tests.factories.small_practice import ADA, BEN, FERN, OFFICE, VIDEO, every_row, people, put
from workbench.actions.people.set_profile import set_profile
from workbench.actions.scheduling.renew_wish import renew_wish
from workbench.claims.tables import Coverage, CoverageDetails, Payer
from workbench.gate.action import Gate
from workbench.gate.errors import NotAllowed, NotFound
from workbench.people.profile_rules import Profile, ProfileUnclear, Sought
from workbench.people.profile_tables import ClinicianProfile
from workbench.people.rules import ClinicianGone
from workbench.people.tables import Patient
from workbench.scheduling.waitlist import Place, Wish
from workbench.screens.availability import availability
from workbench.screens.booking_choices import booking_choices
from workbench.screens.open_slots import open_slots
from workbench.screens.waitlist_times import times_for

TODAY = date(2026, 3, 9)
UNTIL = TODAY + timedelta(days=1)
SPANISH = Profile(frozenset({"es", "en"}), {"NJ": UNTIL}, frozenset({"pyr_a"}))


@pytest.fixture(autouse=True)
def payers(gate: Gate) -> None:
    put(gate.store, [Payer(id="pyr_a", name="Alder Mutual", payer_number="A1"),
                     Payer(id="pyr_b", name="Birch Health", payer_number="B1")])  # fmt: skip


def say(gate: Gate, profile: Profile, now: datetime, staff_id: str = ADA) -> int:
    return set_profile(gate, people().manager, staff_id, now=now, profile=profile).nth


def found(gate: Gate, now: datetime, sought: Sought, place: Place = Place.ANY, location_id: str = "") -> set[str]:
    slots = open_slots(
        gate, people().desk, now=now, from_on=TODAY, until_on=TODAY + timedelta(days=4), minutes=50, most=400,
        sought=sought, place=place, location_id=location_id,
    )  # fmt: skip
    asked_about = (slot for slot in slots if slot.clinician_id in (ADA, BEN))  # nobody ever said what Sue takes
    return {f"{slot.clinician_id} {slot.starts_at.astimezone(gate.zone):%a}" for slot in asked_about}


def test_the_last_version_counts_and_each_is_kept(gate: Gate, now: datetime) -> None:
    for nth, profile in enumerate((SPANISH, Profile(), SPANISH), start=1):
        assert say(gate, profile, now) == nth
        shown = {one.staff_id: one.profile for one in availability(gate, people().desk, now=now).clinicians}
        assert (shown[ADA], shown[BEN]) == (profile, None)
    with gate.store.writing() as session:
        row = session.scalars(select(ClinicianProfile).where(ClinicianProfile.nth == 2)).one()
        row.languages = "de"
        with pytest.raises(DBAPIError, match="clinician_profiles_append_only"):
            session.flush()
    with gate.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(ClinicianProfile)) == 3


def test_times_are_found_by_language_payer_and_licence_of_the_day(gate: Gate, now: datetime) -> None:
    say(gate, SPANISH, now)
    say(gate, Profile(frozenset({"en"}), {"NY": date(2030, 1, 1)}, frozenset({"pyr_b"})), now, BEN)
    week = ("Mon", "Tue", "Wed", "Thu")
    assert found(gate, now, Sought("es")) == {f"{ADA} {day}" for day in week}
    assert found(gate, now, Sought(payer_id="pyr_b")) == {f"{BEN} {day}" for day in week}
    assert found(gate, now, Sought("es", payer_id="pyr_b")) == set()
    assert found(gate, now, Sought(state="NJ"), Place.VIDEO) == {f"{ADA} Mon", f"{ADA} Tue"}
    assert found(gate, now, Sought(state="NJ"), location_id=VIDEO) == {f"{ADA} Mon", f"{ADA} Tue"}
    assert len(found(gate, now, Sought(state="NJ"), location_id=OFFICE)) == 8
    assert len(found(gate, now, Sought(state="NJ"))) == 8


def test_what_can_be_asked_for_is_what_somebody_takes(gate: Gate, now: datetime) -> None:
    assert booking_choices(gate, people().desk, now=now).payers == ()
    say(gate, SPANISH, now)
    choices = booking_choices(gate, people().desk, now=now)
    assert choices.payers == (("pyr_a", "Alder Mutual"),)
    assert choices.languages == (("en", "English"), ("es", "Spanish"))


@pytest.mark.parametrize(("profile", "refusal"), [
    (Profile(frozenset({"xx"})), ProfileUnclear), (Profile(payer_ids=frozenset({"pyr_none"})), NotFound),
])  # fmt: skip
def test_what_there_is_not_changes_nothing(
    gate: Gate, now: datetime, profile: Profile, refusal: type[Exception]
) -> None:
    before = every_row(gate.store)
    with pytest.raises(refusal):
        say(gate, profile, now)
    assert every_row(gate.store) == before


def test_not_of_who_sees_nobody_here(gate: Gate, now: datetime) -> None:
    for staff_id in ("stf_desk", "stf_gone"):
        with pytest.raises(ClinicianGone):
            say(gate, SPANISH, now, staff_id)


@pytest.mark.parametrize("who", ["ada", "desk", "supervisor", "biller", "it", "compliance"])
def test_others_cannot(gate: Gate, now: datetime, who: str) -> None:
    with pytest.raises((NotFound, NotAllowed)):
        set_profile(gate, getattr(people(), who), ADA, now=now, profile=SPANISH)


def test_who_waits_is_matched_by_their_own_plan_and_state(gate: Gate, now: datetime) -> None:
    plan = Coverage(
        id="cov_1", patient_id=FERN, payer_id="pyr_b", billing_order="P", from_on=date(2026, 1, 1),
        details=CoverageDetails("000", "", None),
    )  # fmt: skip
    put(gate.store, [plan])
    with gate.store.writing() as session:
        patient = session.get_one(Patient, FERN)
        patient.details = replace(patient.details, state="NJ")
        session.commit()
    waiting = OnTheList(gate, now)

    def clinicians(wish: Wish) -> set[str]:
        renew_wish(gate, people().desk, waiting.fern, now=now, wish=wish)
        return {slot.clinician_id for slot in times_for(gate, people().desk, waiting.fern, now=now)}

    assert {ADA, BEN} <= clinicians(Wish())
    say(gate, SPANISH, now)
    assert ADA not in clinicians(Wish())
    say(gate, Profile(licences={"NY": UNTIL}), now, BEN)
    assert BEN in clinicians(Wish(place=Place.OFFICE))
    assert BEN not in clinicians(Wish(place=Place.VIDEO))
