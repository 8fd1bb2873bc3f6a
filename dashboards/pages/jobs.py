"""Jobs: what the background does, what it gave up, and the button that sends it back to work."""

from collections.abc import Callable
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.parts.html import ENVIRONMENT, instant, render
from dashboards.parts.message import Message
from dashboards.parts.page import Page
from dashboards.parts.replies import Done, Redraw
from dashboards.parts.statuses import JOB
from dashboards.parts.tables import Cell, Column, Kpi, Row, Table
from workbench.actions.operations.retry_job import JobRetried
from workbench.gate.permissions import Permission
from workbench.gate.queue import JobState
from workbench.screens.jobs_state import JobRow, JobsState

UI: Any = ENVIRONMENT.globals["ui"]
COLUMNS = (
    Column("kind", "What", leads=True),
    Column("state", "State"),
    Column("due", "Due"),
    Column("finished", "Ended", only_wide=True),
    Column("attempts", "Tries", number=True),
    Column("problem", "Last problem"),
    Column("retry", "Try again", label_hidden=True),
)
KINDS = {
    "answer_claims": "Answer claims (synthetic payer)",
    "carry_out_access": "Give access that one person approved alone",
    "expire_kept_answers": "Forget answers kept for resent forms",
    "open_quarterly_review": "Begin the quarter's access review",
    "remind_emergency_review": "Remind of an emergency opening to review",
    "state_self_approvals": "State what was approved alone",
    "verify_audit_log": "Verify the audit log",
    "verify_signed_records": "Verify every signed record",
    "watch_grants": "Look for roles that end soon",
}
_NOTES = {
    JobState.WAITING: "now or later",
    JobState.RUNNING: "held by a worker",
    JobState.DONE: "since the start",
    JobState.FAILED: "given up; wait for you",
}


class Retry(Protocol):
    """The verb, with door, actor and time already given."""

    def __call__(self, job_id: str, *, idempotency_key: str | None) -> JobRetried: ...


class JobsPage(Page):
    """Counts by state, and the newest jobs with what stopped them."""

    needs = Permission.SEE_JOBS
    title = "Jobs"
    wide = True

    def __init__(self, *, state: Callable[[], JobsState], on_retry: Retry, zone: ZoneInfo, base: str = "") -> None:
        self._state, self._on_retry, self._zone, self._base = state, on_retry, zone, base
        self.found: JobsState | None = None

    def load(self) -> None:
        """How everything stands now."""
        self.found = self._state()

    def render(self) -> Markup:
        """The page."""
        assert self.found is not None
        late = self.found.overdue_since
        return render(
            "pages/jobs.html",
            kpis=[self._kpi(state, self.found.counts[state]) for state in JobState],
            late=instant(late, self._zone) if late else "",
            asleep=self.found.is_asleep,
            last=instant(last, self._zone) if (last := self.found.last_done_at) else "",
            table=self._table(self.found),
        )

    def do_refresh(self, message: Message) -> Redraw:
        """Look again."""
        del message
        self.load()
        return Redraw()

    def do_retry(self, message: Message) -> Done:
        """Send a job that was given up back to work."""
        done = self._on_retry(message.text("id"), idempotency_key=message.key)
        return Done(f"{_words(done.kind)}: back to work.")

    def _kpi(self, state: JobState, count: int) -> Kpi:
        return Kpi(state.value, JOB.of(state).word, f"{count:,}", note=_NOTES[state], opens="")

    def _table(self, found: JobsState) -> Table:
        return Table(
            id="jobs",
            caption="Jobs, what was given up first",
            columns=COLUMNS,
            rows=tuple(self._row(row, may_retry=found.may_retry) for row in found.rows),
            base=self._base,
            dense=True,
            empty_title="No job yet",
            empty_text="The first nightly jobs appear as soon as the job runner, “workbench work”, has started.",
            empty_icon="hourglass",
        )

    def _row(self, row: JobRow, *, may_retry: bool) -> Row:
        offered = may_retry and row.state is JobState.FAILED
        retry: Cell = UI.button("Try again", do="retry", args={"id": row.id}, size="small") if offered else ""
        look = JOB.of("retrying" if row.state is JobState.WAITING and row.problem else row.state)
        ended = instant(row.finished_at, self._zone) if row.finished_at else ""
        cells = (_words(row.kind), UI.status(look), instant(row.run_at, self._zone), ended, f"{row.attempts}",
                 row.problem, retry)  # fmt: skip
        return Row(row.id, cells, name=_words(row.kind), tone="bad" if row.state is JobState.FAILED else "")


def _words(kind: str) -> str:
    return KINDS.get(kind, kind.replace("_", " ").capitalize())
