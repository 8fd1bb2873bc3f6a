"""How one signs in: where each part is changed, and where one is signed in now."""

from workbench.actions.accounts.end_other_sessions import end_other_sessions
from workbench.portal.page import PortalPage
from workbench.portal.speaking import ACCOUNT
from workbench.screens.own_sign_in import own_sign_in
from workbench.web.edge import edge_of


class OwnSignInPage(PortalPage):
    """The list, with links to the pages that change a part; those ask for a code first."""

    path = ACCOUNT
    title_key = "sign_in.title"
    menu_key = "sign_in.menu"
    told = frozenset({"sign_in.others_ended"})

    async def get(self) -> None:
        """The page."""
        self.page("sign_in_own.html", shown=await self.ask(own_sign_in, self.signed_in.actor.user_id))

    async def post(self) -> None:
        """Sign out everywhere else."""
        done = await self.do(end_other_sessions, self.signed_in.session_id)
        for session_hash in done.session_hashes:
            edge_of(self).watch.close_session(session_hash)
        self.go_on(ACCOUNT, "sign_in.others_ended")
