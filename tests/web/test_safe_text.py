"""Text shows as it was typed and never acts."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from workbench.web.safe_text import safe_text


class Reader(HTMLParser):
    """What a browser would make of markup: elements, and the text it would show."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text())
def test_no_text_becomes_an_element_and_letters_stay(text: str) -> None:
    reader = Reader()
    reader.feed(f'<p title="{safe_text(text)}">{safe_text(text)}</p>')
    reader.close()
    assert reader.elements == ["p"]
    letters = [character for character in text if character.isalpha()]
    assert [character for character in reader.text if character.isalpha()] == letters


def test_what_would_run_is_shown() -> None:
    assert safe_text("<img src=x onerror=alert(1)>") == "&lt;img src=x onerror=alert(1)&gt;"
    assert safe_text("a\u202egnp.exe\x00\n") == "agnp.exe\n"
