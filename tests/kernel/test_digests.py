"""The digest of a kept document: the same for the same contents, another for any other, and the same for ever."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from workbench.kernel.digests import digest_of


@dataclass(frozen=True)
class Kept:
    words: str
    count: int
    lines: tuple[str, ...] = ()


@given(st.text(), st.integers(), st.lists(st.text()), st.lists(st.text()))
def test_equal_contents_have_one_digest_and_others_another(words, count, lines, more):
    first = digest_of(Kept(words, count, tuple(lines)))
    assert first == digest_of(Kept(words, count, tuple(lines)))
    assert (first == digest_of(Kept(words, count, tuple(more)))) == (lines == more)
    assert first != digest_of(Kept(words, count + 1, tuple(lines)))


def test_a_digest_written_once_is_found_again_by_any_later_version():
    written = "44649fbbea604098a8557c9fb05783241a757773ccfbb6bfade333b1cc0330d7"
    assert digest_of(Kept("Rowan", 2, ("a", "b"))) == written
