"""Who looked at the record, in plain words, from the audit log."""

from collections.abc import Iterable
from typing import Final

from workbench.portal.page import PortalPage
from workbench.portal.words import catalogue
from workbench.screens.own_openings import MOST, Opening, own_openings
from workbench.screens.own_people import OwnPerson, ProxyScope

PATH: Final = "/portal/looked"
_ALIKE: Final = {
    "amendment": "amendments",
    "appointment": "attendance booking cancellation move series offer wish waitlist group groups nothing_booked",
    "care_team": "care_team",
    "charge": "missed_fee missed_fees",
    "claim": "claims claim_file remittance",
    "document": "documents",
    "emergency": "emergencies",
    "form": "forms form_response form_responses",
    "measure": "measures measure_alert measure_alerts measure_plan measure_plans measure_caseload",
    "note": "thread cosign_queue addendum",
    "plan": "treatment_plan treatment_plans",
    "proxy_link": "proxy_links",
    "release": "releases",
    "reminder": "reminders text consent",
    "sign_in": "sign_in sign_in_link session sessions factors password passkey authenticator recovery_code "
    "recovery_codes notices user",
}
"""Events that are told in the same words, by the key of those words."""
_TOLD_AS: Final = {name: key for key, names in _ALIKE.items() for name in names.split()}


class Looked(PortalPage):
    """The newest lines; what one did oneself only when asked for."""

    path = PATH
    title_key = "looked.title"
    menu_key = "looked.menu"

    async def get(self) -> None:
        """Up to 200 of them; `?before=` is the number of the last line that was shown."""
        before = self.get_query_argument("before", "")
        after = int(before) if before.isdecimal() and len(before) < 16 else None
        with_mine = bool(self.get_query_argument("all", ""))
        rows = await self.ask(own_openings, self.whom.patient_id, before=after)
        self.page("looked.html", rows=tuple(shown(rows, with_mine=with_mine)), with_mine=with_mine,
                  older=rows[-1].seq if len(rows) >= MOST else None)  # fmt: skip

    @classmethod
    def stands_for(cls, whom: OwnPerson) -> bool:
        """Where the link opens the record."""
        return whom.opens(ProxyScope.RECORD)


def shown(rows: Iterable[Opening], *, with_mine: bool) -> Iterable[tuple[Opening, str]]:
    """Each line with the key of what was done."""
    return ((row, about(row.event)) for row in rows if with_mine or not row.is_mine)


def about(event: str) -> str:
    """The key of what this event of the log is about, in plain words: by its first words, else the general one."""
    name = event.partition(".")[0]
    key = f"looked.{_TOLD_AS.get(name, name)}"
    return key if key in catalogue() else "looked.record"
