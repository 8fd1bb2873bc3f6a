"""Which passwords are too well known, and how the reason is given."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.accounts.blocklist import DIGEST_BYTES, FILE, context_word_in, digest_of, is_common
from workbench.accounts.rules import PasswordUnfit, accept_password

COMMON = ("passwordpassword", "Password2024", "123456789012", "qwertyuiop12", "1qaz2wsx3edc", "aaaaaaaaaaaaaa",
          "ILOVEYOUILOVEYOU", "administrator", "qwerty123456", "christopher1985")  # fmt: skip
GOOD = ("a lamp, a chair, a window", "three blue herons walk", "K9$kfm2!pQzv", "sieben Zwerge schlafen")


@pytest.mark.parametrize("password", COMMON)
def test_what_everybody_tries_first_is_refused_with_the_reason(password: str) -> None:
    with pytest.raises(PasswordUnfit, match="tried first"):
        accept_password(password)


@pytest.mark.parametrize("password", GOOD)
def test_a_few_words_of_ones_own_are_accepted(password: str) -> None:
    accept_password(password, ("Maple Grove Therapy", "Dana Whitfield", "dana.whitfield"))


@pytest.mark.parametrize("password", ["Maple Grove Therapy", "maplegrovetherapy26", "DANA.WHITFIELD!1", "Workbench-26"])
def test_a_name_with_little_besides_it_is_refused_with_the_reason(password: str) -> None:
    with pytest.raises(PasswordUnfit, match="name of the practice"):
        accept_password(password, ("Maple Grove Therapy", "Dana Whitfield"))


def test_a_sentence_that_holds_a_name_is_no_name() -> None:
    assert context_word_in("under the maple grove two foxes", ("Maple Grove",)) == ""
    assert context_word_in("Li and the seven lamps", ("Li",)) == ""


def test_the_list_is_sorted_and_holds_at_least_ten_thousand() -> None:
    import base64

    packed = base64.urlsafe_b64decode(FILE.read_bytes())
    digests = [packed[at : at + DIGEST_BYTES] for at in range(0, len(packed), DIGEST_BYTES)]
    assert len(digests) >= 10_000
    assert digests == sorted(set(digests))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_capitals_and_composition_make_no_difference(password: str) -> None:
    folded = unicodedata.normalize("NFC", password).casefold()
    assert digest_of(folded) == digest_of(unicodedata.normalize("NFC", folded))
    assert is_common(password) == is_common(folded)


def test_at_most_256_characters_and_one_kibibyte() -> None:
    accept_password("a lamp " * 36)
    with pytest.raises(PasswordUnfit, match="256"):
        accept_password("a lamp " * 37)
    accept_password("😀🦊🌲🌙" * 64)
    with pytest.raises(PasswordUnfit, match="256"):
        accept_password("e\u0301" * 513)
