"""One's messages: the list, drafts kept while typing, what was read, and the files that came with them."""

from typing import Final

from workbench.actions.messaging.keep_own_draft import keep_own_draft
from workbench.actions.messaging.mark_own_read import mark_own_read
from workbench.portal.page import PortalPage
from workbench.screens.own_messages import own_message_file, own_messages

PATH: Final = "/portal/messages"
THREAD: Final = f"{PATH}/thread"
NEW: Final = f"{PATH}/new"
DRAFT: Final = f"{PATH}/draft"
READ: Final = f"{PATH}/read"
FILE: Final = f"{PATH}/file"
LONGEST_TYPED: Final = 25_000


class Messages(PortalPage):
    """Every thread, the newest first."""

    path = PATH
    title_key = "messages.title"
    menu_key = "messages.menu"
    told = frozenset({"messages.draft_kept"})

    async def get(self) -> None:
        """The list."""
        self.page("messages.html", shown=await self.ask(own_messages, self.whom.patient_id), new=NEW, thread=THREAD)


class KeepDraft(PortalPage):
    """What is typed and not sent."""

    path = DRAFT
    title_key = "messages.title"

    def get(self) -> None:
        """An address somebody typed."""
        self.go_on(PATH)

    async def post(self) -> None:
        """Keep it. Without a script it is a button of its own, and leads back to the list."""
        # Without a key: each time it is another text.
        await self.ask(
            keep_own_draft, self.whom.patient_id, text=self.typed("text", LONGEST_TYPED),
            thread_id=self.typed("thread"), topic=self.typed("topic"), subject=self.typed("subject"),
        )  # fmt: skip
        if self.typed("quiet"):
            self.set_status(204)
            self.finish()
        else:
            self.go_on(PATH, "messages.draft_kept")


class MarkRead(PortalPage):
    """What was read is not new any more."""

    path = READ
    title_key = "messages.title"

    def get(self) -> None:
        """An address somebody typed."""
        self.go_on(PATH)

    async def post(self) -> None:
        """Everything up to the last message that was shown."""
        upto = self.typed("upto", 6)
        await self.do(mark_own_read, self.typed("thread"), upto=int(upto) if upto.isdecimal() else 0)
        if self.typed("quiet"):
            self.set_status(204)
            self.finish()
        else:
            self.go_on(PATH)


class MessageFile(PortalPage):
    """A file that came with a message, to be saved."""

    path = FILE
    title_key = "messages.title"

    async def get(self) -> None:
        """Its bytes; a browser opens none of them in the site."""
        found = await self.ask(own_message_file, self.get_query_argument("id", ""))
        self.set_header("Content-Type", found.kind.media_type)
        self.set_header("Content-Disposition", f'attachment; filename="{found.name}"')
        self.finish(found.content)
