"""A form one question at a time on a phone: by posts alone, and with the small script; each page reads well."""

import re
from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browsers import PHONE, serious
from tests.forms.test_library_in_browser import CSS, WIDER
from workbench.forms.asking import asked
from workbench.forms.filling import Answers, Path
from workbench.forms.html_pages import form_page_html, pages_script
from workbench.forms.library import template_named
from workbench.forms.paging import turned
from workbench.forms.questionnaire import Answer
from workbench.forms.signing import laid_out
from workbench.forms.words import crisis_words

pytestmark = pytest.mark.timeout(120)
_FONT = re.compile(r"@font-face\s*\{[^}]*\}")
TODAY = date(2026, 3, 9)
ADDRESS = "http://localhost/form"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'; form-action 'self'"


class Draft:
    """A draft of a form on a server of its own, as the portal has one: it keeps answers, and which page was sent."""

    def __init__(self, *, has_script: bool) -> None:
        self.layout = laid_out(template_named("intake-self-report").questionnaire(), has_spare=True)
        self.answers: Answers = {}
        self.script = '<script src="/pages.js" defer></script>' if has_script else ""
        self.loaded = 0

    def serve(self, route: Route) -> None:
        if route.request.url.endswith("pages.js"):
            route.fulfill(body=pages_script(), content_type="text/javascript")
        elif route.request.url.endswith("/form"):
            at, problems = self._turned(route.request.post_data) if route.request.method == "POST" else ("", {})
            route.fulfill(body=self._page(at, problems), content_type="text/html; charset=utf-8", headers={
                "content-security-policy": POLICY,
            })  # fmt: skip
        else:
            route.fulfill(status=204)  # the icon of the tab

    def _turned(self, sent: str | None) -> tuple[str, dict[Path, str]]:
        values = parse_qs(sent or "", keep_blank_values=True)
        done = turned(self.layout, self.answers, values, today=TODAY, at=values.get("at", [""])[0], go=values["go"][0])
        self.answers = done.answers
        return done.at, dict(done.problems)

    def _page(self, at: str, problems: dict[Path, str]) -> str:
        self.loaded += 1
        styles = _FONT.sub("", "".join(file.read_text(encoding="utf-8") for file in sorted(CSS.glob("*.css"))))
        found = asked(self.layout, self.answers, today=TODAY)
        drawn = form_page_html(self.layout, found, at, problems=problems, language="es").html
        help_now = "".join(f"<p>{words}</p>" for words in crisis_words("es"))
        return (
            f'<!doctype html><html lang="es"><head><title>Formulario</title><style>{styles}</style>{self.script}</head>'
            f'<body><main><h1>Antes de su primera visita</h1><form method="post" action="/form" data-form-pages '
            f"novalidate>{drawn}</form></main><footer>{help_now}</footer></body></html>"
        )

    def said(self, link_id: str) -> tuple[Answer, ...]:
        return next((told for place, told in self.answers.items() if place[-1].link_id == link_id), ())


@pytest.mark.parametrize("has_script", [False, True])
def test_a_phone_walks_through_back_and_forth(open_page: Callable[..., Page], has_script: bool) -> None:
    draft, page = Draft(has_script=has_script), open_page(PHONE)
    page.route("**/*", draft.serve)
    page.goto(ADDRESS)
    page.get_by_label("El nombre que usa").fill("Fern")
    page.keyboard.press("Enter")  # goes on, as Next does
    expect(page.get_by_label("Pronombres")).to_be_visible()
    page.get_by_role("button", name="Siguiente").click()
    expect(page.get_by_label("El mejor número de teléfono")).to_be_visible()
    page.get_by_role("button", name="Siguiente").click()
    expect(page.get_by_role("alert")).to_contain_text("1 respuesta necesita revisión")
    assert serious(page) == []
    page.get_by_role("link", name="El mejor número de teléfono").click()
    page.get_by_label("El mejor número de teléfono").fill("555-201-0123")
    page.get_by_role("button", name="Atrás").click()
    page.get_by_role("button", name="Atrás").click()
    expect(page.get_by_label("El nombre que usa")).to_have_value("Fern")
    page.get_by_role("button", name="Siguiente").click()
    page.get_by_role("button", name="Siguiente").click()
    expect(page.get_by_label("El mejor número de teléfono")).to_have_value("555-201-0123")
    page.get_by_role("button", name="Siguiente").click()
    page.get_by_label("Pueden dejar un mensaje").check()
    assert page.evaluate(WIDER) <= 0
    assert serious(page) == []
    page.get_by_role("button", name="Siguiente").click()
    expect(page.get_by_text("Pregunta 5 de")).to_be_visible()
    assert [draft.said(one) != () for one in ("called", "reach", "may_leave")] == [True] * 3
    if has_script:
        # Whoever listens hears which question it is, and no whole page was loaded.
        assert page.evaluate("document.activeElement.id") == "form-page-heading"
        assert page.evaluate("performance.getEntriesByType('navigation').length") == 1
