"""Questionnaires for tests, in words of our own."""

import json
from typing import Any

from workbench.forms.importing import Imported, import_form
from workbench.forms.questionnaire import Item

CORE = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"


def questionnaire(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A questionnaire with these items."""
    return {"resourceType": "Questionnaire", "status": "draft", "title": "A form", "item": list(items), **more}


def asked(link_id: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    """One item."""
    return {"linkId": link_id, "type": kind, "text": f"Question {link_id}", **more}


def chosen(link_id: str, *codes: str, kind: str = "choice", **more: Any) -> dict[str, Any]:
    """A question with answers to choose from."""
    options = [{"valueCoding": {"code": code, "display": f"Answer {code}"}} for code in codes]
    return asked(link_id, kind, answerOption=options, **more)


def when(question: str, operator: str, **answer: Any) -> dict[str, Any]:
    """A condition: `when("a", "=", answerBoolean=True)`."""
    return {"question": question, "operator": operator, **answer}


def extension(name: str, **value: Any) -> dict[str, Any]:
    """An extension of FHIR's own, or of SDC's where the name begins with `sdc:`."""
    return {"url": f"{SDC}{name.removeprefix('sdc:')}" if name.startswith("sdc:") else f"{CORE}{name}", **value}


def taken(document: dict[str, Any]) -> Imported:
    """The document, imported."""
    return import_form(json.dumps(document).encode())


def item_of(document: dict[str, Any], link_id: str) -> Item:
    """One item of it."""
    return next(item for item in taken(document).form.walk() if item.link_id == link_id)
