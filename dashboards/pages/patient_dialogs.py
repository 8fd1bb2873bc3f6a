"""What is asked about one patient on the first tab: who they are, reminders, waitlist, proxies, own records."""

from dataclasses import dataclass
from typing import Any

from dashboards.pages.consent import ConsentCalls, consent_calls
from dashboards.pages.correcting import CorrectCalls, correct_calls
from dashboards.pages.measure_dialogs import AnswersAlerts, MeasureCalls, measure_calls
from dashboards.pages.measure_plans import PatientPlanCalls, patient_plan_calls
from dashboards.pages.own_record import OwnRecordCalls, own_record_calls
from dashboards.pages.patient_forms import PatientFormCalls, patient_form_calls
from dashboards.pages.proxies import ProxyCalls, proxy_calls
from dashboards.pages.visits import VisitsPage
from dashboards.pages.waitlist_wish import JoinCalls, join_calls
from dashboards.parts.message import Message
from dashboards.parts.replies import Ask, Done, Reply
from workbench.gate.permissions import Permission
from workbench.screens.form_responses import PatientForms
from workbench.screens.measure_plans import PatientPlan
from workbench.screens.patient_file import PatientFile


@dataclass(frozen=True)
class DialogCalls:
    """The calls of each, None where the role does not include it."""

    own_record: OwnRecordCalls | None = None
    consent: ConsentCalls | None = None
    joining: JoinCalls | None = None
    proxies: ProxyCalls | None = None
    correcting: CorrectCalls | None = None
    measures: MeasureCalls | None = None
    forms: PatientFormCalls | None = None
    plans: PatientPlanCalls | None = None
    psychotherapy: bool = False
    documents: bool = False
    portal: bool = False
    records: bool = False
    part_2: bool = False
    messages: bool = False
    intake: bool = False
    sharing: bool = False

    @classmethod
    def of(cls, person: Any) -> "DialogCalls":
        """Those of this person."""
        return cls(
            own_record_calls(person), consent_calls(person), join_calls(person), proxy_calls(person),
            correct_calls(person), measure_calls(person),
            patient_form_calls(person), patient_plan_calls(person), person.may(Permission.KEEP_PSYCHOTHERAPY),
            person.may(Permission.FILE_DOCUMENT), person.may(Permission.SEE_PORTAL_ACCESS),
            person.may(Permission.SEE_RELEASES), person.may(Permission.KEEP_PART_2_CONSENT),
            person.may(Permission.ANSWER_MESSAGES), person.may(Permission.SEE_INTAKE),
            person.may(Permission.DECIDE_SHARING),
        )  # fmt: skip


class PatientDialogs(AnswersAlerts, VisitsPage):
    """The dialogs of the page of one file."""

    _dialogs: DialogCalls
    patient_id: str
    filled: PatientForms
    plans: tuple[PatientPlan, ...]
    file: PatientFile | None

    def do_take_measure(self, message: Message) -> Ask | None:
        """Which one?"""
        del message
        return self.measures.pick() if self.measures else None

    def do_pick_measure(self, message: Message) -> Ask | None:
        """Its form."""
        return self.measures.ask(message) if self.measures else None

    def do_record_measure(self, message: Message) -> Reply | None:
        """What they answered."""
        return self.measures.keep(self.patient_id, message) if self.measures else None

    def do_export_measures(self, message: Message) -> Reply | None:
        """In a file that other systems read."""
        return self.measures.take_out(self.patient_id, message) if self.measures else None

    def do_ask_plan_measure(self, message: Message) -> Ask | None:
        """When is it due?"""
        plans = self._dialogs.plans
        return plans.ask(self.plans, message.text("measure")) if plans is not None and plans.plan is not None else None

    def do_plan_measure(self, message: Message) -> Reply | None:
        """For this patient from now on."""
        plans = self._dialogs.plans
        return plans.keep(self.patient_id, message) if plans is not None and plans.plan is not None else None

    def do_ask_form(self, message: Message) -> Ask | None:
        """Which form?"""
        del message
        forms = self._dialogs.forms
        return forms.ask(self.filled) if forms is not None and forms.start is not None else None

    def do_start_form(self, message: Message) -> Reply | None:
        """Its page."""
        forms = self._dialogs.forms
        return forms.begin(self.patient_id, message) if forms is not None and forms.start is not None else None

    def do_ask_consent(self, message: Message) -> Ask | None:
        """May they be written to?"""
        del message
        if self._dialogs.consent is None or self.file is None:
            return None
        return self._dialogs.consent.ask(self.patient_id, self.file.name, self.today)

    def do_ask_correct(self, message: Message) -> Ask | None:
        """What is it to say?"""
        del message
        return (
            self._dialogs.correcting.ask(self.file, self.zone.key) if self._dialogs.correcting and self.file else None
        )

    def do_correct(self, message: Message) -> Reply | None:
        """It says so."""
        return self._dialogs.correcting.keep(self.file, message) if self._dialogs.correcting and self.file else None

    def do_ask_wait(self, message: Message) -> Ask | None:
        """What do they wait for?"""
        del message
        return self._dialogs.joining.ask(self.file.name) if self._dialogs.joining and self.file else None

    def do_wait(self, message: Message) -> Done:
        """On the waitlist."""
        assert self._dialogs.joining is not None
        self._dialogs.joining.keep(self.patient_id, message)
        return Done("On the waitlist")

    def do_consent(self, message: Message) -> Done:
        """Write down what they said."""
        assert self._dialogs.consent is not None
        self._dialogs.consent.keep(self.patient_id, message)
        return Done("Written down; it counts from now on")

    def do_ask_own_record(self, message: Message) -> Ask | None:
        """Who of the staff is this?"""
        del message
        return self._dialogs.own_record.ask(self.file.name) if self._dialogs.own_record and self.file else None

    def do_note_own_record(self, message: Message) -> Done:
        """Note it."""
        assert self._dialogs.own_record is not None
        chosen = message.required("staff_id", "Please choose somebody.")
        self._dialogs.own_record.note(self.patient_id, staff_id=chosen, idempotency_key=message.key)
        return Done("Noted: they open it in the portal alone")

    def do_ask_proxy(self, message: Message) -> Ask | None:
        """Who is to stand in for them?"""
        del message
        return self._dialogs.proxies.ask(self.file, self.today) if self._dialogs.proxies and self.file else None

    def do_proxy(self, message: Message) -> Done:
        """It waits for somebody else's approval."""
        assert self._dialogs.proxies is not None
        self._dialogs.proxies.keep(self.patient_id, message)
        return Done("Asked. It counts once somebody else has approved it.")

    def do_ask_end_proxy(self, message: Message) -> Reply | None:
        """Sure?"""
        links = self.file.proxies if self.file else ()
        return self._dialogs.proxies.ask_end(links, message) if self._dialogs.proxies else None

    def do_end_proxy(self, message: Message) -> Done:
        """At once."""
        assert self._dialogs.proxies is not None
        return self._dialogs.proxies.finish(message)
