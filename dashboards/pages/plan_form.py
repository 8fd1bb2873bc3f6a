"""The form of a treatment plan: what was typed as a plan, and a part more or less."""

from collections.abc import Callable
from dataclasses import replace

from dashboards.parts.message import FieldProblem, Message
from workbench.screens.treatment_plan import Goal, Objective, ObjectiveState, PlanText, Problem

SAID = ("strengths", "services", "discharge", "took_part")


def typed(message: Message, plan: PlanText) -> PlanText:
    """The plan with what the form holds; what it holds no field for, such as a part made just now, stays.

    Raises:
        FieldProblem: a day, a number or a choice is none.
    """
    words = {name: message.text(name, getattr(plan, name)) for name in SAID}
    return replace(plan, problems=tuple(_problem(message, one) for one in plan.problems), **words)


def _problem(message: Message, one: Problem) -> Problem:
    codes = message.text(f"{one.id}.diagnoses", ", ".join(one.diagnoses)).upper()
    return replace(
        one,
        words=message.text(f"{one.id}.words", one.words),
        diagnoses=tuple(codes.replace(";", ",").replace(" ", ",").split(",")),
        goals=tuple(
            replace(goal, words=message.text(f"{goal.id}.words", goal.words),
                    objectives=tuple(_objective(message, objective) for objective in goal.objectives))
            for goal in one.goals
        ),
    )  # fmt: skip


def _objective(message: Message, one: Objective) -> Objective:
    if f"{one.id}.words" not in message.values:
        return one
    state = message.text(f"{one.id}.state", ObjectiveState.ACTIVE)
    if state not in ObjectiveState._value2member_map_:
        raise FieldProblem(f"{one.id}.state", "Please choose one.")
    return replace(
        one,
        words=message.text(f"{one.id}.words"),
        baseline=message.text(f"{one.id}.baseline"),
        measure=message.text(f"{one.id}.measure"),
        score=message.whole(f"{one.id}.score", most=1_000) if message.text(f"{one.id}.score") else None,
        target=message.text(f"{one.id}.target"),
        by=message.day(f"{one.id}.by") if message.text(f"{one.id}.by") else None,
        state=ObjectiveState(state),
        interventions=tuple(message.text(f"{one.id}.interventions").splitlines()),
    )


def with_problem(plan: PlanText) -> PlanText:
    """One more problem with an empty goal and objective."""
    return replace(plan, problems=(*plan.problems, Problem(goals=(Goal(objectives=(Objective(),)),))))


def with_goal(plan: PlanText, problem_id: str) -> PlanText:
    """One more goal of this problem."""
    return _each(plan, lambda one: replace(one, goals=(*one.goals, Goal(objectives=(Objective(),))))
                 if one.id == problem_id else one)  # fmt: skip


def with_objective(plan: PlanText, goal_id: str) -> PlanText:
    """One more objective of this goal."""
    return _each(plan, lambda one: replace(one, goals=tuple(
        replace(goal, objectives=(*goal.objectives, Objective())) if goal.id == goal_id else goal for goal in one.goals
    )))  # fmt: skip


def without(plan: PlanText, part_id: str) -> PlanText:
    """The plan without this part and all that belongs to it."""
    left = replace(plan, problems=tuple(one for one in plan.problems if one.id != part_id))
    return _each(left, lambda one: replace(one, goals=tuple(
        replace(goal, objectives=tuple(each for each in goal.objectives if each.id != part_id))
        for goal in one.goals
        if goal.id != part_id
    )))  # fmt: skip


def _each(plan: PlanText, change: Callable[[Problem], Problem]) -> PlanText:
    return replace(plan, problems=tuple(change(one) for one in plan.problems))
