"""Does promised work: claims it with a lease, runs its handler as a named actor, marks it, and stops when told.

A runner that is killed leaves a lease that runs out; another then takes the work, whose verbs know it by the job's id.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.exc import OperationalError

from workbench.gate.action import Gate
from workbench.gate.queue import Claimed, Payload, Queue
from workbench.jobs.handlers import Handler, JobRun
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import day_of, instant_of

LEASE: Final = timedelta(seconds=60)
IDLE_SECONDS: Final = 0.5
_log = logging.getLogger("workbench.jobs")


class NoHandler(WorkbenchError):
    """Work of a kind was promised that this software cannot do."""


class NoPermission(WorkbenchError):
    """A handler was given no permission, so whatever it did would be refused."""


class TwoHandlers(WorkbenchError):
    """Two handlers claim the same kind of work."""


class Runner:
    """One worker. `clock` is asked for the time; nothing else is."""

    def __init__(
        self,
        gate: Gate,
        handlers: Sequence[Handler],
        *,
        clock: Callable[[], datetime],
        name: str,
        lease: timedelta = LEASE,
    ) -> None:
        self._gate, self._clock, self._lease = gate, clock, lease
        self._handlers = {handler.kind: handler for handler in handlers}
        self._queue = Queue(gate.store, name)
        self._stop = threading.Event()
        self._given = len(handlers)
        self._promised: set[str] = set()

    def check(self) -> None:
        """Refuse to start half able.

        Raises:
            TwoHandlers, NoPermission, NoHandler: see there.
        """
        if len(self._handlers) != self._given:
            raise TwoHandlers("Two handlers claim the same kind of work.")
        for handler in self._handlers.values():
            if not handler.permissions:
                raise NoPermission(f"The job “{handler.kind}” was given no permission, so it can do nothing.")
        unknown = sorted(self._queue.kinds_open() - self._handlers.keys())
        if unknown:
            raise NoHandler(f"Work of a kind nobody here can do is waiting: {', '.join(unknown)}.")

    def run(self) -> None:
        """Work until `stop()`; what is begun is ended first."""
        self.check()
        while not self._stop.is_set():
            try:
                self.promise()
                busy = self.run_one()
            except OperationalError as error:
                # The store is locked or away for a moment; what was claimed comes back when its lease runs out.
                _log.warning("the store did not answer: %s", type(error.orig).__name__)
                busy = False
            if not busy:
                self._stop.wait(IDLE_SECONDS)

    def stop(self) -> None:
        """End after the work in hand. May be called from a signal handler or another thread."""
        self._stop.set()

    def promise(self) -> None:
        """Promise the next night's work, and what rows in the store want; a promise kept already is kept once."""
        now = self._clock()
        for handler in self._handlers.values():
            if handler.nightly_at is not None:
                run_at = _next_time(handler.nightly_at, now, self._gate)
                self._keep(handler, f"{handler.kind}:{day_of(run_at, self._gate.zone)}", {}, now, run_at)
            for row_id in handler.wanted(self._gate, now) if handler.wanted is not None else ():
                self._keep(handler, f"{handler.kind}:{row_id}", {"id": row_id}, now, now + handler.after)

    def _keep(self, handler: Handler, key: str, payload: Payload, now: datetime, run_at: datetime) -> None:
        if key not in self._promised:  # spares a look at the store twice a second
            self._queue.promise(kind=handler.kind, key=key, payload=payload, now=now, run_at=run_at)
            self._promised.add(key)

    def run_one(self) -> bool:
        """Do the most overdue work, if any is due; whether there was some."""
        job = self._queue.claim(now=self._clock(), lease=self._lease)
        if job is None:
            return False
        handler = self._handlers.get(job.kind)
        if handler is None:
            self._fails(job, NoHandler.__name__)
            return True
        run = JobRun(self._gate, handler.actor, job.id, job.payload, self._clock())
        try:
            with self._heartbeat(job):
                handler.run(run)
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is the job's problem, not the runner's end
            self._fails(job, type(error).__name__)
        else:
            if not self._queue.finish(job.id, now=self._clock()):
                _log.warning("job %s was done, but its lease had gone to another worker", job.id)
        return True

    def _fails(self, job: Claimed, problem: str) -> None:
        state = self._queue.give_back(job.id, now=self._clock(), problem=problem)
        _log.warning("job %s (%s) met %s in attempt %d and is %s", job.id, job.kind, problem, job.attempts, state)

    @contextmanager
    def _heartbeat(self, job: Claimed) -> Iterator[None]:
        """Stretch the lease in the background for as long as the handler runs."""
        over = threading.Event()

        def beat() -> None:
            while not over.wait(self._lease.total_seconds() / 3):
                if not self._queue.hold(job.id, until=self._clock() + self._lease):
                    return

        thread = threading.Thread(target=beat, name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def _next_time(at: tuple[int, int], now: datetime, gate: Gate) -> datetime:
    today = now.astimezone(gate.zone).replace(tzinfo=None)
    wall = today.replace(hour=at[0], minute=at[1], second=0, microsecond=0)
    instant = instant_of(wall, gate.zone)
    return instant if instant > now else instant_of(wall + timedelta(days=1), gate.zone)
