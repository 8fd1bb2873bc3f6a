"""A couple is put together and booked into a room, the roster is worked through, and a missed session is decided."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import DESK, PHONE
from tests.journeys.served import Opens, Served, looked_at, served_practice

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small synthetic practice on a Wednesday morning."""
    with served_practice(tmp_path_factory.mktemp("groups") / "practice") as running:
        yield running


def test_a_couple_is_put_together_booked_and_seen(served: Served, open_page: Opens) -> None:
    desk = served.sign_in(open_page(DESK), "front_desk")
    names = put_together(served, desk)
    desk.get_by_role("row", name=re.compile(re.escape(names[1]))).get_by_role("button", name="Open").click()
    looked_at(desk, "groups-3-one")
    desk.get_by_role("dialog").get_by_role("button", name="Book sessions…").click()
    book_this_evening(desk)
    desk.goto(f"{served.address}/app/schedule?view=rooms")
    block = desk.locator(".day-entry", has_text=names[1]).first
    expect(block).to_contain_text("2 people")
    block.get_by_role("button").click()
    dialog = desk.get_by_role("dialog")
    roster = dialog.get_by_role("list", name="Who comes")
    for name in names:
        line = roster.get_by_role("listitem").filter(has_text=name)
        line.get_by_role("button", name="Here").click()
        expect(line).to_contain_text("Arrived")  # the drawer stays open
    looked_at(desk, "groups-5-roster")
    on_a_telephone(served, open_page(PHONE, dark=True))


def put_together(served: Served, desk: Page) -> list[str]:
    """Two people, one by one; half a couple is refused. Their names, whose sessions they are first."""
    desk.goto(f"{served.address}/app/groups")
    desk.get_by_role("button", name="New group").click()
    dialog = desk.get_by_role("dialog")
    looked_at(desk, "groups-1-kind")
    dialog.get_by_role("button", name="Who belongs to it?").click()
    names = []
    for letters in ("al", "re"):
        dialog.get_by_role("searchbox").press_sequentially(letters, delay=40)
        hit = dialog.get_by_role("list", name="Found").get_by_role("button").last
        names.append(hit.locator("strong").inner_text())
        hit.click()
        expect(dialog.get_by_role("list", name="Belong to it")).to_contain_text(names[-1])
        if len(names) == 1:
            dialog.get_by_role("button", name="Keep it").click()
            expect(desk.get_by_text("A couple is two people. Add the other one first.").first).to_be_visible()
    dialog.get_by_label("Whose sessions are they for the payer?").select_option(label=names[1])
    looked_at(desk, "groups-2-who")
    dialog.get_by_role("button", name="Keep it").dblclick()
    expect(desk.get_by_text("Kept. Open it to book their sessions.")).to_be_visible()
    expect(desk.get_by_role("row", name=re.compile(re.escape(names[0])))).to_have_count(1)
    return names


def book_this_evening(desk: Page) -> None:
    """Today at seven, in a room; with the clinician beside themselves it is refused."""
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Type").select_option(label="Together: couple, 50 minutes · 50 min")
    dialog.get_by_label("Room").select_option(label="Group room")
    dialog.get_by_label("Another time").fill("19:00")
    looked_at(desk, "groups-4-booking")
    dialog.get_by_role("button", name="Book", exact=True).click()
    expect(desk.get_by_text("1 session booked for 2 people")).to_be_visible()


def on_a_telephone(served: Served, phone: Page) -> None:
    """The biller charges one missed session and waives the next, with the reason asked for."""
    served.sign_in(phone, "biller")
    phone.goto(f"{served.address}/app/missed")
    expect(phone.get_by_role("heading", name="Missed sessions")).to_be_visible()
    looked_at(phone, "missed-1-phone")
    dialog = phone.get_by_role("dialog")
    phone.get_by_role("button", name="Charge…").first.click()
    dialog.get_by_role("button", name=re.compile("^Charge")).dblclick()
    expect(phone.get_by_text(re.compile(r"^\$[69]0\.00 charged$"))).to_be_visible()
    phone.get_by_role("button", name="Waive…").first.click()
    dialog.get_by_role("button", name="Waive it").click()
    expect(dialog.get_by_text("Please choose one.")).to_be_visible()
    dialog.get_by_label("Reason").select_option(label="The first time")
    dialog.get_by_role("button", name="Waive it").click()
    expect(phone.get_by_text("Waived. Nothing is charged.")).to_be_visible()
    phone.get_by_role("tab", name="By reason").click()
    expect(phone.get_by_text("Waived: the first time")).to_be_visible()
    looked_at(phone, "missed-2-reasons")
