"""Reading a form as a whole, and signing it, saying no to it, or sending a measure."""

from typing import Any, Final

from workbench.actions.intake.refuse_own_form import refuse_own_form
from workbench.actions.intake.sign_own_form import sign_own_form
from workbench.actions.measures.send_own_measure import send_own_measure
from workbench.forms.pages import page_of, pages_of
from workbench.forms.signing import FormIncomplete
from workbench.intake.signing import STATEMENTS
from workbench.kernel.errors import WorkbenchError
from workbench.portal.form_words import missing, unanswered, whole
from workbench.portal.pages.fill_form import SIGN
from workbench.portal.pages.forms import FILL, PATH, ROW, ForForms
from workbench.screens.own_forms import OwnState, own_form

REFUSE: Final = f"{PATH}/refuse"
SEND: Final = f"{PATH}/send"
HELP: Final = f"{PATH}/help"


class Signing(ForForms):
    """Common to signing, refusing and sending: the text is shown again where something is missing."""

    async def again(self, response_id: str, problems: dict[str, str], status: int = 409, **values: Any) -> None:
        """The page with what is wrong."""
        shown = await self.ask(own_form, response_id)
        if shown.state != OwnState.DRAFT:
            self.go_on(PATH)
            return
        pages = pages_of(shown.filled.layout, shown.filled.found)
        self.page(
            "sign_form.html", status, shown=shown, text=whole(shown, self.language), heading=shown.title, fill=FILL,
            missing=[(words, page_of(pages, place)) for words, place in missing(shown)],
            unanswered=unanswered(shown), last=len(pages) - 1, statement=STATEMENTS[self.language],
            sign=SIGN, refuse=REFUSE, send=SEND, problems=problems, values=values,
        )  # fmt: skip

    def wrong(self, refusal: WorkbenchError) -> dict[str, str]:
        """What is wrong, by field of this page; what the form itself lacks stands in its list."""
        return {"": self.refusal(refusal)} if isinstance(refusal, FormIncomplete) else self.problems(refusal)

    @property
    def network(self) -> str:
        """The address that is kept with a signature."""
        return self.request.remote_ip or ""


class Sign(Signing):
    """The whole text, then the signature."""

    path = f"{SIGN}/{ROW}"

    async def get(self, response_id: str) -> None:
        """To read."""
        await self.again(response_id, {}, 200)

    async def post(self, response_id: str) -> None:
        """Signed once, however often it is sent."""
        name = self.typed("name")
        try:
            await self.do(
                sign_own_form, response_id, shown=self.get_body_argument("shown", ""), name=name,
                agreed=bool(self.get_body_argument("agreed", "")), language=self.language, network=self.network,
            )  # fmt: skip
        except WorkbenchError as refusal:
            await self.again(response_id, self.wrong(refusal), name=name)
            return
        self.go_on(PATH, "forms.signed")


class Refuse(Signing):
    """Not signed, and why."""

    path = f"{REFUSE}/{ROW}"

    async def post(self, response_id: str) -> None:
        """Written down."""
        reason = self.typed("reason", 2_100)
        try:
            await self.do(refuse_own_form, response_id, reason=reason, language=self.language, network=self.network)
        except WorkbenchError as refusal:
            await self.again(response_id, self.wrong(refusal), reason=reason)
            return
        self.go_on(PATH, "forms.refused")


class Send(Signing):
    """A measure: scored for who treats them."""

    path = f"{SEND}/{ROW}"

    async def post(self, response_id: str) -> None:
        """Sent; a critical answer leads to where help is."""
        try:
            sent = await self.do(send_own_measure, response_id, shown=self.get_body_argument("shown", ""))
        except WorkbenchError as refusal:
            await self.again(response_id, self.wrong(refusal))
            return
        self.go_on(HELP if sent.is_critical else PATH, "" if sent.is_critical else "forms.sent")


class Help(ForForms):
    """Where help is now. It says nothing about who reads it."""

    path = HELP
    title_key = "forms.help_title"

    def get(self) -> None:
        """The page."""
        self.page("forms_help.html")
