"""When sessions end, which codes count, how long wrong tries wait, what a password may be."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.accounts.rules import (
    ABSOLUTE,
    IDLE,
    LONGEST_WAIT,
    PasswordUnfit,
    accept_password,
    is_over,
    password_key,
    sign_in_name,
    step_of_code,
    wait_after,
)
from workbench.kernel.digests import hash_of_token

NOW = datetime(2026, 3, 9, 14, 0, tzinfo=UTC)
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_exactly_at_the_limit_a_session_is_over() -> None:
    moment = timedelta(microseconds=1)
    assert is_over(NOW - IDLE, NOW - IDLE, NOW)
    assert not is_over(NOW - IDLE, NOW - IDLE + moment, NOW)
    assert is_over(NOW - ABSOLUTE, NOW, NOW)
    assert not is_over(NOW - ABSOLUTE + moment, NOW, NOW)


@given(st.integers(0, 10**9).map(lambda seconds: NOW + timedelta(seconds=seconds)), st.integers(-5, 5))
def test_only_the_current_code_and_the_one_before_name_a_step(now: datetime, steps: int) -> None:
    at = now + timedelta(seconds=30 * steps)
    found = step_of_code(SEED, pyotp.TOTP(SEED).at(at), now)
    step = int(at.timestamp()) // 30
    if steps in (-1, 0):
        assert found is not None
        assert pyotp.TOTP(SEED).generate_otp(found) == pyotp.TOTP(SEED).generate_otp(step)
    elif found is not None:  # two codes of a million may be equal by chance
        assert pyotp.TOTP(SEED).generate_otp(found) == pyotp.TOTP(SEED).generate_otp(step)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "000000 or 1"])
def test_what_is_no_code_names_no_step(code: str) -> None:
    assert step_of_code(SEED, code, NOW) is None


def test_a_code_may_be_typed_with_a_space() -> None:
    code = pyotp.TOTP(SEED).at(NOW)
    assert step_of_code(SEED, f"{code[:3]} {code[3:]}", NOW) == int(NOW.timestamp()) // 30


@given(st.integers(0, 10_000))
def test_waits_grow_up_to_a_minute_and_never_beyond(wrong: int) -> None:
    assert timedelta(0) <= wait_after(wrong) <= wait_after(wrong + 1) <= LONGEST_WAIT
    assert (wait_after(wrong) == timedelta(0)) == (wrong < 3)


@given(st.text(max_size=60))
def test_an_address_is_found_however_it_is_typed(text: str) -> None:
    assert sign_in_name(f"  {text}\t") == sign_in_name(text)
    assert sign_in_name(sign_in_name("Fern@Example.TEST")) == "fern@example.test"


@pytest.mark.parametrize("password", ["", "short", "x" * 11, "x" * 257, "e\u0301" * 11])
def test_a_password_of_the_wrong_length_is_unfit(password: str) -> None:
    with pytest.raises(PasswordUnfit):
        accept_password(password)


@pytest.mark.parametrize("password", ["twelve times", "all lower case with spaces", "пароль из слов", "lamp" * 64])
def test_length_is_all_that_is_asked_of_a_password(password: str) -> None:
    accept_password(password)


def test_another_pepper_makes_another_key_and_letters_keep_their_case() -> None:
    assert password_key(b"a", "Lamp") != password_key(b"b", "Lamp")
    assert password_key(b"a", "Lamp") != password_key(b"a", "lamp")
    assert password_key(b"a", "é") == password_key(b"a", "e\u0301")


def test_a_token_is_kept_as_its_hash() -> None:
    assert hash_of_token("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
