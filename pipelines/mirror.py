"""The mirror of one practice while it runs: one thread follows the store, any thread reads numbers."""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pipelines.allowed import MIRRORED, Mirrored
from pipelines.checks.daily import SuiteResult, run_suites
from pipelines.copying import Copier
from pipelines.duck import DuckError, Retired, Snapshot
from pipelines.files import MirrorFolder
from pipelines.keeping import Keeper, MirrorStatus
from pipelines.parity import TableParity
from pipelines.telling import told
from pipelines.watching import Watch, watch
from workbench.kernel.errors import WorkbenchError
from workbench.marts.reader import CheckSeen, Health, Rows, State
from workbench.store.changes import PositionLost
from workbench.store.engine import Store

logger = logging.getLogger(__name__)
T = TypeVar("T")

QUICK, IDLE = 0.025, 0.2  # seconds between looks at the store: when something just happened, and when nothing does
# Seconds, at most so often, and never more than a third of the time: under steady writing numbers come in batches.
PUBLISH_EVERY = 0.25
SAY_EVERY = 1.0
PATIENCE, MOST_PATIENCE = 1.0, 30.0  # seconds before trying again after a failure


class NumbersNotReady(WorkbenchError):
    """The mirror is being built, or its first build did not pass its checks."""


class Mirror:
    """Keeps the mirror in `folder` (by default `mirror/` of the practice's home) and answers queries from it."""

    def __init__(
        self,
        store: Store,
        zone: ZoneInfo,
        clock: Callable[[], datetime],
        *,
        folder: Path | None = None,
        mirrored: tuple[Mirrored, ...] = MIRRORED,
    ) -> None:
        self._store, self._clock = store, clock
        self._folder = MirrorFolder(folder or store.home / "mirror")
        self._keeper = Keeper(store, Copier(store.vault, zone, mirrored=mirrored), self._folder, clock)
        self._listeners: list[Callable[[], None]] = []
        self._requests: list[tuple[Callable[[], Any], Future[Any]]] = []
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._ready = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._published_mono = self._said_mono = 0.0

    def start(self) -> None:
        """Take the folder and begin to follow, in a thread of its own; returns at once.

        Raises:
            MirrorTaken: another process keeps it.
        """
        self._folder.take()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="mirror", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop following and close the file."""
        self._stopping = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._ready.clear()
        self._keeper.forget("")
        self._folder.release()

    def wait_ready(self, seconds: float = 60.0) -> bool:
        """Whether numbers can be read, waiting so long for the first build."""
        return self._ready.wait(seconds)

    def query(self, sql: str, params: Mapping[str, Any] | Sequence[Any] = (), *, seconds: float = 15.0) -> Rows:
        """Run one of our SELECTs on one read-only snapshot; it is interrupted after `seconds`.

        Raises:
            NumbersNotReady: nothing is published yet.
            QueryTooLong: it was interrupted.
        """
        with self.reading() as snapshot:
            return snapshot.query(sql, params, seconds=seconds)

    @contextmanager
    def reading(self) -> Iterator[Snapshot]:
        """One snapshot for several questions, so that their answers fit together.

        Raises:
            NumbersNotReady: nothing is published yet.
        """
        with ExitStack() as held:
            connection = None
            while connection is None:
                duck = self._keeper.duck
                if duck is None or not self._ready.is_set():
                    problem = self._keeper.status.problem
                    raise NumbersNotReady(problem or "The numbers are being prepared. Please look again in a moment.")
                with suppress(Retired):  # a newer file took its place this moment
                    connection = held.enter_context(duck.reading())
            yield Snapshot(connection)

    def state(self) -> State:
        """What a page has to say about the numbers it shows."""
        status = self.status()
        return State(status.as_of, status.behind_seconds, status.state, status.problem)

    def version(self) -> int:
        """Another number whenever other numbers are served than before."""
        return self._keeper.status.version

    def health(self) -> Health:
        """How the mirror is doing, for a page."""
        status = self.status()
        return Health(
            self.state(),
            status.rows,
            status.changes,
            status.publish_ms,
            status.built_at,
            status.verified_at,
            tuple(table.table for table in status.parity if not table.is_equal),
            tuple(CheckSeen(check.says, check.is_critical, check.failures) for check in status.checks),
        )

    def status(self) -> MirrorStatus:
        """How the mirror is now."""
        status = self._keeper.status
        behind = None if status.as_of is None else max((self._clock() - status.as_of).total_seconds(), 0.0)
        return replace(status, behind_seconds=behind)

    def listen(self, call: Callable[[], None]) -> None:
        """Have this called, in the mirror's thread, each time new numbers are published. It must be quick."""
        self._listeners.append(call)

    def rebuild(self) -> None:
        """Build the file anew from a snapshot, and wait for it; the old one is read meanwhile."""
        self._ask(lambda: self._keeper.build("it was asked for"))

    def verify(self) -> tuple[TableParity, ...]:
        """Compare every row with the store, by counts and checksums, from one snapshot of each side."""
        return self._ask(self._keeper.verify)

    def audit(self) -> tuple[SuiteResult, ...]:
        """Run the daily suites over a snapshot, in a process of their own (about half a minute), and heed them."""
        duck = self._keeper.duck
        if duck is None:
            raise NumbersNotReady("The mirror is not running.")
        results = run_suites(duck)
        self._ask(lambda: self._keeper.keep_audit(results))
        return results

    def settle(self) -> None:
        """Wait until everything committed before this call is published, or held back by a check."""
        self._ask(self._settle)

    def _ask(self, call: Callable[[], T]) -> T:
        if self._thread is None:
            raise NumbersNotReady("The mirror is not running.")
        answer: Future[T] = Future()
        with self._lock:
            self._requests.append((call, answer))
        self._wake.set()
        return answer.result()

    # What follows runs in the mirror's own thread.

    def _run(self) -> None:
        patience = PATIENCE
        while not self._stopping:
            try:
                self._follow()
                patience = PATIENCE
            except PositionLost as lost:
                self._keeper.forget(str(lost))
            except DuckError as error:
                self._fail(error)
                self._keeper.forget("the file was broken")
            except Exception as error:  # noqa: BLE001 - the thread's edge: whatever it was, say so and try again
                self._fail(error)
            if self._keeper.status.state == "failing" and not self._stopping:
                self._wake.wait(patience)
                patience = min(patience * 2, MOST_PATIENCE)
        self._answer_all()

    def _follow(self) -> None:
        seeing = watch(self._store)
        try:
            self._keeper.open()
            self._published()
            pause = QUICK
            while not self._stopping:
                moved = self._turn(seeing)
                pause = QUICK if moved else min(pause * 1.1, IDLE)
                self._wake.wait(pause)
                self._wake.clear()
        finally:
            seeing.close()

    def _turn(self, seeing: Watch) -> bool:
        self._answer_all()
        if self._folder.asked("rebuild"):
            self._keeper.build("it was asked for")
        if self._folder.asked("verify"):
            self._keeper.verify()
        read_at = self._clock()
        moved = seeing.has_moved()
        if moved:
            self._keeper.catch_up()
        if self._keeper.has_news:
            if monotonic() - self._published_mono >= max(PUBLISH_EVERY, self._keeper.status.publish_ms / 500):
                self._keeper.publish(read_at)
                self._published()
        elif self._keeper.status.state in ("following", "failing"):
            self._keeper.set(state="following", as_of=read_at, problem="")
        self._say()
        return moved

    def _settle(self) -> None:
        self._keeper.settle()
        self._published()

    def _published(self) -> None:
        self._published_mono = monotonic()
        if self._keeper.status.as_of is not None:
            self._ready.set()
        for call in self._listeners:
            call()

    def _answer_all(self) -> None:
        while True:
            with self._lock:
                if not self._requests:
                    return
                call, answer = self._requests.pop(0)
            if self._keeper.duck is None:
                answer.set_exception(NumbersNotReady("The mirror is not running."))
                continue
            try:
                answer.set_result(call())
            except BaseException as error:
                answer.set_exception(error)
                raise

    def _fail(self, error: Exception) -> None:
        # The class alone: the text of a database error may quote what was in the row.
        logger.error("the mirror stopped for a moment: %s", type(error).__name__)
        self._keeper.set(state="failing", problem=f"The mirror stopped ({type(error).__name__}) and is trying again.")
        self._say()

    def _say(self) -> None:
        if monotonic() - self._said_mono >= SAY_EVERY:
            self._said_mono = monotonic()
            self._folder.say(told(self.status()))
