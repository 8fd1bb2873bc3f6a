"""A person's file with the calls that belong to it."""

from collections.abc import Callable
from functools import partial

from dashboards.pages.patient import PatientPage
from dashboards.pages.patient_dialogs import DialogCalls
from dashboards.pages.schedule_calls import ScheduleCalls
from dashboards.parts.page import Page
from dashboards.person import Person
from workbench.screens.amount_due import amount_due
from workbench.screens.measures_over_time import measures_over_time
from workbench.screens.patient_balance import patient_balance
from workbench.screens.patient_chart import patient_chart
from workbench.screens.patient_file import patient_file


def patient_hub(person: Person, word: str, base: str) -> Callable[..., Page]:
    """Makes the page of one file. word: what the practice calls the people it cares for."""
    bound = person.bound
    return partial(
        PatientPage,
        patient_file=bound(patient_file),
        patient_chart=bound(patient_chart),
        patient_balance=bound(patient_balance),
        amount_due=bound(amount_due),
        measures_over_time=bound(measures_over_time),
        calls=ScheduleCalls.of(bound),
        dialogs=DialogCalls.of(person),
        zone=person.zone,
        clock=person.clock,
        patient_word=word,
        base=base,
    )
