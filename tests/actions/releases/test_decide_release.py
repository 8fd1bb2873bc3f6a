"""A packet holds what may go and nothing else; another person than asked approves it; it is kept and accounted for."""

import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.actions.documents.test_upload_document import put_in
from tests.factories.emergency import fresh
from tests.factories.releases import CONSENT, approved, asked, marked, packet, signed_note
from tests.factories.small_practice import FERN, People, events, put, visit
from workbench.actions.charting.amend_note import amend_note
from workbench.actions.charting.write_note import write_note
from workbench.actions.psychotherapy.begin_psychotherapy_note import begin_psychotherapy_note
from workbench.actions.psychotherapy.save_psychotherapy_note import save_psychotherapy_note
from workbench.actions.releases.agree_restriction import agree_restriction
from workbench.actions.releases.decide_release import decide_release
from workbench.actions.releases.record_part_two_consent import record_part_two_consent
from workbench.actions.releases.withdraw_part_two_consent import withdraw_part_two_consent
from workbench.gate.action import Gate
from workbench.gate.actor import Role
from workbench.gate.errors import NotFound, StepUpNeeded
from workbench.measures.catalogue import measures
from workbench.measures.tables import MeasureAnswers, MeasureResult
from workbench.releases.part_2 import NOTICE_FULL, NOTICE_SHORT
from workbench.releases.rules import AnotherApproves, NothingToRelease, ReleaseDecided, ReleaseUnclear
from workbench.releases.tables import ReleaseDecision
from workbench.screens.disclosures import disclosures_of
from workbench.screens.releases import release_file, release_weighed, releases
from workbench.store.engine import Store

pytestmark = pytest.mark.engines("sqlcipher")
PHQ_9 = next(key for key in measures() if key.startswith("phq9@"))
APART, PART_2, OPEN, DRAFT = "Zqxwvapart", "Zqxwvsubstance", "Zqxwvopen", "Zqxwvdraft"


@pytest.fixture
def notes(gate: Gate, people: People, now: datetime) -> tuple[str, str]:
    """An open note and one under Part 2, a draft, and words apart of the same session."""
    open_id = signed_note(gate, people, now, 1, OPEN, days_ago=3)
    part_2_id = signed_note(gate, people, now, 2, PART_2, days_ago=2)
    marked(gate, people.ada, now, part_2_id)
    session = visit(gate.store, 3, now - timedelta(hours=2))
    write_note(gate, people.ada, session, now=now, version=0, assessment=DRAFT, plan="P.")
    ada = fresh(people.ada, now)
    begun = begin_psychotherapy_note(gate, ada, now=now, attendance_id="att_1", kind="psychotherapy")
    save_psychotherapy_note(gate, ada, begun.note_id, now=now, version=0, words=APART)
    return open_id, part_2_id


def consent(gate: Gate, people: People, now: datetime, kind: str, *names: str, until_on: date | None = None) -> str:
    today = now.date()
    if kind != "care":
        until_on = until_on or today + timedelta(days=90)
    done = record_part_two_consent(gate, people.ada, FERN, now=now, kind=kind, recipients=names, signed_on=today,
                                 from_on=today - timedelta(days=1), until_on=until_on, **CONSENT)  # fmt: skip
    return str(done.consent_id)


def test_a_subpoena_gets_no_word_apart_no_draft_and_nothing_under_part_2(
    gate: Gate, people: People, now: datetime, notes: tuple[str, str], store: Store
) -> None:
    amend_note(gate, people.ada, notes[0], now=now, kind="addendum", reason="More", text="Zqxwvadded")
    wish = asked(gate, people.desk, now)
    assert "subpoena alone" in wish.told
    weighed = release_weighed(gate, fresh(people.compliance, now), wish.request_id, now=now)
    assert weighed.goes == (("Progress notes", 1),)
    assert {(kind, count) for kind, _, count in weighed.left} == {("Progress notes", 1)}
    assert any("42 CFR part 2" in why for _, why, _ in weighed.left)
    assert any("not signed" in why for _, why, _ in weighed.left)
    assert "psychotherapy" not in repr(weighed).lower()
    done = approved(gate, people, now, wish.request_id)
    words, manifest, names = packet(gate, people.compliance, now, wish.request_id)
    for there in (OPEN, "Zqxwvadded", "Contents", "County Court", "Certification", "true copies"):
        assert there in words
    whole = words + repr(manifest) + repr(names)
    for untold in (APART, PART_2, DRAFT, "42 CFR", "sychotherapy", "restriction", "substance"):
        assert untold not in whole
    assert len(manifest["records"]) == 1
    content = release_file(gate, people.compliance, wish.request_id, now=now).content
    assert hashlib.sha256(content).hexdigest() == done.sha256
    pdf = release_file(gate, people.compliance, wish.request_id, now=now, kind="pdf").content
    assert hashlib.sha256(pdf).hexdigest() == manifest["files"]["packet.pdf"]
    assert ("release.approved", "done") in events(store)
    (line,) = disclosures_of(gate, people.manager, FERN, now=now).lines
    assert (line.recipient, line.is_exempt, line.is_part_2) == ("County Court, Dept. 4", False, False)
    assert "progress notes: 1" in line.what.lower()


@pytest.mark.parametrize(
    ("ground", "how", "kind", "names", "goes"),
    [
        ("care", {"recipient": "Dr. Oak"}, "care", (), True),
        ("payer", {"recipient": "Acme Health"}, "care", (), True),
        ("authorization", {"recipient": "dr oak", "expires_on": date(2027, 1, 1)}, "named", ("Dr. Oak",), True),
        ("authorization", {"recipient": "Dr. Elm", "expires_on": date(2027, 1, 1)}, "named", ("Dr. Oak",), False),
        ("authorization", {"recipient": "Dr. Oak", "expires_on": date(2027, 1, 1)}, "care", (), False),
        ("subpoena", {}, "care", (), False),
        ("subpoena", {}, "proceedings", ("County Court, Dept. 4",), True),
        ("court_order", {}, None, (), False),
        ("court_order", {"order_under": "2.64"}, None, (), True),
        ("court_order", {"order_under": "2.65"}, None, (), False),
        ("court_order", {"order_under": "2.65", "proceeding": "criminal"}, None, (), True),
        ("own_access", {"recipient": "Fern"}, None, (), True),
    ],
)
def test_part_2_data_goes_by_the_right_paper_and_says_so_on_every_page(
    gate: Gate, people: People, now: datetime, notes: tuple[str, str], ground: str, how: dict[str, object],
    kind: str | None, names: tuple[str, ...], goes: bool,
) -> None:  # fmt: skip
    assert notes
    if kind:
        consent(gate, people, now, kind, *names)
    wish = asked(gate, people.ada, now, ground, **how)
    approved(gate, people, now, wish.request_id)
    words, manifest, _ = packet(gate, people.compliance, now, wish.request_id)
    assert (PART_2 in words) is goes
    assert APART not in words
    assert ("notice" in manifest) is goes
    if goes:
        pdf = release_file(gate, people.compliance, wish.request_id, now=now, kind="pdf").content
        pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]
        assert all(NOTICE_SHORT in page for page in pages if PART_2 in page or "Contents" in page)
        assert " ".join(NOTICE_FULL.split())[:200] in " ".join(pages)
        assert ("Signed" in pages[0] and "Treatment goes on" in " ".join(pages)) is bool(kind)
        if ground != "own_access":
            with pytest.raises(NotFound):
                release_file(gate, people.desk, wish.request_id, now=now)


def test_a_consent_taken_back_between_asking_and_approval_stops_what_rests_on_it(
    gate: Gate, people: People, now: datetime, notes: tuple[str, str]
) -> None:
    assert notes
    rests_on = consent(gate, people, now, "care")
    wish = asked(gate, people.ada, now, "care", recipient="Dr. Oak")
    assert release_weighed(gate, fresh(people.compliance, now), wish.request_id, now=now).part_2_count == 1
    withdraw_part_two_consent(gate, people.ada, rests_on, now=now, how="In person")
    approved(gate, people, now, wish.request_id)
    assert PART_2 not in packet(gate, people.compliance, now, wish.request_id)[0]


def test_what_a_restriction_keeps_stays_unless_a_court_orders_it(
    gate: Gate, people: People, now: datetime, notes: tuple[str, str]
) -> None:
    assert notes
    agree_restriction(gate, people.manager, FERN, now=now, against="payers", kinds=("note",), words="Paid in full")
    wish = asked(gate, people.desk, now, "payer", recipient="Acme Health")
    with pytest.raises(NothingToRelease):
        approved(gate, people, now, wish.request_id)
    ordered = asked(gate, people.desk, now, "court_order")
    approved(gate, people, now, ordered.request_id)
    assert OPEN in packet(gate, people.compliance, now, ordered.request_id)[0]


def test_documents_go_along_as_they_came_and_measures_with_their_totals(
    gate: Gate, people: People, now: datetime, store: Store
) -> None:
    answers = MeasureAnswers((1,) * 9, 9, "mild")
    put(store, [MeasureResult(patient_id=FERN, rule=PHQ_9, taken_at=now - timedelta(days=2), recorded_at=now,
                              recorded_by="usr_ada", result=answers)])  # fmt: skip
    put_in(gate, people.ada, now)
    wish = asked(gate, people.manager, now)
    approved(gate, people, now, wish.request_id)
    words, manifest, names = packet(gate, people.compliance, now, wish.request_id)
    assert names == ["packet.pdf", "manifest.json", "documents/002.pdf"]
    with zipfile.ZipFile(io.BytesIO(release_file(gate, people.compliance, wish.request_id, now=now).content)) as packed:
        sent = packed.read("documents/002.pdf")
    assert manifest["files"]["documents/002.pdf"] == hashlib.sha256(sent).hexdigest()
    assert manifest["records"][1]["signed_sha256"] == hashlib.sha256(sent).hexdigest()
    assert "Report of the clinic" in words
    assert "9, mild" in words


def test_who_asks_does_not_approve_and_it_is_decided_once(
    gate: Gate, people: People, now: datetime, notes: tuple[str, str], store: Store
) -> None:
    assert notes
    wish = asked(gate, people.desk, now)
    for who in (people.desk, people.ada, people.manager, people.biller, people.it, people.supervisor):
        with pytest.raises(NotFound):
            decide_release(gate, fresh(who, now), wish.request_id, now=now, is_approved=True)
    with pytest.raises(StepUpNeeded):
        decide_release(gate, people.compliance, wish.request_id, now=now, is_approved=True)
    both = fresh(people.compliance, now)
    at_the_desk = replace(both, roles=frozenset({Role.COMPLIANCE, Role.FRONT_DESK}))
    by_both = asked(gate, at_the_desk, now, recipient="Somebody else")
    with pytest.raises(AnotherApproves):
        decide_release(gate, both, by_both.request_id, now=now, is_approved=True)
    with pytest.raises(ReleaseUnclear):
        decide_release(gate, both, wish.request_id, now=now, is_approved=False, reason=" ")
    decide_release(gate, both, wish.request_id, now=now, is_approved=False, reason="Not served properly")
    with pytest.raises(ReleaseDecided):
        decide_release(gate, both, wish.request_id, now=now, is_approved=True)
    with pytest.raises(NotFound):
        release_file(gate, people.compliance, wish.request_id, now=now)
    shown = {one.request_id: one for one in releases(gate, people.compliance, now=now)}
    assert (shown[wish.request_id].state, shown[by_both.request_id].may_decide) == ("refused", False)
    with store.writing() as session, pytest.raises(DBAPIError, match="append_only"):
        session.execute(text("UPDATE release_decisions SET decider_id = requester_id"))
    with store.reading() as session:
        assert len(session.scalars(select(ReleaseDecision)).all()) == 1


def _also_clinician(actor: object) -> object:
    from dataclasses import replace

    from workbench.gate.actor import Role

    return replace(actor, roles=frozenset({Role.COMPLIANCE, Role.FRONT_DESK}))  # type: ignore[type-var]
