"""What is said outside when something waits on the site: the same words whatever it is, for a lock screen. Pure."""

from typing import Final

from workbench.messaging.tables import Channel
from workbench.messaging.wording import TEXT_ENDS, rendered

SUBJECT: Final = "Something is waiting for you"
BODY: Final = "{display}: something is waiting for you. Sign in to read it: {link} Questions: {phone}."


def notice(channel: Channel, *, display: str, link: str, phone: str) -> str:
    """The words by this way."""
    said = rendered(BODY, {"display": display, "link": link, "phone": phone})
    return said + (TEXT_ENDS if channel is Channel.TEXT else "")
