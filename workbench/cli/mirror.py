"""`workbench mirror status|rebuild|verify`: how the mirror is, building it anew, comparing it with the record."""

import argparse
import json
from pathlib import Path
from typing import Any


def register(groups: Any) -> None:
    """Add the commands."""
    mirror = groups.add_parser("mirror", help="the copy that numbers are read from")
    verbs = mirror.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    for name, says in (
        ("status", "how far behind it is, its rows and its checks"),
        ("rebuild", "build it anew from the store; numbers go on being read meanwhile"),
        ("verify", "compare every row with the store; exits 1 if anything differs or a check fails"),
    ):
        verb = verbs.add_parser(name, help=says)
        verb.add_argument("--home", type=Path, help="the practice's folder, if not the usual one")
        verb.add_argument("--json", action="store_true", help="as JSON")
        verb.set_defaults(run=_run)


def _run(given: argparse.Namespace) -> int:
    # The mirror finds its tables by name: whoever starts it brings them along.
    import workbench.billing.tables
    import workbench.charting.tables
    import workbench.claims.tables
    import workbench.ledger.tables
    import workbench.people.tables
    import workbench.scheduling.tables  # noqa: F401
    from pipelines.run import mirror_status, run_errand
    from workbench.cli.opening import opened
    from workbench.kernel.settings import read_settings

    with opened(read_settings(home=given.home)) as practice:
        store = practice.gate.store
        if given.verb == "status":
            told = mirror_status(store)
        else:
            told = run_errand(store, practice.gate.zone, given.clock, given.verb)
    print(json.dumps(told, indent=2) if given.json else "\n".join(_words(told)))
    return 1 if given.verb == "verify" and _is_wrong(told) else 0


def _is_wrong(told: dict[str, Any]) -> bool:
    differs = any(not table["is_equal"] for table in told["parity"])
    return differs or any(check["failures"] for check in told["checks"] if check["is_critical"])


def _words(told: dict[str, Any]) -> list[str]:
    behind = told.get("behind_seconds")
    lines = [f"{told['state']}" + (f", {behind:.1f} s behind" if behind is not None and told["is_kept"] else "")]
    lines += [told["problem"]] if told.get("problem") else []
    lines += ["No process keeps it now."] if not told["is_kept"] else []
    lines += [f"numbers as of {told['as_of']}"] if told.get("as_of") else []
    parity = {table["table"]: table for table in told.get("parity", ())}
    for name, rows in told.get("rows", {}).items():
        found = parity.get(name)
        lines.append(f"  {name:<20} {rows:>12,}" + ("" if found is None else _compared(found)))
    failing = [check for check in told.get("checks", ()) if check["failures"]]
    lines += [f"  not so: {check['says']} ({check['failures']:,} rows)" for check in failing]
    if told.get("checks") and not failing:
        lines.append(f"{len(told['checks'])} checks, all hold")
    return lines


def _compared(table: dict[str, Any]) -> str:
    if table["is_equal"]:
        return f"   equal       {table['store_checksum'][-16:]}"
    store, mirror = table["store_checksum"][-16:], table["mirror_checksum"][-16:]
    return f"   NOT EQUAL   store {table['store_rows']:,} {store}, mirror {table['mirror_rows']:,} {mirror}"
