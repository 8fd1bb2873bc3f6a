"""Records of Fern's that could leave, what is asked and decided about them, and a packet as it is read."""

import io
import json
import zipfile
from datetime import datetime, timedelta
from typing import Any

from pypdf import PdfReader

from tests.factories.emergency import fresh
from tests.factories.small_practice import FERN, START, People, put, visit
from workbench.actions.charting.sign_note import sign_note
from workbench.actions.charting.write_note import write_note
from workbench.actions.releases.ask_release import ReleaseAsked, ask_release
from workbench.actions.releases.decide_release import ReleaseDecidedOn, decide_release
from workbench.actions.releases.mark_part_two import mark_part_two
from workbench.gate.action import Gate
from workbench.gate.actor import Actor
from workbench.people.tables import Staff, StaffDetails
from workbench.screens.releases import release_file
from workbench.store.engine import Store

DAY = timedelta(days=1)
COURT = {
    "recipient": "County Court, Dept. 4", "address": "1 Court Street", "purpose": "Case 24-118",
    "authority": "Subpoena of March 1",
}  # fmt: skip
CONSENT = {"what": "Notes and plans", "purpose": "Treatment goes on"}


def compliance_works_here(store: Store) -> None:
    """The compliance officer as one of the staff."""
    details = StaffDetails("Cora", "Keep")
    put(store, [Staff(id="stf_compliance", is_clinician=False, started_on=START, details=details)])


def signed_note(gate: Gate, people: People, now: datetime, number: int, words: str, *, days_ago: int = 1) -> str:
    """A locked note of Ada's about Fern; its id."""
    session = visit(gate.store, number, now - timedelta(days=days_ago, hours=2))
    saved = write_note(gate, people.ada, session, now=now, version=0, assessment=words, plan="Weekly.",
                       diagnoses=("F41.1",))  # fmt: skip
    sign_note(gate, people.ada, saved.note_id, now=now)
    return str(saved.note_id)


def marked(gate: Gate, who: Actor, now: datetime, note_id: str) -> str:
    """The note, marked as data under Part 2; the mark's id."""
    done = mark_part_two(gate, who, FERN, now=now, kind="note", target_id=note_id, why="Programme of the clinic")
    return str(done.mark_id)


def asked(gate: Gate, who: Actor, now: datetime, ground: str = "subpoena", **how: Any) -> ReleaseAsked:
    """A copy of Fern's notes and documents."""
    legal = {"proceeding": "civil"} if ground in ("subpoena", "court_order") else {}
    kinds = ("note", "plan", "form", "measure", "document")
    return ask_release(gate, who, FERN, now=now, ground=ground, **{**COURT, "kinds": kinds, **legal, **how})


def approved(gate: Gate, people: People, now: datetime, request_id: str) -> ReleaseDecidedOn:
    """By compliance."""
    return decide_release(gate, fresh(people.compliance, now), request_id, now=now, is_approved=True)


def packet(gate: Gate, who: Actor, now: datetime, request_id: str) -> tuple[str, dict[str, Any], list[str]]:
    """The words of its paper, its manifest, the names of its files."""
    content = release_file(gate, who, request_id, now=now).content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        pages = PdfReader(io.BytesIO(packed.read("packet.pdf"))).pages
        words = "\n".join(page.extract_text() for page in pages)
        return words, json.loads(packed.read("manifest.json")), packed.namelist()
