"""Where a golden thread breaks: each rule by what makes it and what mends it."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workbench.charting.plan_tables import Goal, Objective, ObjectiveState, PlanText, Problem
from workbench.charting.threads import GapKind, Served, Thread, gaps, links_missing, named, unserving

TODAY = date(2026, 6, 1)
SLEEP = Objective("obj_1", "Sleeps", target="Five nights", interventions=("CBT-I",))
WORRY = Objective("obj_2", "Worries less", measure="gad7", score=9, interventions=("Exposure",))
PLAN = PlanText((Problem("prb_1", "Worry", ("F41.1",), (Goal("gol_1", "Calm", (SLEEP, WORRY)),)),), "a", "b", "c", "d")
days = st.integers(0, 200).map(lambda ago: TODAY - timedelta(days=ago))
notes = st.lists(st.tuples(days, st.sets(st.sampled_from(["obj_1", "obj_2", "obj_9"]))), max_size=6).map(
    lambda some: tuple(Served(f"nte_{n}", on, frozenset(ids)) for n, (on, ids) in enumerate(some))
)


def whole(**changed: object) -> Thread:
    """A thread without a gap."""
    signed = TODAY - timedelta(days=20)
    note = Served("nte_1", TODAY, frozenset({"obj_1", "obj_2"}))
    thread = Thread(TODAY, signed, PLAN, signed, {"obj_1": signed, "obj_2": signed}, ("F41.1",), (note,))
    return replace(thread, **changed)  # type: ignore[arg-type]


def found(thread: Thread) -> list[tuple[GapKind, str]]:
    return [(one.kind, one.about) for one in gaps(thread)]


def with_goals(*goals: Goal) -> PlanText:
    return replace(PLAN, problems=(replace(PLAN.problems[0], goals=goals),))


def test_a_whole_thread_has_no_gap() -> None:
    assert gaps(whole()) == ()


def test_nothing_at_all_is_two_gaps() -> None:
    assert found(Thread(TODAY)) == [(GapKind.ASSESSMENT, ""), (GapKind.PLAN, "")]


@given(st.integers(0, 200))
def test_the_plan_is_told_of_two_weeks_before_its_review(ago: int) -> None:
    told = [one for one in gaps(whole(signed_on=TODAY - timedelta(days=ago), since={}))
            if one.kind is GapKind.REVIEW]  # fmt: skip
    assert bool(told) is (ago >= 76)
    assert all(one.is_pressing is (ago > 90) for one in told)


@given(st.sets(st.sampled_from(["F41.1", "F32.1", "F43.10"])))
def test_each_diagnosis_stands_for_a_problem(codes: set[str]) -> None:
    told = {about for kind, about in found(whole(diagnoses=tuple(sorted(codes)))) if kind is GapKind.DIAGNOSIS}
    assert told == codes - {"F41.1"}


def test_each_link_leads_on() -> None:
    assert [one.about for one in links_missing(with_goals())] == ["prb_1"]
    assert [one.about for one in links_missing(with_goals(Goal("gol_2", "Rest")))] == ["gol_2"]
    bare = with_goals(Goal("gol_2", "Rest", (replace(SLEEP, interventions=()),)))
    assert [one.about for one in links_missing(bare)] == ["obj_1"]
    undiagnosed = replace(PLAN, problems=(replace(PLAN.problems[0], diagnoses=()),))
    assert [one.words for one in links_missing(undiagnosed)] == ["The problem “Worry” names no diagnosis."]


@given(days, notes)
def test_an_objective_is_untouched_after_thirty_days_without_a_note(since: date, some: tuple[Served, ...]) -> None:
    told = {about for kind, about in found(whole(notes=some, since={"obj_1": since, "obj_2": since}))
            if kind is GapKind.OBJECTIVE}  # fmt: skip
    for key in ("obj_1", "obj_2"):
        touched = [one.service_on for one in some if key in one.objectives]
        assert (key in told) is (TODAY - max(touched, default=since) > timedelta(days=30))


@given(days, st.sampled_from([ObjectiveState.MET, ObjectiveState.DROPPED]))
def test_what_is_settled_is_not_asked_about(by: date, state: ObjectiveState) -> None:
    settled = replace(SLEEP, state=state, by=by, interventions=())
    thread = whole(plan=with_goals(Goal("gol_1", "Calm", (settled,))), notes=(), since={"obj_1": date(2025, 1, 1)})
    assert gaps(thread) == ()


@given(days)
def test_a_day_that_has_passed_is_told(by: date) -> None:
    thread = whole(plan=with_goals(Goal("gol_1", "Calm", (replace(SLEEP, by=by), WORRY))))
    assert ((GapKind.OBJECTIVE, "obj_1") in found(thread)) is (by < TODAY)


@given(days, notes)
def test_notes_of_sessions_since_the_signature_name_what_they_served(signed: date, some: tuple[Served, ...]) -> None:
    thread = whole(signed_on=signed, notes=some)
    aimless = unserving(thread)
    assert aimless == tuple(one for one in some if one.service_on > signed and not one.objectives)
    assert any(kind is GapKind.NOTE for kind, _ in found(thread)) is bool(aimless)


def test_long_words_are_shortened_and_none_are_told() -> None:
    assert len(named(Goal(words="x" * 200))) == 82
    assert named(Goal()) == "without words"
