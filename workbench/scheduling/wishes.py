"""What those who wait said last, and keeping what they say now."""

from datetime import datetime, timedelta

from sqlalchemy import Select, select

from workbench.gate.work import Work
from workbench.scheduling.waitlist import USUAL, Leaving, OfferAnswer, OfferOver, Patience, WaitOver, Wish, packed
from workbench.scheduling.waitlist_tables import WaitlistEntry, WaitlistOffer, WaitlistTerms, WaitlistWord
from workbench.store.newest import Rows, last_said, next_nth


def last_words(rows: Rows, entries: Select[str]) -> dict[str, WaitlistWord]:
    """By entry, what was said last. entries: a SELECT of their ids."""
    query = last_said(WaitlistWord, WaitlistWord.entry_id, WaitlistWord.nth, entries)
    return {word.entry_id: word for word in rows.scalars(query)}


def patience_now(rows: Rows) -> Patience:
    """How long a word counts, as the practice said last."""
    said = rows.scalars(select(WaitlistTerms).order_by(WaitlistTerms.nth.desc()).limit(1)).first()
    if said is None:
        return USUAL
    lapse = timedelta(weeks=said.lapse_weeks) if said.lapse_weeks else None
    return Patience(timedelta(weeks=said.ask_weeks), timedelta(weeks=said.hold_weeks), lapse, said.set_at)


def has_lapsed(rows: Rows, entry: WaitlistEntry, now: datetime) -> bool:
    """Whether nothing was heard of them for so long that the wait ends. Who is offered a time is waited for."""
    if entry.ended_at is not None:
        return False
    word = last_words(rows, select(WaitlistEntry.id).where(WaitlistEntry.id == entry.id))[entry.id]
    ends_at = patience_now(rows).lapses_at(word.said_at)
    if ends_at is None or now < ends_at:
        return False
    is_open = (WaitlistOffer.answer == OfferAnswer.NONE, WaitlistOffer.expires_at > now)
    return not rows.scalars(select(WaitlistOffer.id).where(WaitlistOffer.entry_id == entry.id, *is_open)).all()


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
