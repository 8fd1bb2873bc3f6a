"""Reminders in the background: planned, sent once by however many workers, held while nobody takes them."""

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.actions.messaging.reminding import HOW, Reminding
from tests.factories.small_practice import people
from tests.jobs.reminder_work import agree, work
from tests.jobs.smtp_server import MailBox
from workbench.actions.messaging.set_reminders import set_reminders
from workbench.cli.every_table import import_every_table
from workbench.gate.action import Gate
from workbench.jobs.reminders import reminder_handlers
from workbench.jobs.runner import Runner
from workbench.kernel.settings import Settings
from workbench.messaging.outbox import Outbox
from workbench.messaging.post import Post
from workbench.messaging.smtp import MailServer, SmtpPost
from workbench.messaging.tables import Channel
from workbench.screens.reminders import reminders
from workbench.store.engine import open_store, open_vault

DAY = timedelta(days=1)
KILLS = 8


@pytest.fixture
def reminding(gate: Gate, now: datetime) -> Reminding:
    return Reminding(gate, now)


@pytest.fixture
def box() -> Iterator[MailBox]:
    made = MailBox()
    yield made
    made.shutdown()
    made.server_close()


def runner(gate: Gate, post: Post, at: list[datetime], name: str = "one") -> Runner:
    posts = dict.fromkeys(Channel, post)
    return Runner(gate, reminder_handlers(posts, "https://x.test"), clock=lambda: at[0], name=name)


def states(reminding: Reminding) -> dict[str, list[str]]:
    found = reminders(reminding.gate, people().desk, now=reminding.now)
    return {name: [row.window for row in getattr(found, name)] for name in ("to_call", "to_come", "gone_out")}


def test_planned_and_sent_at_their_times_and_no_more(reminding: Reminding, now: datetime) -> None:
    reminding.visit(after=timedelta(days=3, hours=20))
    outbox, at = Outbox(reminding.gate.store.home, reminding.gate.store.vault), [now]
    one = runner(reminding.gate, outbox, at)
    for hours in range(0, 100, 4):
        at[0] = now + timedelta(hours=hours)
        work(one)
    assert sorted(letter.reference.split(".")[1] for letter in outbox.letters()) == ["1", "1"]
    assert [row.state for row in reminding.rows("att_1")] == ["sent", "sent"]


def test_what_lies_in_the_folder_is_sealed(reminding: Reminding, now: datetime) -> None:
    reminding.visit(after=timedelta(days=3, hours=20))
    outbox, at = Outbox(reminding.gate.store.home, reminding.gate.store.vault), [now]
    one = runner(reminding.gate, outbox, at)
    work(one)
    at[0] = now + DAY
    work(one)
    (file,) = (reminding.gate.store.home / "outbox").iterdir()
    assert b"fern" not in file.read_bytes()
    assert outbox.letters()[0].to == "fern@example.test"


def test_off_nothing_is_even_planned(reminding: Reminding, now: datetime) -> None:
    reminding.visit(after=3 * DAY + DAY / 2)
    set_reminders(reminding.gate, people().manager, now=now + timedelta(seconds=1), **(HOW | {"is_on": False}))  # type: ignore[arg-type]
    work(runner(reminding.gate, Outbox(reminding.gate.store.home, reminding.gate.store.vault), [now]))
    assert states(reminding) == {"to_call": [], "to_come": [], "gone_out": []}


def test_a_server_that_is_away_for_an_hour_gets_each_once_afterwards(
    reminding: Reminding, box: MailBox, now: datetime
) -> None:
    agree(reminding.gate, now, "mail:127.0.0.1")
    reminding.visit(after=timedelta(days=3, hours=1))
    reminding.visit(2, after=timedelta(days=3, hours=2))
    at = [now]
    one = runner(reminding.gate, SmtpPost(MailServer.of(box.url)), at)
    work(one)
    box.refuses = {"MAIL": 421}
    for minute in range(60, 180, 3):
        at[0] = now + timedelta(minutes=minute)
        work(one)
    assert box.taken == []
    box.refuses = {}
    for minute in range(180, 240, 3):
        at[0] = now + timedelta(minutes=minute)
        work(one)
    assert len(box.taken) == 2
    assert {len(reminding.rows(one)) for one in ("att_1", "att_2")} == {2}


def test_without_an_agreement_no_line_is_opened(reminding: Reminding, box: MailBox, now: datetime) -> None:
    reminding.visit(after=timedelta(days=3, hours=1))
    at = [now]
    one = runner(reminding.gate, SmtpPost(MailServer.of(box.url)), at)
    for hours in range(0, 52, 2):
        at[0] = now + timedelta(hours=hours)
        work(one)
    assert box.taken == []
    agree(reminding.gate, now, "mail:127.0.0.1")
    at[0] += timedelta(hours=1)
    work(one)
    assert len(box.taken) == 1


def test_whom_nothing_reached_is_to_be_called_once(reminding: Reminding, box: MailBox, now: datetime) -> None:
    agree(reminding.gate, now, "mail:127.0.0.1")
    reminding.visit(after=timedelta(days=3, hours=1))
    box.refuses = {"RCPT": 550}
    at = [now]
    one = runner(reminding.gate, SmtpPost(MailServer.of(box.url)), at)
    for hours in range(0, 60, 2):
        at[0] = now + timedelta(hours=hours)
        work(one)
    found = reminders(reminding.gate, people().desk, now=at[0])
    assert [(row.name, row.phone, row.why) for row in found.to_call] == [
        ("Fern Fernández-Oak", "5550100123", "refused")
    ]
    assert reminders(reminding.gate, people().ben, now=at[0]).to_call == ()


@pytest.mark.faults
@pytest.mark.timeout(300)
def test_a_worker_killed_in_the_middle_sends_nothing_twice(
    gate: Gate, settings: Settings, box: MailBox, reminding: Reminding, now: datetime
) -> None:
    agree(gate, now, "mail:127.0.0.1")
    for number in range(1, 4 * KILLS):
        reminding.visit(number, after=timedelta(days=3, hours=number))
    due, chance = now + timedelta(days=1, hours=23), random.Random(8)
    work(runner(gate, SmtpPost(MailServer.of(box.url)), [now]))
    box.slow = 0.03
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.jobs.test_reminders_job"])
    for turn in range(KILLS):
        at = due + timedelta(minutes=5 * turn)  # after the lease of who was killed
        both = [
            processes.Process(target=send_until_killed, args=(settings, box.url, at, f"{turn}-{n}")) for n in range(2)
        ]
        box.begun.clear()
        for one in both:
            one.start()
        if not box.begun.wait(20):
            break
        time.sleep(chance.uniform(0, 0.15))
        for one in both:
            one.kill()
        for one in both:
            one.join()
    box.slow = 0.0
    last = [due + timedelta(hours=1)]
    work(runner(gate, SmtpPost(MailServer.of(box.url)), last))
    arrived = Counter(message["Message-ID"].split(".")[0].lstrip("<") for message in box.taken)
    rows = [row for number in range(1, 4 * KILLS) for row in reminding.rows(f"att_{number}") if row.due_at <= last[0]]
    assert len(rows) > KILLS
    assert set(arrived.values()) == {1}
    for row in rows:
        assert row.state in ("sent", "unknown"), row.state
        assert row.state == "unknown" or arrived[row.id] == 1
    listed = reminders(gate, people().desk, now=last[0]).to_call
    assert len(listed) == sum(row.state == "unknown" for row in rows)


def send_until_killed(settings: Settings, url: str, at: datetime, name: str) -> None:
    """A worker whose clock stands at `at`."""
    import_every_table()
    gate = Gate(open_store(settings, open_vault(settings)), ZoneInfo("America/New_York"))
    one = Runner(
        gate, reminder_handlers({Channel.EMAIL: SmtpPost(MailServer.of(url))}, "https://x.test"),
        clock=lambda: at.astimezone(UTC), name=name,
    )  # fmt: skip
    while True:
        one.promise()
        if not one.run_one():
            time.sleep(0.01)
