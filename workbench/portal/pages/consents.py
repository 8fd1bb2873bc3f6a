"""The consents somebody gave, and taking one back: what stops is told before."""

from typing import Final

from tornado.web import HTTPError

from workbench.actions.intake.withdraw_consent import withdraw_consent
from workbench.kernel.errors import WorkbenchError
from workbench.portal.pages.forms import ROW, ForForms
from workbench.screens.own_forms import OwnConsent, own_consents

PATH: Final = "/portal/consents"


class Consents(ForForms):
    """What holds, and what was taken back or has run out."""

    path = PATH
    title_key = "consents.title"
    menu_key = "consents.menu"
    told = frozenset({"consents.taken_back"})

    async def get(self) -> None:
        """The newest first."""
        self.page("consents.html", consents=await self.ask(own_consents, self.whom.patient_id), withdraw=PATH)


class WithdrawConsent(ForForms):
    """What it means, and the button."""

    path = f"{PATH}/{ROW}"
    title_key = "consents.withdraw_title"

    async def get(self, consent_id: str) -> None:
        """The question."""
        self.page("withdraw_consent.html", one=await self._named(consent_id), back=PATH)

    async def post(self, consent_id: str) -> None:
        """From now on it does not hold."""
        said = self.typed("said", 2_100)
        try:
            await self.do(withdraw_consent, consent_id, said=said)
        except WorkbenchError as refusal:
            one = await self._named(consent_id)
            self.page("withdraw_consent.html", 409, one=one, back=PATH, problems=self.problems(refusal),
                      values={"said": said})  # fmt: skip
            return
        self.go_on(PATH, "consents.taken_back")

    async def _named(self, consent_id: str) -> OwnConsent:
        """The consent of this record with this id.

        Raises:
            HTTPError: 404, there is none that they see.
        """
        for one in await self.ask(own_consents, self.whom.patient_id):
            if one.consent_id == consent_id:
                return one
        raise HTTPError(404)
