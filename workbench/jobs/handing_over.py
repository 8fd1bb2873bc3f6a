"""Hands one letter over and says what became of it, in the words that reminders and notices are settled by."""

from workbench.messaging.post import CutOff, Letter, NobodyThere, Post, Returned
from workbench.messaging.reminder_rules import ReminderState


def handed_over(post: Post, letter: Letter) -> ReminderState:
    """Sent; failed for good; nobody there, so it stays planned; or cut off, and nobody knows whether it arrived."""
    try:
        post.send(letter)
    except NobodyThere:
        return ReminderState.PLANNED
    except Returned:
        return ReminderState.FAILED
    except CutOff:
        return ReminderState.UNKNOWN
    return ReminderState.SENT
