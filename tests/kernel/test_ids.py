"""Ids: of one form, told apart by prefix, and never the same twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.kernel.ids import looks_like, new_id

PREFIXES = st.from_regex(r"[a-z]{2,4}", fullmatch=True)


@given(PREFIXES)
def test_a_new_id_looks_like_one_of_its_prefix(prefix):
    assert looks_like(new_id(prefix), prefix)


@given(PREFIXES, PREFIXES)
def test_an_id_does_not_pass_for_one_of_another_prefix(prefix, other):
    assert looks_like(new_id(prefix), other) is (prefix == other)


def test_ten_thousand_ids_are_ten_thousand_ids():
    assert len({new_id("apt") for _ in range(10_000)}) == 10_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "apt_",
        "apt_aaaaaaaaaaaaaaaaaaaaaaaaa",  # one too short
        "apt_aaaaaaaaaaaaaaaaaaaaaaaaaaa",  # one too long
        "apt_AAAAAAAAAAAAAAAAAAAAAAAAAA",
        "apt_aaaaaaaaaaaaaaaaaaaaaaaaa1",  # base32 has no 1
        "apt_aaaaaaaaaaaaaaaaaaaaaaaaaa\n",
        "aptaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ],
)
def test_what_has_another_form_is_no_id(text):
    assert not looks_like(text, "apt")


@given(st.text())
def test_any_text_can_be_asked_about(text):
    assert looks_like(text, "apt") in (True, False)
