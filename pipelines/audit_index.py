"""The index of the audit log: an encrypted DuckDB file of columns and pseudonyms, filled by one thread, asked by any.

It is a copy that finds lines; the lines themselves are read in the store. It is filled anew when it is missing, broken,
of another shape, or when the log does not lead on from the line it read last: the store was put back.
"""

import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipelines.audit_filling import SHAPE, add_bodies, keep, make_tables, replace_tokens, tie
from pipelines.duck import Connection, Duck, DuckError, Retired, Snapshot
from pipelines.files import MirrorFolder, remove
from pipelines.watching import watch
from workbench.kernel.errors import WorkbenchError
from workbench.marts.audit_ties import LOG_PATIENT, patient_tokens, staff_tokens
from workbench.marts.reader import State
from workbench.store.base import Base
from workbench.store.changes import Position, PositionLost, check_position, newest, touched, touched_keys
from workbench.store.engine import Store

logger = logging.getLogger(__name__)
BATCH: Final = 20_000
LOOK_EVERY: Final = 0.25
"""Seconds between looks at the store: how old an answer may be while nothing else is wrong."""
PATIENCE: Final = 5.0


class IndexNotReady(WorkbenchError):
    """The index is not open."""

    def __init__(self) -> None:
        super().__init__("The audit log is being prepared for questions. Please look again in a moment.")


class _Lost(Exception):
    """The log does not lead on from where the index stands."""


class AuditIndex:
    """Keeps the index in `folder` (by default `audit-index/` of the practice's home) and answers questions from it."""

    def __init__(
        self, store: Store, zone: ZoneInfo, clock: Callable[[], datetime], *, folder: Path | None = None
    ) -> None:
        self._store, self._zone, self._clock = store, zone, clock
        self._folder = MirrorFolder(folder or store.home / "audit-index", "audit")
        self._key = store.vault.service_key("audit index")
        self._fingerprint = f"{SHAPE} {zone.key}"
        self._duck: Duck | None = None
        self._as_of: datetime | None = None
        self._problem = ""
        self._version = 0
        self._turn = threading.Lock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Take the folder and begin to follow the log, in a thread of its own; returns at once.

        Raises:
            MirrorTaken: another process keeps it.
        """
        self._folder.take()
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="audit index", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop following and close the file."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        with self._turn:
            self._close()
        self._folder.release()

    def settle(self) -> None:
        """Bring in everything that was committed before this call."""
        with self._turn:
            self._catch_up()

    @contextmanager
    def reading(self) -> Iterator[Snapshot]:
        """One snapshot for several questions, so that their answers fit together.

        Raises:
            IndexNotReady: it is not open yet, or not any more.
        """
        duck = self._duck
        if duck is None:
            raise IndexNotReady
        with ExitStack() as held:
            try:
                connection = held.enter_context(duck.reading())
            except Retired:  # it was closed this moment
                raise IndexNotReady from None
            yield Snapshot(connection)

    def state(self) -> State:
        """How old the answers are. `building` until it has read the log once to its end."""
        behind = None if self._as_of is None else max((self._clock() - self._as_of).total_seconds(), 0.0)
        state = "failing" if self._problem else "following" if self._as_of else "building"
        return State(self._as_of, behind, state, self._problem)

    def version(self) -> int:
        """Another number whenever there is more to be found than before."""
        return self._version

    # What follows runs in whichever thread holds the turn.

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._follow()
            except Exception as error:  # noqa: BLE001 - the thread's edge: whatever it was, say so and try again
                self._fail(error)
                self._stopping.wait(PATIENCE)

    def _fail(self, error: Exception) -> None:
        # The class alone: the text of a database error may quote what was in the row.
        logger.error("the index of the audit log stopped for a moment: %s", type(error).__name__)
        self._problem = f"The index of the log stopped ({type(error).__name__}) and is trying again."
        if isinstance(error, DuckError):
            with self._turn:
                self._begin_anew()

    def _follow(self) -> None:
        seeing = watch(self._store)
        try:
            while not self._stopping.is_set():
                if seeing.has_moved() or self._as_of is None or self._problem:
                    with self._turn:
                        self._catch_up()
                else:
                    self._as_of = self._clock()
                self._stopping.wait(LOOK_EVERY)
        finally:
            seeing.close()

    def _catch_up(self) -> None:
        read_at = self._clock()
        if self._duck is None:
            self._open()
        while not self._stopping.is_set():
            try:
                came = self._batch()
            except _Lost:
                self._begin_anew()
                self._open()
                continue
            self._version += bool(came)
            if came < BATCH:
                self._as_of, self._problem = read_at, ""
                return

    def _batch(self) -> int:
        """Bring in the next lines and whoever changed, in one transaction with the new place; how many lines."""
        duck = self._duck
        assert duck is not None
        with self._store.reading() as session:
            with duck.reading() as connection:
                facts = dict(connection.execute("SELECT name, value FROM facts").fetchall())
            seq = int(facts["seq"])
            self._check(session, seq, facts["leaf"])
            bodies, leaf = _lines(session, seq)
            at, until, only = _moved(session, facts["people"])
            if not bodies and at is not None and not only:
                return 0
            with duck.changing() as connection:
                is_new = add_bodies(connection, bodies, self._store.vault, self._zone) if bodies else False
                if self._follow_people(session, connection, at, until, only, is_new=is_new) or is_new:
                    tie(connection)
                keep(connection, {"people": json.dumps(asdict(until))})
                if bodies:
                    keep(connection, {"seq": str(seq + len(bodies)), "leaf": leaf})
        return len(bodies)

    def _check(self, session: Session, seq: int, leaf: str) -> None:
        # Every leaf names the one before it, so an equal leaf says that everything up to it is what was read.
        log = Base.metadata.tables["audit_events"]
        if seq:
            found = session.scalar(select(log.c.leaf).where(log.c.seq == seq))
            if found is None or bytes(found).hex() != leaf:
                raise _Lost

    def _follow_people(
        self, session: Session, connection: Connection, at: Position | None, until: Position, only: set[str], *,
        is_new: bool,
    ) -> bool:  # fmt: skip
        vault = self._store.vault
        if at is None or is_new or "staff" in only:
            replace_tokens(connection, "actor", staff_tokens(session, vault), None)
        if at is None:
            replace_tokens(connection, "patient", patient_tokens(session, vault), None)
        elif "patients" in only:
            keys = touched_keys(session, "patients", at, until)
            gone = vault.pseudonyms(LOG_PATIENT, session.scalars(keys))
            replace_tokens(connection, "patient", patient_tokens(session, vault, keys), gone)
        return at is None or bool(only)

    def _open(self) -> None:
        file = self._folder.current()
        if file is not None:
            try:
                duck = Duck(file, self._key, spill=self._folder.spill, name="audit_index")
                with duck.reading() as connection:
                    row = connection.execute("SELECT value FROM facts WHERE name = 'fingerprint'").fetchone()
            except DuckError:
                remove(file)  # it does not open, or has no facts: there is nothing in it that the log does not say
            else:
                if row is not None and row[0] == self._fingerprint:
                    self._duck = duck
                    return
                duck.close()
        file = self._folder.next_file()
        duck = Duck(file, self._key, spill=self._folder.spill, name="audit_index")
        with duck.changing() as connection:
            make_tables(connection, self._fingerprint)
        self._folder.make_current(file)
        self._duck = duck

    def _begin_anew(self) -> None:
        self._close()
        file = self._folder.current()
        if file is not None:
            remove(file)

    def _close(self) -> None:
        duck, self._duck = self._duck, None
        self._as_of = None
        if duck is not None:
            with suppress(DuckError):
                duck.close()


def _lines(session: Session, after: int) -> tuple[list[str], str]:
    """The bodies of the next lines, and the leaf of the last in hex."""
    log = Base.metadata.tables["audit_events"]
    query = select(log.c.body, log.c.leaf).where(log.c.seq > after).order_by(log.c.seq).limit(BATCH)
    rows = session.execute(query).all()
    return [bytes(body).decode() for body, _ in rows], bytes(rows[-1].leaf).hex() if rows else ""


def _moved(session: Session, said: str) -> tuple[Position | None, Position, set[str]]:
    """From where to where people are followed, and which tables were touched; None: all are to be read anew."""
    until = newest(session)
    if not said:
        return None, until, set()
    at = Position(**json.loads(said))
    try:
        check_position(session, at)
    except PositionLost:
        return None, until, set()
    return at, until, set(touched(session, at, until)) & {"staff", "patients"}
