"""What needs doing first, on the first page: a list of small sources, each of which knows one kind of thing.

A new source is a function here or beside its page, and one line in `SOURCES`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from workbench.portal.asking import Asking
from workbench.screens.messages_waiting import own_messages_unread
from workbench.screens.own_forms import own_forms
from workbench.screens.own_people import ProxyScope
from workbench.screens.own_sign_in import own_sign_in
from workbench.screens.own_waitlist import own_waitlist
from workbench.screens.privacy_notices import own_notice


@dataclass(frozen=True)
class ToDo:
    """One thing: `key` of its text with the values it names, `path` of where it is done. The most pressing first."""

    key: str
    path: str
    values: Mapping[str, object] = field(default_factory=dict)
    pressing: int = 0


Source = Callable[[Asking], tuple[ToDo, ...]]
FEW_CODES: Final = 3


def recovery_codes(asking: Asking) -> tuple[ToDo, ...]:
    """Who has nearly none left makes new ones while they can still come in."""
    left = asking.call(own_sign_in, asking.actor.user_id).recovery_codes_left
    return (ToDo("home.make_codes", "/account/recovery-codes", {"left": left}),) if left < FEW_CODES else ()


def messages_to_read(asking: Asking) -> tuple[ToDo, ...]:
    """What the practice wrote and nobody here has read."""
    count = asking.call(own_messages_unread, asking.whom.patient_id)
    return (ToDo("home.read_messages", "/portal/messages", {"count": count}, pressing=5),) if count else ()


def packets(asking: Asking) -> tuple[ToDo, ...]:
    """Packets of forms that are not finished."""
    if not asking.whom.opens(ProxyScope.RECORD):
        return ()
    waiting = [one for one in asking.call(own_forms, asking.whom.patient_id) if not one.is_done]
    return tuple(
        ToDo("forms.to_do", "/portal/forms", {"name": one.name, "done": one.done, "of": len(one.items)}, pressing=5)
        for one in waiting
    )


def offers_waiting(asking: Asking) -> tuple[ToDo, ...]:
    """Times that are offered and not answered: before everything else, for they end."""
    offers = asking.call(own_waitlist, asking.whom.patient_id).offers
    return (ToDo("waitlist.to_do", "/portal/waitlist", {"count": len(offers)}, pressing=10),) if offers else ()


def notice_to_read(asking: Asking) -> tuple[ToDo, ...]:
    """Until something was said to the notice in force: at the first sign-in, and again at a new version."""
    if not asking.whom.opens(ProxyScope.RECORD):
        return ()
    waits = asking.call(own_notice, asking.whom.patient_id).waits
    return (ToDo("notice.read_it", "/portal/notice", pressing=5),) if waits else ()


SOURCES: Final[tuple[Source, ...]] = (
    offers_waiting,
    messages_to_read,
    packets,
    notice_to_read,
    recovery_codes,
)


def to_do(asking: Asking) -> tuple[ToDo, ...]:
    """Everything that waits, the most pressing first."""
    found = [one for source in SOURCES for one in source(asking)]
    return tuple(sorted(found, key=lambda one: -one.pressing))
