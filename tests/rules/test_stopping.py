"""What means “no more”, in any wording, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.messaging.stopping import means_stop

STOPS = (
    "STOP", "stop", " Stop. ", "Stop!!!", "STOPALL", "end", "Quit", "CANCEL", "unsubscribe", "Revoke", "OPT OUT",
    "opt-out", "optout", "please stop", "Stop please, thanks", "stop texting me", "Stop sending me these messages!",
    "Please don't text me", "don’t text me anymore", "do not contact me again", "never message this number again",
    "remove me from your list", "take me off this", "leave me alone", "No more texts", "no", "NO!", "I want to opt out",
    "I am opting out now", "I revoke my consent", "wrong number", "Wrong person", "alto", "PARAR", "Ｓｔｏｐ",
    "st\u200bop", "cease and desist", "UNSUBSCRIBE ME", "I quit getting these",
)  # fmt: skip
GOES_ON = ("", "yes", "Yes, I will be there", "C", "ok", "thank you", "Running late, 5 minutes", "Who is this?", "1",
           "Can we move it to Friday?", "I have no car today", "my number is new", "at the end of the day")  # fmt: skip


@pytest.mark.parametrize("text", STOPS)
def test_it_means_stop(text: str) -> None:
    assert means_stop(text)


@pytest.mark.parametrize("text", GOES_ON)
def test_it_does_not(text: str) -> None:
    assert not means_stop(text)


@given(
    st.sampled_from(("stop", "unsubscribe", "quit", "revoke")),
    st.text(st.characters(categories=("P", "S", "Z")), max_size=5),
    st.text(st.characters(categories=("P", "S", "Z")), max_size=5),
    st.booleans(),
)
def test_signs_around_it_and_capitals_change_nothing(word: str, before: str, after: str, is_loud: bool) -> None:
    assert means_stop(before + " " + (word.upper() if is_loud else word) + " " + after)


@given(st.text())
def test_anything_at_all_has_an_answer(text: str) -> None:
    assert means_stop(text) in (True, False)
