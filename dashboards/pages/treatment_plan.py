"""A treatment plan: written part by part and saved while typing, signed and then never changed, reviewed in time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from dashboards.pages.cosigning import ask_cosign, ask_return, keep_cosign, keep_return
from dashboards.pages.pick_code import CodePicker
from dashboards.pages.plan_form import typed, with_goal, with_objective, with_problem, without
from dashboards.parts.dialogs import confirm
from dashboards.parts.html import counted, day, render
from dashboards.parts.message import Message
from dashboards.parts.own_versions import OwnVersions
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Ask, Done, Redraw, Refused, Reply
from dashboards.parts.routes import Visit as Opening
from dashboards.parts.statuses import NOTE
from dashboards.parts.tables import Look, Looks
from workbench.gate.errors import StalePage
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError
from workbench.kernel.time import day_of
from workbench.screens.measure_form import measure_choices
from workbench.screens.treatment_plan import PlanOfPatient, PlanText, Review, objectives_of

OBJECTIVE: Final = Looks({
    "active": Look("Active", "info", "target"), "met": Look("Met", "good", "circle-check"),
    "dropped": Look("Dropped", "neutral", "circle-slash"),
})  # fmt: skip
STATES: Final = (("active", "Active"), ("met", "Met"), ("dropped", "Dropped"))
_ELSEWHERE = "This plan was changed in another window. Copy what you typed here, then reload the page."


def review_badge(review: Review, due_on: date | None) -> tuple[str, str, str]:
    """Word, tone and icon of how a plan stands to its review."""
    if review is Review.NONE or due_on is None:
        return "No plan", "bad", "file-plus"
    if review is Review.OVERDUE:
        return f"Review overdue since {day(due_on)}", "bad", "clock-alert"
    return f"Plan due {day(due_on)}", "warn" if review is Review.SOON else "neutral", "clock"


@dataclass(frozen=True)
class TreatmentPlanCalls:
    """The calls of the page, with actor and time already given."""

    shown: Callable[..., PlanOfPatient]
    write: Callable[..., Any]
    sign: Callable[..., Any]
    cosign: Callable[..., Any]
    give_back: Callable[..., Any]
    codes: CodePicker


class TreatmentPlanPage(Page):
    """The plan of one person: what is in force, what is written, what was before."""

    needs = Permission.READ_CHART
    title = "Treatment plan"
    wide = True

    def __init__(
        self, opening: Opening, *, calls: TreatmentPlanCalls, zone: ZoneInfo, clock: Callable[[], datetime], base: str
    ) -> None:
        self._calls, self._zone, self._clock, self._base = calls, zone, clock, base
        self._patient_id = opening.ids["patient_id"]
        asked = opening.query.get("version", "")
        self._number = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
        self._versions = OwnVersions()
        self.plan: PlanOfPatient | None = None

    def load(self) -> None:
        """The plan as it stands."""
        self.plan = self._calls.shown(self._patient_id, number=self._number)

    def crumbs(self) -> tuple[Crumb, ...]:
        """From the file to the plan; no name."""
        plan = self._open()
        return (Crumb(f"File {plan.number}", f"/patients/{plan.patient_id}?tab=notes"), Crumb(self.title))

    def render(self) -> Markup:
        """The form, or the signed version."""
        plan = self._open()
        return render(
            "pages/treatment_plan.html", plan=plan, looks=OBJECTIVE, notes=NOTE, states=STATES, zone=self._zone,
            base=self._base, today=day_of(self._clock(), self._zone),
            measures=measure_options(), names=measure_names(), fixed=_fixed(plan),
            review=review_badge(plan.review, plan.shown.review_on if plan.shown and plan.is_current else None),
        )  # fmt: skip

    def do_begin(self, message: Message) -> Done:
        """A draft of the first version, or of a review."""
        self._calls.write(self._patient_id, version=0, idempotency_key=message.key)
        self._number = 0
        return Done("The draft is begun", go=f"/treatment-plan/{self._patient_id}")

    def do_save(self, message: Message) -> Reply:
        """What is typed. Called while typing."""
        return self._change(message, lambda text: text)

    def do_add_problem(self, message: Message) -> Reply:
        """One more."""
        return self._change(message, with_problem)

    def do_add_goal(self, message: Message) -> Reply:
        """One more of this problem."""
        return self._change(message, lambda text: with_goal(text, message.text("id")))

    def do_add_objective(self, message: Message) -> Reply:
        """One more of this goal."""
        return self._change(message, lambda text: with_objective(text, message.text("id")))

    def do_take_away(self, message: Message) -> Reply:
        """This part and what belongs to it."""
        return self._change(message, lambda text: without(text, message.text("id")))

    def do_ask_code(self, message: Message) -> Ask:
        """Which diagnosis?"""
        return self._calls.codes.ask(self._patient_id, message, day_of(self._clock(), self._zone))

    def do_seek_code(self, message: Message) -> Ask:
        """What is found."""
        return self._calls.codes.seek(message, day_of(self._clock(), self._zone))

    def do_ask_sign(self, message: Message) -> Reply:
        """Keep what is typed, tell what leads nowhere, then ask: a signature cannot be taken back."""
        version = self._save(message, lambda text: text)
        self.load()
        plan = self._open()
        if plan.missing:
            told = f"Not ready to sign: {counted(len(plan.missing), 'place')} to look at."
            return Refused(told, plan.missing)
        gaps = " ".join(gap.words for gap in plan.gaps)
        words = f"About {plan.patient_name}. Once signed, this version never changes; its review is due in 90 days."
        return confirm("sign", "Sign and lock this plan?", f"{words} {gaps}".strip(), label="Sign and lock",
                       args={"version": str(version)})  # fmt: skip

    def do_sign(self, message: Message) -> Reply:
        """Sign the text as it was when the question was asked."""
        plan = self._open()
        if plan.draft is None:
            return Done(_ELSEWHERE, tone="warn")
        try:
            done = self._calls.sign(plan.draft.plan_id, expected_version=message.whole("version", least=1),
                                    idempotency_key=message.key)  # fmt: skip
        except StalePage:
            return Done(_ELSEWHERE, tone="warn")
        waits = "" if done.is_locked else "; it waits for the co-signature of your supervisor"
        return Done(f"Signed as {done.signed_as}; review by {day(done.review_on)}{waits}")

    def do_ask_cosign(self, message: Message) -> Ask:
        """What do you vouch for?"""
        del message
        return ask_cosign()

    def do_cosign(self, message: Message) -> Done:
        """Locked with both signatures."""
        return keep_cosign(self._calls.cosign, self._draft_id(), message)

    def do_ask_return(self, message: Message) -> Ask:
        """What is to be revised?"""
        del message
        return ask_return()

    def do_give_back(self, message: Message) -> Done:
        """A draft again."""
        return keep_return(self._calls.give_back, self._draft_id(), message)

    def _open(self) -> PlanOfPatient:
        if self.plan is None:
            self.load()
        assert self.plan is not None
        return self.plan

    def _draft_id(self) -> str:
        draft = self._open().draft
        return draft.plan_id if draft else ""

    def _change(self, message: Message, change: Callable[[PlanText], PlanText]) -> Redraw:
        self._save(message, change)
        self.load()
        return Redraw()

    def _save(self, message: Message, change: Callable[[PlanText], PlanText]) -> int:
        draft, named = self._open().draft, message.whole("version")
        if draft is None:
            raise WorkbenchError(_ELSEWHERE)
        try:
            saved = self._calls.write(self._patient_id, version=self._versions.meant(named),
                                      text=change(typed(message, draft.text)), idempotency_key=message.key)  # fmt: skip
        except StalePage as refusal:
            raise WorkbenchError(_ELSEWHERE) from refusal
        return self._versions.accept(named, int(saved.version))


def _fixed(plan: PlanOfPatient) -> frozenset[str]:
    """What is not taken away: the objectives the plan in force aims at, and what they belong to."""
    if plan.draft is None:
        return frozenset()
    held = [parts for parts in objectives_of(plan.draft.text) if parts[2].id in plan.carried]
    return frozenset(part.id for parts in held for part in parts)


def measure_options() -> list[tuple[str, str]]:
    """Every measure by its name in files, and none."""
    return [("", "In words"), *((one.rule.partition("@")[0], one.measure) for one in measure_choices())]


def measure_names() -> dict[str, str]:
    """How each is called."""
    return dict(measure_options())
