"""Keeps one mirror file in step with the store: build, follow, publish, verify. One thread at a time calls it.

It repairs itself: a file that is missing, broken, of another shape or ahead of a restored store is built anew from a
snapshot, while the old one goes on being read. What was published stays until something better passes its checks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import perf_counter
from typing import Any

from pipelines.checks.daily import SuiteResult
from pipelines.copying import Copier, keep, kept, rows_of
from pipelines.duck import Duck, DuckError
from pipelines.files import MirrorFolder, remove
from pipelines.parity import TableParity, compare
from pipelines.publishing import CheckResult, ChecksFailed, has_pending, last_results, publish
from workbench.store.engine import Store


@dataclass(frozen=True)
class MirrorStatus:
    """How the mirror is. `as_of`: everything committed in the store before this instant is in the numbers.

    state: `building`, `following`, `held` (a critical check failed, older numbers stay) or `failing` (see `problem`).
    publish_ms: how long the last publish took. version: grows when other numbers are served than before.
    parity, audit: what the last verification and the last run of the daily suites found, empty before the first.
    """

    state: str = "building"
    as_of: datetime | None = None
    behind_seconds: float | None = None
    built_at: datetime | None = None
    why_built: str = ""
    problem: str = ""
    publish_ms: float = 0.0
    changes: int = 0
    version: int = 0
    rows: Mapping[str, int] = field(default_factory=dict)
    checks: tuple[CheckResult, ...] = ()
    verified_at: datetime | None = None
    parity: tuple[TableParity, ...] = ()
    audited_at: datetime | None = None
    audit: tuple[SuiteResult, ...] = ()


class Keeper:
    """The file in use (`duck`), what is done to it, and how it is (`status`)."""

    def __init__(self, store: Store, copier: Copier, folder: MirrorFolder, clock: Callable[[], datetime]) -> None:
        self._store, self._copier, self._folder, self._clock = store, copier, folder, clock
        self._key = store.vault.service_key("mirror")
        self.duck: Duck | None = None
        self.status = MirrorStatus()
        self.has_news = False
        self._lost = ""

    def open(self) -> None:
        """Go on with the current file if it is sound and of today's shape, else build one."""
        if self.duck is not None:
            return
        why = self._lost
        file = self._folder.current()
        if file is None:
            why = why or "there was none"
        elif not why:
            try:
                duck = Duck(file, self._key, spill=self._folder.spill)
            except DuckError:
                why = "the file could not be opened"
            else:
                if kept(duck, "fingerprint") == self._copier.fingerprint:
                    self._serve(duck)
                    return
                why = "it was made for another version"
                duck.close()
        self.build(why)

    def build(self, why: str) -> None:
        """A new file from one snapshot of the store.

        It takes the place of the old one if its numbers pass their checks, or if there is no old one.
        """
        read_at = self._clock()
        file = self._folder.next_file()
        duck = Duck(file, self._key, spill=self._folder.spill)
        try:
            with self._store.reading() as session:
                self._copier.copy_all(session, duck)
            is_good = self._publish(duck, read_at, whole=True)
        except BaseException:
            duck.close()
            remove(file)
            raise
        if not is_good and self.duck is not None:
            duck.close()
            remove(file)
            return
        self.set(built_at=read_at, why_built=why)
        self._lost = ""
        self._serve(duck)
        self._folder.make_current(file)

    def forget(self, why: str) -> None:
        """Close the file, because it may be wrong; the next `open` builds a new one."""
        duck, self.duck = self.duck, None
        self._lost = why
        if duck is not None:
            duck.close()

    def catch_up(self) -> int:
        """Copy what changed in the store since the last time; how many entries of the log that were.

        Raises:
            PositionLost: the log does not lead on; a new file is needed.
        """
        with self._store.reading() as session:
            changes = self._copier.follow_up(session, self._open_duck)
        if changes:
            self.has_news = True
            self.set(changes=self.status.changes + changes)
        return changes

    def publish(self, read_at: datetime) -> bool:
        """Make the numbers anew from what was copied; False if a critical check held them back."""
        return self._publish(self._open_duck, read_at, whole=False)

    def verify(self) -> tuple[TableParity, ...]:
        """Compare every row with the store from one snapshot of each side, and run every check over every row."""
        read_at = self._clock()
        with self._store.reading() as session:
            self._copier.follow_up(session, self._open_duck)
            found = compare(session, self._open_duck, self._copier)
        self._publish(self._open_duck, read_at, whole=True)
        self.set(verified_at=read_at, parity=found)
        return found

    def keep_audit(self, results: tuple[SuiteResult, ...]) -> None:
        """Take over what the daily suites found: where a critical one failed, nothing new is published until one holds.

        Only the file remembers it: one built anew begins without.
        """
        at = self._clock()
        failing = [result for result in results if result.is_critical and not result.success]
        problem = ""
        if failing:
            first = f"{failing[0].table}.{failing[0].column} ({failing[0].expectation})"
            problem = f"The daily checks failed, so these are the last good numbers: {first}."
        with self._open_duck.changing() as connection:
            keep(connection, {"suite_problem": problem})
        self.set(audited_at=at, audit=results)
        self._publish(self._open_duck, at, whole=False)

    def settle(self) -> None:
        """Copy and publish whatever was committed before this call."""
        read_at = self._clock()
        self.catch_up()
        if self.has_news:
            self.publish(read_at)

    def set(self, **facts: Any) -> None:
        """Change what `status` says."""
        self.status = replace(self.status, **facts)

    @property
    def _open_duck(self) -> Duck:
        assert self.duck is not None
        return self.duck

    def _publish(self, duck: Duck, read_at: datetime, *, whole: bool) -> bool:
        began = perf_counter()
        self.has_news = False
        if problem := kept(duck, "suite_problem"):
            self.set(state="held", problem=problem)
            return False
        try:
            results = publish(duck, read_at, whole=whole)
        except ChecksFailed as failed:
            self.set(state="held", checks=failed.results, problem=_problem(failed.results))
            return False
        took = (perf_counter() - began) * 1000
        self.set(
            state="following", as_of=read_at, problem="", checks=results, publish_ms=took,
            rows=rows_of(duck, self._copier), version=self.status.version + 1,
        )  # fmt: skip
        return True

    def _serve(self, duck: Duck) -> None:
        old, self.duck = self.duck, duck
        if old is not None:
            old.retire()
        results = last_results(duck)
        problem = kept(duck, "suite_problem") or _problem(results)
        published = kept(duck, "published_at")
        self.has_news = has_pending(duck) and not problem
        self.set(
            state="held" if problem else "following",
            as_of=datetime.fromisoformat(published) if published else None,
            problem=problem,
            checks=results,
            rows=rows_of(duck, self._copier),
            version=self.status.version + 1,
        )


def _problem(results: tuple[CheckResult, ...]) -> str:
    """A sentence about the first critical check that found something; "" if none did."""
    failing = [result for result in results if result.is_critical and result.failures]
    if not failing:
        return ""
    return f"A check failed, so these are the last good numbers. “{failing[0].says}”: {failing[0].failures:,} are not."
