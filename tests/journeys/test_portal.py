"""Into the portal: invited at the desk, joined on a telephone, an appointment cancelled, who looked; two languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pyotp
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browsers import DESK, PHONE
from tests.journeys.on_a_wednesday import BEGINS
from tests.journeys.served import Opens, Served, looked_at, served_practice
from workbench.accounts.tables import User
from workbench.kernel.settings import read_settings
from workbench.people.tables import Patient
from workbench.scheduling.tables import Appointment, Attendance
from workbench.store.engine import open_store, open_vault

pytestmark = pytest.mark.timeout(240)
PASSWORD = "heron slate over water"


@dataclass(frozen=True)
class Somebody:
    """Who is booked, in time to cancel, and has no account yet."""

    patient_id: str
    given_name: str
    born_on: date


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small synthetic practice on a Wednesday morning."""
    with served_practice(tmp_path_factory.mktemp("portal") / "practice") as running:
        yield running


def somebody(served: Served) -> Somebody:
    settings = replace(read_settings(home=served.home), database_url="")
    store = open_store(settings, open_vault(settings))
    with store.reading() as session:
        booked = (
            select(Patient)
            .join(Attendance, Attendance.patient_id == Patient.id)
            .join(Appointment, Appointment.id == Attendance.appointment_id)
            .where(Appointment.starts_at > BEGINS + timedelta(days=3), Attendance.status == "booked")
            .where(Patient.id.not_in(select(User.person_id)))
            .order_by(Patient.number)
        )
        found = session.scalars(booked.limit(1)).one()
        details = found.details
        who = Somebody(found.id, details.preferred_name or details.given_name, details.born_on)
    store.close()
    return who


def invited(desk: Page, served: Served, who: Somebody) -> tuple[str, str]:
    """The link and the word, as the desk reads them."""
    desk.goto(f"{served.address}/app/patients/{who.patient_id}")
    desk.get_by_role("link", name="Portal").click()
    expect(desk.get_by_text("Not invited")).to_be_visible()
    looked_at(desk, "portal-1-desk")
    desk.get_by_role("button", name="Invite…").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("How did you make sure").select_option(label="Here, with a photo ID")
    dialog.get_by_label("Address they sign in with").fill("somebody@example.test")
    dialog.get_by_role("button", name="Make the invitation").click()
    link = dialog.get_by_label("The link").inner_text().replace("localhost", "127.0.0.1")
    word = dialog.get_by_label("The word for the desk").inner_text()
    looked_at(desk, "portal-2-invited")
    return link, word


def joined(phone: Page, link: str, word: str, who: Somebody) -> None:
    """The form, the authenticator app, the recovery codes."""
    phone.goto(link)
    expect(phone.get_by_label("The code that was sent to you")).to_have_value(re.compile(".{14}"))
    assert "#" not in phone.url
    looked_at(phone, "portal-3-join")
    phone.get_by_label("The word from the desk").fill(word.lower())
    phone.get_by_label("Month").fill(str(who.born_on.month))
    phone.get_by_label("Day").fill(str(who.born_on.day))
    phone.get_by_label("Year").fill(str(who.born_on.year))
    phone.get_by_label("Choose a password").fill(PASSWORD)
    phone.get_by_label("I have read this").check()
    phone.get_by_role("button", name="Make my account").click()
    phone.get_by_role("link", name="Set up an authenticator app").click()


def with_app(phone: Page, served: Served) -> None:
    """The seed as it is shown, and its first code."""
    seed = "".join(phone.locator(".seed span").all_inner_texts())
    phone.get_by_label("Six-digit code").fill(pyotp.TOTP(seed).at(served.clock()))
    phone.get_by_role("button", name="Finish").click()
    phone.get_by_role("button", name="Make ten codes").click()
    expect(phone.locator(".codes li")).to_have_count(10)
    phone.get_by_role("link", name="I have kept them").click()
    expect(phone.get_by_role("heading", name="How I sign in")).to_be_visible()


def test_from_the_invitation_to_who_looked(served: Served, open_page: Opens) -> None:
    who = somebody(served)
    desk = served.sign_in(open_page(DESK), "front_desk")
    link, word = invited(desk, served, who)
    phone = open_page(PHONE)
    joined(phone, link, word, who)
    with_app(phone, served)
    phone.get_by_role("link", name="Start").click()
    expect(phone.get_by_role("heading", name=f"Hello, {who.given_name}")).to_be_visible()
    looked_at(phone, "portal-4-home")
    cancelled(phone)
    looked(phone, served)
    desk.goto(f"{served.address}/app/portal-access/{who.patient_id}")
    expect(desk.get_by_text("Joined")).to_be_visible()
    in_the_dark(served, open_page(PHONE, dark=True))


def cancelled(phone: Page) -> None:
    """In time, so it costs nothing."""
    phone.get_by_role("link", name="Appointments", exact=True).click()
    looked_at(phone, "portal-5-appointments")
    phone.get_by_role("link", name="Cancel the appointment on").last.click()
    expect(phone.get_by_text("it costs nothing")).to_be_visible()
    looked_at(phone, "portal-6-cancel")
    phone.get_by_role("button", name="Yes, cancel it").click()
    expect(phone.get_by_role("status")).to_have_text("The appointment is cancelled.")


def looked(phone: Page, served: Served) -> None:
    """In English, then in Spanish."""
    phone.get_by_role("link", name="Who looked").click()
    expect(phone.get_by_text("gave a way into this site").first).to_be_visible()
    phone.get_by_role("button", name="Español").click()
    expect(phone.get_by_role("heading", name="Quién vio la información")).to_be_visible()
    expect(phone.get_by_text("dio acceso a este sitio").first).to_be_visible()
    looked_at(phone, "portal-7-looked-spanish")
    for path in ("", "/appointments", "/sign-in"):
        phone.goto(f"{served.address}/portal{path}")
        expect(phone.locator("html")).to_have_attribute("lang", "es")
        looked_at(phone, f"portal-8-spanish{path.replace('/', '-')}")


def in_the_dark(served: Served, phone: Page) -> None:
    """The parent of the demonstration, who stands in for a child."""
    phone.goto(f"{served.address}/sign-in")
    phone.get_by_label("Email").fill("parent@example.test")
    phone.get_by_label("Password", exact=True).fill("reed water slate heron")
    phone.get_by_role("button", name="Continue").click()
    phone.get_by_label(re.compile("code", re.IGNORECASE)).fill(served.code())
    phone.keyboard.press("Enter")
    expect(phone).to_have_url(re.compile("/portal$"))
    expect(phone.get_by_text("You are looking at the record of")).to_be_visible()
    looked_at(phone, "portal-9-parent-dark")
