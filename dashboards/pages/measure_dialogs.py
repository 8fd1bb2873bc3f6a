"""Taking a measure with a patient, and answering the alerts it raises."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from dashboards.parts.dialogs import flyout
from dashboards.parts.html import clock as on_the_clock
from dashboards.parts.html import render
from dashboards.parts.message import Message
from dashboards.parts.replies import Ask, Deliver, Done, Reply
from workbench.actions.measures.answer_alert import answer_alert
from workbench.actions.measures.record_measure import MeasureRecorded, record_measure
from workbench.gate.errors import NotAllowed
from workbench.gate.permissions import Permission
from workbench.screens.alerts import Alerts, AlertShown, alerts, flag_words
from workbench.screens.form_paper import FormFile
from workbench.screens.measure_form import measure_choices, measure_form
from workbench.screens.measures_export import measures_export


@dataclass(frozen=True)
class MeasureCalls:
    """The calls, with actor and time already given; export: None where the role does not include it."""

    record: Callable[..., MeasureRecorded]
    answer: Callable[..., Any]
    alerts: Callable[..., Alerts]
    export: Callable[..., FormFile] | None
    zone: ZoneInfo
    clock: Callable[[], datetime]

    def pick(self) -> Ask:
        """Which one?"""
        choices = [(one.rule, f"{one.measure} – {one.title}") for one in measure_choices()]
        return flyout("Take a measure", render("pages/measure_pick.html", choices=choices))

    def ask(self, message: Message) -> Ask:
        """Its form, empty."""
        today: date = self.clock().astimezone(self.zone).date()
        form = measure_form(message.required("rule", "Please choose one."), today)
        return flyout(form.measure, render("pages/measure_take.html", form=form))

    def keep(self, patient_id: str, message: Message) -> Done:
        """What they answered. If somebody must look at it, that is said before anything else."""
        done = self.record(
            patient_id, rule=message.text("rule"), values=dict(message.values), is_partial=message.ticked("is_partial"),
            idempotency_key=message.key,
        )  # fmt: skip
        came_to = "kept without a total" if done.total is None and not done.band else _told(done)
        if not done.alerts or done.answer_until is None:
            return Done(f"{done.measure}: {came_to}")
        what = ", ".join(flag_words(flag) for flag in done.alerts)
        until = on_the_clock(done.answer_until, self.zone)
        html = render("pages/measure_alert.html", done=done, came_to=came_to, what=what, until=until)
        return Done(f"{done.measure}: {came_to}", tone="warn", stays=lambda: flyout("Look at this now", html))

    def take_out(self, patient_id: str, message: Message) -> Deliver:
        """All of them, in a file."""
        if self.export is None:
            raise NotAllowed
        file = self.export(patient_id, kind="csv" if message.text("kind") == "csv" else "json")
        return Deliver(file.name, file.media_type, file.content, "The measures are saved.")

    def ask_answer(self, alert: AlertShown) -> Ask:
        """What was done?"""
        return flyout("Answer an alert", render("pages/alert_answer.html", alert=alert, zone=self.zone))

    def keep_answer(self, message: Message) -> Done:
        """It is answered."""
        self.answer(message.text("id"), done=message.text("done"), idempotency_key=message.key)
        return Done("Answered")


def _told(done: MeasureRecorded) -> str:
    return ", ".join(str(part) for part in (done.total, done.band) if part not in (None, ""))


def measure_calls(person: Any) -> MeasureCalls | None:
    """For who writes in charts; None for everybody else, so that no button is shown."""
    if not person.may(Permission.RECORD_MEASURE):
        return None
    bound = person.bound
    export = bound(measures_export) if person.may(Permission.EXPORT_FORM) else None
    return MeasureCalls(bound(record_measure), bound(answer_alert), bound(alerts), export, person.zone, person.clock)


class AnswersAlerts:
    """What a page that shows alerts does about them."""

    measures: MeasureCalls | None
    alerts: Alerts

    def do_ask_answer(self, message: Message) -> Reply:
        """One of those that wait."""
        one = next((one for one in self.alerts.waiting if one.alert_id == message.text("id")), None)
        if one is None or self.measures is None:
            return Done("This alert is answered already.", tone="warn")
        return self.measures.ask_answer(one)

    def do_answer(self, message: Message) -> Reply | None:
        """What was done about it."""
        return self.measures.keep_answer(message) if self.measures else None
