"""What the portal says: every key in both languages, and no sentence that stands outside of them."""

import ast
import re
from pathlib import Path

import pytest

import workbench.portal
from workbench.gate.audit_events import AuditEvent
from workbench.portal.doing import SOURCES
from workbench.portal.pages.looked import about
from workbench.portal.routes import PAGES
from workbench.portal.words import catalogue, language_of
from workbench.scheduling.tables import AttendanceStatus
from workbench.web.tongues import LANGUAGES, spanish

pytestmark = pytest.mark.engines("sqlcipher")
PORTAL = Path(workbench.portal.__file__).parent
TEMPLATES = sorted((PORTAL / "templates").glob("*.html"))
_KEY = re.compile(r'\bt\("([a-z_]+\.[a-z_A-Z]*)"(\s*~)?')
_ENGLISH = re.compile(r"""_\((["'])(.*?)\1\)""")
_PLACES = re.compile(r"\{(\w+)\}")
_SPOKEN = re.compile(r'\b(?:aria-label|alt|title|placeholder)="([^"{]*[A-Za-z]{2}[^"{]*)"')


def test_every_phrase_is_in_every_language_with_the_same_places() -> None:
    for key, phrase in catalogue().items():
        assert set(phrase.texts) == set(LANGUAGES), key
        assert all(text.strip() for text in phrase.texts.values()), key
        assert len({frozenset(_PLACES.findall(text)) for text in phrase.texts.values()}) == 1, key
        assert phrase.reviewed <= set(LANGUAGES), key


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_names_keys_that_exist_and_says_nothing_by_itself(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for key, is_beginning in _KEY.findall(text):
        assert any(one.startswith(key) for one in catalogue()) if is_beginning else key in catalogue(), key
    assert not _SPOKEN.findall(text)
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)
    bare = re.sub(r"<[^>]*>|&\w+;|[\w-]+=\"[^\"]*\"", " ", bare, flags=re.DOTALL)
    assert not re.findall(r"[A-Za-z]{2,}", bare), path.name


def test_what_the_pages_of_signing_in_say_is_there_in_spanish() -> None:
    folder = PORTAL.parent / "web" / "templates"
    said = {text for path in folder.glob("*.html") for text in _ENGLISH.findall(path.read_text(encoding="utf-8"))}
    assert len(said) > 50
    assert {english for _, english in said} <= set(spanish())
    for path in (folder / f"{name}.html" for name in ("sign_in", "code", "setup", "authenticator", "recovery_codes")):
        bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.findall(r"[A-Za-z]{2,}", re.sub(r"[\w-]+=\"[^\"]*\"", " ", bare)), path.name


def test_pages_name_keys_that_exist() -> None:
    for page in PAGES:
        named = {page.menu_key, page.title_key, *page.told} - {""}
        assert named <= set(catalogue()), page.__name__
        assert page.title_key or page.path == "/portal/whom", page.__name__
    for path in sorted(PORTAL.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "t" and node.args:
                key = node.args[0]
                assert not isinstance(key, ast.Constant) or key.value in catalogue(), (path.name, key.value)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ToDo":
                assert isinstance(node.args[0], ast.Constant)
                assert node.args[0].value in catalogue()
    assert SOURCES


def test_every_page_has_its_file_and_stands_in_the_list() -> None:
    listed = {page.__module__.rsplit(".", 1)[-1] for page in PAGES} | {"join", "__init__"}
    assert {path.stem for path in (PORTAL / "pages").glob("*.py")} == listed


def test_what_is_worded_by_a_stored_value_is_worded_for_every_one() -> None:
    assert {f"appointments.status_{status.value}" for status in AttendanceStatus} <= set(catalogue())
    assert all(about(event) in catalogue() for event in AuditEvent)


@pytest.mark.parametrize(
    ("asked", "kept", "accepted", "spoken"),
    [
        ("", "", "", "en"),
        ("", "", "es-MX,es;q=0.9,en;q=0.5", "es"),
        ("", "en", "es", "en"),
        ("es", "en", "en", "es"),
        ("xx", "<b>", "fr,de", "en"),
    ],
)
def test_the_language_is_asked_chosen_or_wished(asked: str, kept: str, accepted: str, spoken: str) -> None:
    assert language_of(asked, kept, accepted) == spoken
