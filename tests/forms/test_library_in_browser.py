"""Every form of the library as a browser shows it: nothing serious for axe, nothing that sticks out on a phone."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browsers import PHONE, serious
from workbench.forms.asking import asked
from workbench.forms.html import form_html
from workbench.forms.library import Kind, templates
from workbench.forms.signing import laid_out

pytestmark = pytest.mark.timeout(120)
CSS = Path(__file__).parents[2] / "dashboards" / "static" / "css"
_NAMES = re.compile(r'((?:id|name|for|data-key|aria-describedby)="(?:field-)?)q(\d)')
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def page_of(kind: Kind) -> str:
    """All forms of a kind on one page, their fields under names of their own."""
    styles = "".join(file.read_text(encoding="utf-8") for file in sorted(CSS.glob("*.css")))
    forms = []
    for one in templates().values():
        if one.kind is kind:
            layout = laid_out(one.questionnaire(), has_spare=True)
            fields = form_html(layout, asked(layout, {}, today=date(2026, 3, 9)), {})
            own = _NAMES.sub(rf"\1n{one.number}q\2", fields)
            title = one.questionnaire()["title"]
            forms.append(f'<h2>{title}</h2><form class="form"><div class="measure-form">{own}</div></form>')
    return (
        f'<!doctype html><html lang="en"><head><title>Forms</title><style>{styles}</style></head>'
        f"<body><main><h1>Forms</h1>{''.join(forms)}</main></body></html>"
    )


@pytest.mark.parametrize("kind", Kind)
def test_every_form_reads_well_and_fits_a_phone(open_page: Callable[..., Page], kind: Kind) -> None:
    page = open_page(PHONE)
    page.set_content(page_of(kind))
    assert page.locator("form").count() == sum(one.kind is kind for one in templates().values())
    assert page.evaluate(WIDER) <= 0
    assert serious(page) == []
