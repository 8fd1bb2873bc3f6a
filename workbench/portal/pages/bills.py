"""One's own bills: each line in plain words, how to pay, and the papers to keep or to send to an insurer."""

from typing import Final

from tornado.web import HTTPError

from workbench.portal.page import PortalPage
from workbench.screens.own_bills import own_bills, own_receipt, own_statement, own_superbill

PATH: Final = "/portal/bills"
PAPER: Final = f"{PATH}/paper"


class Bills(PortalPage):
    """What the books say. Nothing can be paid here yet, so nothing offers it."""

    path = PATH
    title_key = "bills.title"
    menu_key = "bills.menu"

    async def get(self) -> None:
        """The account as it is now."""
        self.page("bills.html", bills=await self.ask(own_bills, self.whom.patient_id), paper=PAPER)


class BillPaper(PortalPage):
    """A statement, the receipt of a payment, or the superbill of a session, as PDF."""

    path = PAPER
    title_key = "bills.title"

    async def get(self) -> None:
        """The file.

        Raises:
            HTTPError: 404, there is no such paper.
        """
        kind, row_id, whom = self.get_query_argument("kind", ""), self.get_query_argument("id", ""), self.whom
        if kind == "statement":
            made = await self.ask(own_statement, whom.patient_id)
        elif kind == "receipt":
            made = await self.ask(own_receipt, whom.patient_id, payment_id=row_id)
        elif kind == "superbill":
            made = await self.ask(own_superbill, whom.patient_id, charge_id=row_id)
        else:
            raise HTTPError(404)
        self.set_header("Content-Type", made.media_type)
        self.set_header("Content-Disposition", f'attachment; filename="{made.name}"')
        self.finish(made.content)
