"""`workbench form import FILE` and `workbench form export FILE`: what a form holds, without a practice."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from workbench.cli import form_pack
from workbench.forms.documents import LARGEST, Refused, write_document
from workbench.forms.importing import Imported, import_form
from workbench.kernel.errors import sentence


def register(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the group."""
    commands = groups.add_parser("form", help="read forms of other systems; needs no practice").add_subparsers(
        dest="command", required=True, metavar="COMMAND"
    )
    taken = commands.add_parser("import", help="whether a FHIR Questionnaire or REDCap dictionary is taken, and how")
    taken.add_argument("file", type=Path)
    taken.add_argument("--json", action="store_true", help="as JSON, for scripts")
    taken.set_defaults(run=_import)
    given = commands.add_parser("export", help="the FHIR Questionnaire again, as it is kept")
    given.add_argument("file", type=Path)
    given.set_defaults(run=_export)
    form_pack.register(commands)


def _import(given: argparse.Namespace) -> int:
    try:
        imported = _read(given.file)
    except Refused as refusal:
        if given.json:
            print(json.dumps(_refused(refusal), ensure_ascii=False))
        print(sentence(refusal), file=sys.stderr)
        return 1
    told = _told(imported)
    if given.json:
        print(json.dumps(told, ensure_ascii=False))
        return 0
    title = told["title"] or "Without a title"
    print(f"{title}: {told['questions']} questions in {told['items']} items, {told['hash'][:12]}")
    for warning in told["warnings"]:
        print(f"  {warning['link_id'] or 'the whole form'}: {warning['what']}")
    return 0


def _export(given: argparse.Namespace) -> int:
    print(write_document(_read(given.file).questionnaire))
    return 0


def _read(file: Path) -> Imported:
    # One byte more than is taken: a file of any size is refused without being read.
    with file.open("rb") as opened:
        return import_form(opened.read(LARGEST + 1))


def _told(imported: Imported) -> dict[str, Any]:
    items = list(imported.form.walk())
    warnings = [{"link_id": one.link_id, "what": one.what} for one in imported.form.warnings]
    return {
        "outcome": "accepted_with_warnings" if warnings else "accepted",
        "title": imported.form.title,
        "items": len(items),
        "questions": sum(item.is_question for item in items),
        "warnings": warnings,
        "reason": None,
        "hash": imported.hash,
    }


def _refused(refusal: Refused) -> dict[str, Any]:
    return {
        "outcome": "refused", "title": None, "items": 0, "questions": 0, "warnings": [], "reason": sentence(refusal),
        "hash": None,
    }  # fmt: skip
