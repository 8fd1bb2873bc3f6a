"""The audit log as a compliance officer asks it: who, whom, what, when, and by which right; and a copy of an answer.

The index finds the lines and counts them; each line shown is then read in the log itself. That somebody asked, and
what, is a line of its own.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from workbench.accounts.tables import User
from workbench.gate.actor import JOB_PREFIX
from workbench.gate.audit import AuditRow, patient_pseudonym
from workbench.gate.audit_events import AuditEvent
from workbench.gate.audit_sentences import said
from workbench.gate.permissions import Permission
from workbench.gate.view import Look, view
from workbench.kernel.errors import WorkbenchError
from workbench.marts.audit_file import answer_file, digest_of
from workbench.marts.audit_questions import Facets, Narrowed, everybody, facets, lines_found, newest_line
from workbench.marts.audit_ties import LOG_PATIENT, actors_in_index
from workbench.marts.reader import LogReader
from workbench.people.names import patients_named
from workbench.people.tables import Patient, Practice, Staff

PAGE = 50
MOST_TAKEN = 50_000
_AT_ONCE = 500


class DaysReversed(WorkbenchError):
    """The period ends before it begins."""

    def __init__(self) -> None:
        super().__init__("The first day lies after the last one. Please exchange them.")


class TooMuchToTake(WorkbenchError):
    """The answer has more lines than a file may hold."""

    def __init__(self) -> None:
        super().__init__(
            f"A file holds at most {MOST_TAKEN:,} lines. Narrow the question, or take the whole signed log."
        )


@dataclass(frozen=True)
class Asked:
    """What is asked; empty means all.

    question: the key of a saved one. actor: as `Answer.people` names them. patient_id: whose record. event: its value.
    outcome: `done`, `shown` or `refused`. held: a letter of the table of permissions. Practice days, both included.
    """

    question: str = ""
    actor: str = ""
    patient_id: str = ""
    event: str = ""
    outcome: str = ""
    held: str = ""
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True)
class Line:
    """One line. `patient`: who it is about, or the log's pseudonym where that is not known any more.

    held: by which letter of the table of permissions. facts: what is kept with it, as names and values in order.
    """

    seq: int
    at: datetime
    actor_key: str
    actor: str
    roles: tuple[str, ...]
    sentence: str
    event: str
    outcome: str
    subject_type: str
    subject_id: str
    patient_p: str
    patient_id: str
    patient: str
    held: str
    session: str
    facts: tuple[tuple[str, str], ...]
    leaf: str


@dataclass(frozen=True)
class Answer:
    """A page of lines, newest first, and what all that fit are about.

    older_than: what to ask the next page with; None at the end. people: everybody in the log, key and name.
    patient: the name of the one who was asked about. read_to, newest: the last line in the index and in the log.
    """

    rows: tuple[Line, ...] = ()
    older_than: int | None = None
    facets: Facets = Facets()  # noqa: RUF009 - frozen
    people: tuple[tuple[str, str], ...] = ()
    patient: str = ""
    read_to: int = 0
    newest: int = 0


@dataclass(frozen=True)
class TakenAnswer:
    """A copy of an answer as CSV in UTF-8, how many lines it has, and its SHA-256 (hex), which the log keeps."""

    content: bytes
    lines: int
    digest: str


@view(Permission.READ_AUDIT, shows=AuditEvent.AUDIT_READ)
def audit_answer(
    look: Look, *, log: LogReader, asked: Asked, older_than: int | None = None, saved: bool = True
) -> Answer:
    """The lines that fit, in pages of fifty, and what all of them are about.

    saved: count as well how many of the narrowed lines each saved question finds.

    Raises:
        NoSuchQuestion, DaysReversed: as named.
    """
    narrowed = _narrowed(look, asked)
    with log.reading() as asker:
        found = lines_found(asker, narrowed, most=PAGE + 1, older_than=older_than)
        about = facets(asker, narrowed, saved=saved)
        keys, read_to = everybody(asker), newest_line(asker)
    names = _people(look)
    rows = _lines(look, found[:PAGE], names)
    look.facts.update(_said(look, asked), lines=len(rows), found=about.total)
    look.shown(row.patient_id for row in rows if row.patient_id)
    return Answer(
        rows,
        found[PAGE - 1] if len(found) > PAGE else None,
        about,
        tuple(sorted(((key, names.get(key) or _unnamed(key)) for key in keys), key=lambda one: one[1].casefold())),
        _asked_about(look, asked.patient_id),
        read_to,
        look.scalar(select(func.max(AuditRow.seq))) or 0,
    )


@view(Permission.EXPORT_AUDIT, shows=AuditEvent.AUDIT_ANSWER_TAKEN)
def audit_answer_taken(look: Look, *, log: LogReader, asked: Asked) -> TakenAnswer:
    """All lines that fit, as a file; the log keeps the question, how many lines went, and the file's hash.

    Raises:
        TooMuchToTake: there are more than `MOST_TAKEN`.
        NoSuchQuestion, DaysReversed: as named.
    """
    narrowed = _narrowed(look, asked)
    with log.reading() as asker:
        found = lines_found(asker, narrowed, most=MOST_TAKEN + 1)
    if len(found) > MOST_TAKEN:
        raise TooMuchToTake
    names = _people(look)
    content = answer_file(_pieces(look, found, names), look.zone)
    digest = digest_of(content)
    look.facts.update(_said(look, asked), lines=len(found), sha256=digest)
    return TakenAnswer(content, len(found), digest)


def _pieces(look: Look, found: tuple[int, ...], names: Mapping[str, str]) -> Iterator[Line]:
    for at in range(0, len(found), _AT_ONCE):
        yield from _lines(look, found[at : at + _AT_ONCE], names, named=False)


def _narrowed(look: Look, asked: Asked) -> Narrowed:
    if asked.from_on is not None and asked.until_on is not None and asked.until_on < asked.from_on:
        raise DaysReversed
    hours = look.execute(select(Practice.opens_hour, Practice.closes_hour)).first() or (8, 18)
    patient = patient_pseudonym(look.vault, asked.patient_id) if asked.patient_id else ""
    return Narrowed(
        asked.question, asked.actor, patient, asked.event, asked.outcome, asked.held, asked.from_on, asked.until_on,
        *hours,
    )  # fmt: skip


def _said(look: Look, asked: Asked) -> dict[str, str | int | bool]:
    """What the line about this question keeps of it: kinds, ids and days."""
    said = {
        "question": asked.question or "all", "about_actor": _account_behind(look, asked.actor),
        "about_event": asked.event, "about_outcome": asked.outcome, "about_held": asked.held,
        "from_on": asked.from_on.isoformat() if asked.from_on else "",
        "until_on": asked.until_on.isoformat() if asked.until_on else "",
    }  # fmt: skip
    if asked.patient_id:
        look.shown(asked.patient_id)
    return {name: value for name, value in said.items() if value}


def _account_behind(look: Look, actor: str) -> str:
    """The account that the index names so; a job's name as it is."""
    keys = actors_in_index(look.vault, look.scalars(select(User.id))) if actor else {}
    return next((user_id for user_id, key in keys.items() if key == actor), actor)


def _people(look: Look) -> dict[str, str]:
    """Display names by account id and by the index's key alike."""
    rows = look.execute(select(User.id, Staff).join(Staff, Staff.id == User.person_id))
    named = {user_id: staff.details.shown_name for user_id, staff in rows}
    keys = actors_in_index(look.vault, named)
    return {**named, **{keys[user_id]: name for user_id, name in named.items()}}


def _unnamed(key: str) -> str:
    if key.startswith(JOB_PREFIX):
        return f"System: {key.removeprefix(JOB_PREFIX).replace('_', ' ')}"
    return f"Account …{key[-6:]}"


def _asked_about(look: Look, patient_id: str) -> str:
    if not patient_id or not look.allowed(Permission.FIND_FOR_AUDIT):
        return ""
    details = patients_named(look, [patient_id]).get(patient_id)
    return details.shown_name if details else ""


def _lines(look: Look, numbers: Iterable[int], names: Mapping[str, str], *, named: bool = True) -> tuple[Line, ...]:
    rows: list[AuditRow] = list(
        look.scalars(select(AuditRow).where(AuditRow.seq.in_(tuple(numbers))).order_by(AuditRow.seq.desc()))
    )
    keys = actors_in_index(look.vault, {row.actor_id for row in rows})
    wanted = {row.patient_p for row in rows if row.patient_p}
    patients = _patients(look, wanted) if named and wanted and look.allowed(Permission.FIND_FOR_AUDIT) else {}
    return tuple(_line(row, keys[row.actor_id], names, *patients.get(row.patient_p, ("", ""))) for row in rows)


def _patients(look: Look, wanted: set[str]) -> dict[str, tuple[str, str]]:
    """Id and name of those whom the log names so. The log's pseudonyms lead nowhere back, so all ids are tried."""
    ids = list(look.scalars(select(Patient.id)))
    found = {
        stand_in: patient_id
        for stand_in, patient_id in zip(look.vault.pseudonyms(LOG_PATIENT, ids), ids, strict=True)
        if stand_in in wanted
    }
    named = patients_named(look, found.values())
    return {stand_in: (one, named[one].shown_name) for stand_in, one in found.items() if one in named}


def _line(row: AuditRow, actor_key: str, names: Mapping[str, str], patient_id: str, patient: str) -> Line:
    body = json.loads(bytes(row.body))
    facts = {name: str(value) for name, value in sorted(body["facts"].items())}
    return Line(
        seq=row.seq,
        at=row.at,
        actor_key=actor_key,
        actor=names.get(row.actor_id) or (_unnamed(actor_key) if actor_key.startswith(JOB_PREFIX) else row.actor_id),
        roles=tuple(body["roles"]),
        sentence=said(row.event),
        event=row.event,
        outcome=row.outcome,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        patient_p=row.patient_p,
        patient_id=patient_id,
        patient=patient,
        held=facts.get("held", ""),
        session=body["session_h"][:12],
        facts=tuple(facts.items()),
        leaf=bytes(row.leaf).hex(),
    )
