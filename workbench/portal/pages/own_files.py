"""Sending a picture of an insurance card or an identity document, from the phone it was taken with."""

from typing import ClassVar, Final

from workbench.actions.documents.send_own_file import TITLES, send_own_file
from workbench.documents.kinds_of_file import LARGEST
from workbench.kernel.errors import WorkbenchError
from workbench.portal.receiving import TakesFiles
from workbench.screens.own_people import OwnPerson, ProxyScope

PATH: Final = "/portal/cards"


class OwnFiles(TakesFiles):
    """One file a form, for the office."""

    path = PATH
    title_key = "cards.title"
    told = frozenset({"cards.sent"})
    kinds: ClassVar[tuple[str, ...]] = tuple(TITLES)

    async def get(self) -> None:
        """What can be sent."""
        self._show(200, {})

    async def post(self) -> None:
        """Looked at by the scanner, told by its bytes, filed for the office."""
        self.arrived()
        what = self.typed("what", 40)
        try:
            content = await self.file("file")
            if content:
                await self.do(send_own_file, self.whom.patient_id, content=content, what=what)
        except WorkbenchError as refusal:
            self._show(409, self.problems(refusal), what)
            return
        if content:
            self.go_on(PATH, "cards.sent")
        else:
            self._show(400, {"file": self.t("cards.choose")}, what)

    def _show(self, status: int, problems: dict[str, str], what: str = "") -> None:
        self.page("cards.html", status, kinds=self.kinds, largest=LARGEST >> 20, problems=problems,
                  values={"what": what})  # fmt: skip

    @classmethod
    def stands_for(cls, whom: OwnPerson) -> bool:
        """Where the link opens documents."""
        return whom.opens(ProxyScope.CHART)
