"""Each rule of the house is broken on purpose, and caught; the house without a breach is left in peace."""

from types import ModuleType
from typing import NamedTuple

import pytest

from tests.architecture import (
    clock,
    completeness,
    door,
    duplicates,
    environment,
    identifiers,
    imports,
    psychotherapy_wall,
    sinks,
    sizes,
    words,
)
from tests.architecture.house import FILES, build, put

CHECKS = (
    clock, completeness, door, duplicates, environment, identifiers, imports, psychotherapy_wall, sinks, sizes, words,
)  # fmt: skip

RULES = "workbench/scheduling/rules.py"
CANCEL = "workbench/actions/scheduling/cancel_appointment.py"
PAGE = "dashboards/pages/day.py"


class Broken(NamedTuple):
    """A check, and the file and text that it must catch, with words of what it says."""

    check: ModuleType
    path: str
    text: str
    says: str


def more(path: str, text: str) -> str:
    return FILES[path] + text


def instead(path: str, old: str, new: str) -> str:
    assert old in FILES[path]
    return FILES[path].replace(old, new)


ONE = """
def first(rows):
    kept = []
    for row in rows:
        if row.status in row.open and row.amount > 0:
            kept.append((row.id, row.amount * 2, row.at))
        elif row.back:
            kept.remove(row.back)
    total = sum(entry[1] for entry in kept if entry[2] is not None)
    return sorted(kept), total
"""
TWO = ONE.replace("first", "second").replace("kept", "found").replace("row.", "line.").replace("for row", "for line")

BREACHES = {
    "a relative import": Broken(imports, RULES, "from . import tables\n", "relative import"),
    "a domain that knows a domain": Broken(imports, RULES, "import workbench.ledger.rules\n", "may not know ledger"),
    "a domain that knows one inside a function": Broken(
        imports, RULES, "def fee():\n    from workbench.ledger import rules\n    return rules\n", "may not know ledger"
    ),
    "an import by name at run time": Broken(
        imports,
        RULES,
        "import importlib\nx = importlib.import_module('workbench.claims.rules')\n",
        "may not know claims",
    ),
    "a room that is not in the plan": Broken(imports, "workbench/extras/rules.py", "x = 1\n", "not in the table"),
    "a verb that calls a verb": Broken(
        imports,
        "workbench/actions/scheduling/move_appointment.py",
        "from workbench.actions.scheduling.cancel_appointment import cancel_appointment\n",
        "another verb",
    ),
    "a verb that takes what another area shares": Broken(
        imports,
        "workbench/actions/scheduling/move_appointment.py",
        "from workbench.actions.charting._charging import charge_session\n",
        "another verb",
    ),
    "a screen that acts": Broken(
        imports,
        "workbench/screens/day_schedule.py",
        "from workbench.actions.scheduling.cancel_appointment import cancel_appointment\n",
        "screens may not know actions",
    ),
    "a kernel that knows the store": Broken(
        imports, "workbench/kernel/money.py", "from workbench.store import base\n", "kernel may not know store"
    ),
    "a web edge that knows a page": Broken(
        imports, "workbench/web/server.py", "from dashboards.pages import day\n", "web may not know dashboards"
    ),
    "SQL in a page": Broken(imports, PAGE, "from sqlalchemy import select\n", "sqlalchemy is not known here"),
    "Panel in a rule": Broken(imports, RULES, "import panel as pn\n", "panel is not known here"),
    "a domain that opens a door": Broken(
        imports, RULES, "from workbench.gate.action import action\n", "a domain takes types"
    ),
    "a screen that knows psychotherapy notes": Broken(
        psychotherapy_wall,
        "workbench/screens/day_schedule.py",
        "from workbench.psychotherapy.tables import PsychotherapyNote\n",
        "nobody else knows psychotherapy notes",
    ),
    "SQL that names psychotherapy notes": Broken(
        psychotherapy_wall,
        "workbench/screens/day_schedule.py",
        "QUERY = 'SELECT * FROM psychotherapy_notes'\n",
        "named outside of its room",
    ),
    "a notebook that reads the store": Broken(
        imports,
        "notebooks/01_sessions.ipynb",
        '{"cells": [{"cell_type": "code", "source": ["%matplotlib\\n", "from workbench.store import engine\\n"]}]}',
        "notebooks may not know store",
    ),
    "a commit outside the gate": Broken(
        door, CANCEL, more(CANCEL, "\n    work._session.commit()\n"), ".commit belongs"
    ),
    "a session taken from the work": Broken(door, CANCEL, more(CANCEL, "\n    work._session.flush()\n"), "._session"),
    "a transaction begun by hand": Broken(door, PAGE, "def f(engine):\n    return engine.begin()\n", ".begin belongs"),
    "a write transaction of one's own": Broken(
        door,
        "workbench/jobs/runner.py",
        "def run(store):\n    with store.writing() as s:\n        s.add(1)\n",
        ".writing",
    ),
    "a session made by hand": Broken(
        door,
        PAGE,
        "from sqlalchemy.orm import Session\n\nwith Session(engine) as s:\n    pass\n",
        "Session() opens the store",
    ),
    "a bulk update": Broken(door, CANCEL, "from sqlalchemy import select, update\n", "bulk SQL"),
    "a bulk delete by alias": Broken(
        door, CANCEL, "import sqlalchemy as sa\n\nx = sa.delete(Appointment)\n", "bulk SQL"
    ),
    "a table's own insert": Broken(door, CANCEL, "x = Appointment.__table__.insert()\n", "bulk SQL"),
    "SQL as text": Broken(door, CANCEL, "from sqlalchemy.sql.expression import text\n", "bulk SQL"),
    "now() in a rule": Broken(
        clock, RULES, "from datetime import datetime\n\nx = datetime.now(tz=None)\n", "datetime.now"
    ),
    "a clock handed on uncalled": Broken(clock, RULES, "default = dict(default=datetime.utcnow)\n", "datetime.utcnow"),
    "today() in a rule": Broken(clock, RULES, "import datetime\n\nx = datetime.date.today()\n", "datetime.date.today"),
    "the time in seconds": Broken(clock, RULES, "from time import time\n", "time.time"),
    "the database's clock": Broken(clock, RULES, "x = func.now()\n", "func.now"),
    "a clock in SQL": Broken(
        clock, "workbench/marts/sql/sessions.sql", "select 1 where week < current_date -- late\n", "in SQL"
    ),
    "os.environ in a page": Broken(environment, PAGE, "import os\n\nx = os.environ['HOME']\n", "os.environ"),
    "getenv by name": Broken(environment, RULES, "from os import getenv\n", "os.getenv"),
    "a verb without a policy": Broken(
        completeness,
        "workbench/gate/policy_rows.py",
        instead("workbench/gate/policy_rows.py", "CANCEL_APPOINTMENT", "OTHER"),
        "no line in",
    ),
    "a verb without a permission": Broken(
        completeness, CANCEL, instead(CANCEL, "Permission.CANCEL_APPOINTMENT, ", ""), "declares no permission"
    ),
    "a verb that records nothing": Broken(
        completeness,
        CANCEL,
        instead(CANCEL, "work.record(AuditEvent.APPOINTMENT_CANCELLED, ", "print("),
        "records no audit",
    ),
    "a verb without a test": Broken(
        completeness, CANCEL.replace("cancel", "move"), FILES[CANCEL].replace("cancel", "move"), "no file tests"
    ),
    "two verbs in a file": Broken(
        completeness, CANCEL, more(CANCEL, FILES[CANCEL].replace("cancel", "move")), "the one verb"
    ),
    "a read that does not say what it shows": Broken(
        completeness,
        "workbench/screens/day_schedule.py",
        instead("workbench/screens/day_schedule.py", ", shows=AuditEvent.SCHEDULE_SEEN", ""),
        "which event its reading is",
    ),
    "a read without a test": Broken(
        completeness,
        "tests/screens/test_day_schedule.py",
        "def test_nothing():\n    assert 1\n",
        "no test calls day_schedule",
    ),
    "an event without a sentence": Broken(
        completeness,
        "workbench/gate/audit_sentences.py",
        instead("workbench/gate/audit_sentences.py", '    AuditEvent.SCHEDULE_SEEN: "saw the schedule",\n', ""),
        "no line in SENTENCES",
    ),
    "a permission that nothing uses": Broken(
        completeness,
        "workbench/gate/permissions.py",
        more("workbench/gate/permissions.py", '    READ_CHART = "charting:chart:read"\n'),
        "used nowhere",
    ),
    "a file too long": Broken(sizes, RULES, "x = 1\n" * 301, "301 lines"),
    "a function too long": Broken(sizes, RULES, "def f():\n" + "    x = 1\n" * 40, "41 lines"),
    "a test file too long": Broken(sizes, "tests/rules/test_late.py", "x = 1\n" * 401, "401 lines"),
    "a name that says nothing": Broken(words, "workbench/scheduling/" + "utils.py", "x = 1\n", "says nothing"),
    "a class that says nothing": Broken(words, RULES, "class Slot" + "Manager:\n    pass\n", "says nothing"),
    "unfinished work": Broken(words, RULES, "x = 1  # TO" + "DO: later\n", "unfinished"),
    "a test set aside": Broken(
        words, "tests/rules/test_late.py", "@pytest.mark." + "skip\ndef test_x(): ...\n", "unfinished"
    ),
    "a path of one machine": Broken(words, "docs/start.md", "Put it into /" + "tmp/practice.\n", "one machine"),
    "a neighbour's folder": Broken(words, "docs/start.md", "See .." + "/shared/notes.md\n", "outside the project"),
    "markup from a name": Broken(sinks, PAGE, "import panel as pn\n\nx = pn.pane.Markdown(name)\n", "runs markup"),
    "a sink imported by itself": Broken(sinks, PAGE, "from panel.widgets import StaticText\n", "runs markup"),
    "a bare string in a row": Broken(
        sinks, PAGE, "import panel as pn\n\nx = pn.Row(f'Hello {name}')\n", "becomes Markdown"
    ),
    "escaping switched off": Broken(
        sinks, PAGE, "import panel as pn\n\nx = pn.pane.DataFrame(d, escape=False)\n", "switched off"
    ),
    "a mail address that may exist": Broken(identifiers, RULES, "x = 'mara@" + "gmail.com'\n", "mail domain"),
    "a phone number that may ring": Broken(identifiers, RULES, "x = '(212) 867-" + "5309'\n", "phone number"),
    "a social security number": Broken(identifiers, RULES, "x = '123-45-" + "6789'\n", "social security"),
    "a person's NPI": Broken(identifiers, RULES, "x = '17000" + "00007'\n", "NPI"),
    "a function written twice": Broken(duplicates, RULES, ONE + "\n\n" + TWO, "second is first"),
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.rsplit(".", 1)[-1])
def test_a_house_in_order_is_left_in_peace(tmp_path, check):
    assert check.breaches(build(tmp_path)) == []


@pytest.mark.parametrize("broken", BREACHES.values(), ids=BREACHES.keys())
def test_a_breach_is_caught(tmp_path, broken):
    put(build(tmp_path), broken.path, broken.text)
    found = broken.check.breaches(tmp_path)
    assert [breach for breach in found if broken.says in breach.what], found
