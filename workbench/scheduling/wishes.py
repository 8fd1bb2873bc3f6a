"""What those who wait said last, and keeping what they say now."""

from datetime import datetime

from sqlalchemy import Select, select

from workbench.gate.work import Work
from workbench.scheduling.waitlist import Leaving, OfferAnswer, OfferOver, WaitOver, Wish, packed
from workbench.scheduling.waitlist_tables import WaitlistEntry, WaitlistOffer, WaitlistWord
from workbench.store.newest import Rows, last_said, next_nth


def last_words(rows: Rows, entries: Select[str]) -> dict[str, WaitlistWord]:
    """By entry, what was said last. entries: a SELECT of their ids."""
    query = last_said(WaitlistWord, WaitlistWord.entry_id, WaitlistWord.nth, entries)
    return {word.entry_id: word for word in rows.scalars(query)}


def keep_wish(work: Work, entry: WaitlistEntry, wish: Wish) -> WaitlistWord:
    """Another word of this entry.

    Raises:
        WaitOver: it has ended. WishWrong: nothing could fit.
    """
    if entry.ended_at is not None:
        raise WaitOver
    wish = wish.checked()
    word = WaitlistWord(
        entry_id=entry.id, nth=next_nth(work, WaitlistWord.nth, WaitlistWord.entry_id == entry.id),
        clinician_id=wish.clinician_id or None, place=wish.place,
        weekdays=packed(wish.weekdays), from_minute=wish.from_minute, until_minute=wish.until_minute,
        said_at=work.now, said_by=work.actor.user_id,
    )  # fmt: skip
    work.add(word)
    work.flush()
    return word


def end_wait(work: Work, entry: WaitlistEntry, why: Leaving) -> int:
    """The wait is over; its open offers are gone. How many there were."""
    entry.ended_at, entry.ended_by, entry.ended_why = work.now, work.actor.user_id, why
    open_still = work.scalars(
        select(WaitlistOffer).where(WaitlistOffer.entry_id == entry.id, WaitlistOffer.answer == OfferAnswer.NONE)
    ).all()
    for offer in open_still:
        answer(work, offer, OfferAnswer.GONE)
    work.flush()
    return len(open_still)


def answer(work: Work, offer: WaitlistOffer, said: OfferAnswer) -> None:
    """What became of the offer, by whom and when."""
    offer.answer, offer.answered_at, offer.answered_by = said, work.now, work.actor.user_id


def check_open(offer: WaitlistOffer, entry: WaitlistEntry, now: datetime) -> None:
    """Insist that the offer can be answered; at the instant it ends it cannot.

    Raises:
        OfferOver: it was answered or ran out. WaitOver: they are no longer on the list.
    """
    if offer.answer != OfferAnswer.NONE or now >= offer.expires_at:
        raise OfferOver
    if entry.ended_at is not None:
        raise WaitOver
