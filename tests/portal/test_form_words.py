"""Every key that the pages of forms and consents name is there, in both languages, for every kind and state."""

import re
from pathlib import Path

import pytest

from workbench.actions.documents.send_own_file import TITLES
from workbench.forms.library import templates
from workbench.intake.consents import KIND_OF, RULES, ConsentKind
from workbench.intake.signing import STATEMENTS
from workbench.intake.tables import OwnState
from workbench.portal.words import LANGUAGES, catalogue

_PORTAL = Path(__file__).resolve().parents[2] / "workbench" / "portal"
_KEY = re.compile(r"""["'](forms|consents|cards)\.([a-z_0-9]+)["']""")


@pytest.mark.engines("sqlcipher")
def test_every_key_is_there() -> None:
    pages = [*_PORTAL.glob("templates/*.html"), *_PORTAL.glob("pages/*.py"), _PORTAL / "form_words.py"]
    named = {f"{room}.{key}" for page in pages for room, key in _KEY.findall(page.read_text(encoding="utf-8"))}
    named -= {"forms.state_", "consents.kind_", "consents.stops_", "forms.html", "consents.html", "cards.html"}
    named |= {f"forms.state_{state}" for state in OwnState}
    named |= {f"consents.{what}_{kind}" for kind in ConsentKind for what in ("kind", "stops")}
    named |= {f"cards.{what}" for what in TITLES}
    assert named <= set(catalogue())
    assert set(STATEMENTS) == set(LANGUAGES)


@pytest.mark.engines("sqlcipher")
def test_every_kind_of_consent_has_its_rule_and_every_form_of_one_is_in_the_library() -> None:
    assert set(RULES) == set(ConsentKind) == set(KIND_OF.values())
    assert set(KIND_OF) <= set(templates())
