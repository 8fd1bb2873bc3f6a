"""The page of the jobs: what it shows of each, and that its button makes one call."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dashboards.pages.jobs import JobsPage
from dashboards.parts.message import Message
from workbench.actions.operations.retry_job import JobRetried
from workbench.gate.queue import JobState
from workbench.screens.jobs_state import JobRow, JobsState

AT = datetime(2026, 3, 9, 14, tzinfo=UTC)


def row(state, problem=""):
    return JobRow(f"job_{state}", "verify_audit_log", state, AT, AT, None, 3, problem)


def page(*rows, may_retry=True, late=None, last=AT, is_asleep=False):
    calls = []

    def retry(job_id, *, idempotency_key):
        calls.append((job_id, idempotency_key))
        return JobRetried(job_id, "verify_audit_log")

    counts = {state: sum(one.state is state for one in rows) for state in JobState}
    state = JobsState(counts, late, last, is_asleep, rows, may_retry)
    made = JobsPage(state=lambda: state, on_retry=retry, zone=ZoneInfo("America/New_York"))
    made.load()
    return made, calls


def test_a_failed_job_names_its_problem_and_can_be_sent_back():
    shown, calls = page(row(JobState.FAILED, "ChainBroken"), row(JobState.DONE))
    html = str(shown.render())
    assert "ChainBroken" in html
    assert "Verify the audit log" in html
    assert html.count('data-do="retry"') == 1
    done = shown.handle(Message("retry", {"id": ("job_failed",)}, key="k" * 8))
    assert calls == [("job_failed", "k" * 8)]
    assert "back to work" in done.toast


def test_who_may_only_look_gets_no_button():
    shown, _ = page(row(JobState.FAILED, "ChainBroken"), may_retry=False)
    assert 'data-do="retry"' not in str(shown.render())


def test_a_job_that_waits_after_a_failure_is_shown_as_trying_again():
    shown, _ = page(row(JobState.WAITING, "StoreFull"))
    assert "Trying again" in str(shown.render())


def test_late_work_asks_whether_the_runner_works():
    assert "Work is late" in str(page(late=AT)[0].render())
    assert "Work is late" not in str(page()[0].render())


def test_a_practice_served_without_a_runner_is_told_so():
    assert "has not ended a job yet" in str(page(last=None, is_asleep=True)[0].render())
    assert "It last ended a job Mar 9, 2026" in str(page(is_asleep=True)[0].render())
    assert "No job runner" not in str(page()[0].render())
