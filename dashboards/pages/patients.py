"""Finding a patient and registering a new one."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from dashboards.parts.html import ENVIRONMENT, day, render
from dashboards.parts.message import FieldProblem, Message
from dashboards.parts.page import Crumb, Page
from dashboards.parts.replies import Done, Redraw, Refused, Reply
from dashboards.parts.routes import Visit as Opening
from dashboards.parts.tables import Column, Row, Table
from workbench.gate.permissions import Permission
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.screens.booking_choices import BookingChoices
from workbench.screens.patient_search import PatientHit

UI: Any = ENVIRONMENT.globals["ui"]
TEXTS = (
    "given_name", "family_name", "preferred_name", "pronouns", "sex", "phone", "email", "street", "city", "state",
    "zip_code", "clinician_id",
)  # fmt: skip


class PatientsPage(Page):
    """People by a few letters of the name, birth date, phone or file number."""

    needs = Permission.SEARCH_PATIENTS

    def __init__(
        self,
        opening: Opening,
        *,
        search_patients: Callable[..., tuple[PatientHit, ...]],
        may_register: bool,
        patient_word: str = "client",
        base: str = "",
    ) -> None:
        del opening  # a search is never in the address: it is a name
        self._search_patients, self._may_register = search_patients, may_register
        self.patient_word, self._base = patient_word, base
        self.title = f"{patient_word.capitalize()}s"
        self.query = ""
        self.hits: tuple[PatientHit, ...] = ()

    def render(self) -> Markup:
        """The search and what it found."""
        return render(
            "pages/patients.html",
            title=self.title,
            query=self.query,
            table=self._table(),
            may_register=self._may_register,
            word=self.patient_word,
            base=self._base,
        )

    def do_filter(self, message: Message) -> Reply:
        """Search while typing."""
        self.query = message.text("q")
        self.hits = self._search_patients(query=self.query) if len(self.query) > 1 else ()
        return Redraw()

    def _table(self) -> Table:
        searched = len(self.query) > 1
        return Table(
            "patients",
            "Found",
            (Column("name", "Name", leads=True), Column("born", "Born"), Column("number", "File", number=True)),
            tuple(
                Row(
                    hit.patient_id,
                    (UI.person(hit.name, hit.pronouns), day(hit.born_on), hit.number),
                    name=hit.name,
                    go=f"/patients/{hit.patient_id}",
                )
                for hit in self.hits
            ),
            base=self._base,
            empty_title="Nobody is found" if searched else f"Find a {self.patient_word}",
            empty_text="Try fewer letters, or the birth date."
            if searched
            else "Two letters of a name, a birth date such as 4/3/1990, a phone number or a file number.",
            empty_icon="search",
        )


class NewPatientPage(Page):
    """A form for what the first visit needs."""

    needs = Permission.REGISTER_PATIENT

    def __init__(
        self,
        opening: Opening,
        *,
        register_patient: Callable[..., Any],
        booking_choices: Callable[..., BookingChoices],
        patient_word: str = "client",
        base: str = "",
    ) -> None:
        del opening
        self._register_patient, self._booking_choices, self._base = register_patient, booking_choices, base
        self.patient_word = patient_word
        self.title = f"New {patient_word}"
        self.clinicians: tuple[tuple[str, str], ...] = ()
        self.known: str = ""

    def load(self) -> None:
        """Who could care for them."""
        self.clinicians = self._booking_choices().clinicians

    def crumbs(self) -> tuple[Crumb, ...]:
        """Below the list."""
        return (Crumb(f"{self.patient_word.capitalize()}s", "/patients"), Crumb(self.title))

    def render(self) -> Markup:
        """The form."""
        return render(
            "pages/new_patient.html", title=self.title, clinicians=self.clinicians, known=self.known,
            word=self.patient_word,
        )  # fmt: skip

    def do_register(self, message: Message) -> Reply:
        """Open the file, and go to it."""
        if not message.text("born_on"):
            raise FieldProblem("born_on", "Please give the birth date.")
        try:
            made = self._register_patient(
                born_on=message.day("born_on"),
                is_somebody_else=message.ticked("is_somebody_else"),
                idempotency_key=message.key,
                **{name: message.text(name) for name in TEXTS},
            )
        except FieldProblem:
            raise
        except WorkbenchError as refusal:
            if not hasattr(refusal, "number"):
                raise
            return Refused(sentence(refusal), {"is_somebody_else": sentence(refusal)})
        return Done(f"Registered as file {made.number}", go=f"/patients/{made.patient_id}")
