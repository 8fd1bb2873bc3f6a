"""What somebody is asked to fill in, and everything they signed, as they signed it."""

from typing import Final

from workbench.actions.forms.begin_own_form import begin_own_form
from workbench.kernel.errors import WorkbenchError
from workbench.portal.page import PortalPage
from workbench.screens.own_forms import own_forms, own_signed
from workbench.screens.own_paper import own_paper
from workbench.screens.own_people import OwnPerson, ProxyScope

PATH: Final = "/portal/forms"
FILL: Final = f"{PATH}/fill"
SIGNED: Final = f"{PATH}/signed"
PAPER: Final = f"{PATH}/paper"
ROW: Final = r"([A-Za-z0-9_]{4,60})"
"""An id in an address."""


class ForForms(PortalPage):
    """Common to them all: for whose link opens consents and copies."""

    title_key = "forms.title"

    @classmethod
    def stands_for(cls, whom: OwnPerson) -> bool:
        """Where the link opens it."""
        return whom.opens(ProxyScope.RECORD)


class Forms(ForForms):
    """The list with progress."""

    path = PATH
    title_key = "forms.title"
    menu_key = "forms.menu"
    told = frozenset({"forms.signed", "forms.sent", "forms.refused", "forms.kept"})

    async def get(self) -> None:
        """Every packet."""
        self.page("forms.html", packets=await self.ask(own_forms, self.whom.patient_id), fill=FILL)

    async def post(self) -> None:
        """Begin one thing, or go on with it."""
        place = self.get_body_argument("place", "")
        try:
            begun = await self.do(
                begin_own_form, self.get_body_argument("assignment", ""), place=int(place) if place.isdecimal() else -1
            )
        except WorkbenchError as refusal:
            packets = await self.ask(own_forms, self.whom.patient_id)
            self.page("forms.html", 409, packets=packets, fill=FILL, problems={"": self.refusal(refusal)})
            return
        self.go_on(f"{FILL}/{begun.response_id}")


class Signed(ForForms):
    """Everything this person signed."""

    path = SIGNED
    title_key = "forms.signed_title"

    async def get(self) -> None:
        """The newest first."""
        self.page("forms_signed.html", rows=await self.ask(own_signed, self.whom.patient_id), paper=PAPER)


class Paper(ForForms):
    """One of them as PDF."""

    path = f"{PAPER}/{ROW}"

    async def get(self, response_id: str) -> None:
        """The file."""
        paper = await self.ask(own_paper, response_id)
        self.set_header("Content-Type", "application/pdf")
        self.set_header("Content-Disposition", f'attachment; filename="{paper.name}"')
        self.finish(paper.content)
