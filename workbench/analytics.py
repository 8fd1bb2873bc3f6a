"""The governed connection of notebooks: `connect()` asks the running server, which answers as the person it was
opened for, through the door, with a line in the log for every question.

```python
from workbench.analytics import connect

practice = connect()
practice.number("collections", "last_12_months", by="month")   # a pandas DataFrame
practice.select("SELECT day_on, sum(charged_cents) AS cents FROM out_ledger__days GROUP BY ALL")
```
A notebook never opens a file of the practice and holds no key: it has a ticket, which ends with the server.
"""

import json
import logging
import os
import secrets
import shutil
import tempfile
import threading
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.gate.action import Gate
from workbench.gate.actor import Anyone
from workbench.kernel.errors import WorkbenchError, sentence
from workbench.kernel.settings import read_settings
from workbench.marts.asking import number_points, number_select
from workbench.marts.catalog import NUMBERS
from workbench.marts.periods import By
from workbench.marts.reader import Reader, Rows

if TYPE_CHECKING:
    import pandas as pd

logger = logging.getLogger(__name__)
TICKET = "notebooks.json"


class NoServer(WorkbenchError):
    """No server of this practice answers notebooks now."""


class Refused(WorkbenchError):
    """The server refused the question; its text is the server's."""


class NotebookDoor:
    """Answers notebooks on this machine as one person. Its ticket lies in the practice's folder."""

    def __init__(self, gate: Gate, actor: Callable[[], Anyone], reader: Reader, clock: Callable[[], datetime]) -> None:
        self._gate, self._actor, self._reader, self._clock = gate, actor, reader, clock
        self._ticket = gate.store.home / TICKET
        # A socket's path has room for about a hundred characters, fewer than a practice's folder may have.
        self._folder = Path(tempfile.mkdtemp(prefix="notebooks"))
        self._key = secrets.token_bytes(32)
        self._listener = Listener(str(self._folder / "socket"), family="AF_UNIX", authkey=self._key)
        self._is_closed = False

    def open(self) -> None:
        """Begin to answer, and leave the ticket."""
        threading.Thread(target=self._accept, name="notebooks", daemon=True).start()
        ticket = json.dumps({"address": self._listener.address, "key": self._key.hex()})
        self._ticket.unlink(missing_ok=True)
        descriptor = os.open(self._ticket, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(ticket)

    def close(self) -> None:
        """Stop answering; the ticket is worth nothing from now on."""
        self._is_closed = True
        self._ticket.unlink(missing_ok=True)
        self._listener.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _accept(self) -> None:
        while not self._is_closed:
            try:
                connection = self._listener.accept()
            except Exception as error:  # noqa: BLE001 - a wrong ticket or a closed door must not end the answering
                if not self._is_closed:
                    logger.warning("a notebook was turned away: %s", type(error).__name__)
                continue
            threading.Thread(target=self._serve, args=(connection,), name="notebook", daemon=True).start()

    def _serve(self, connection: "Connection[Any, Any]") -> None:
        with connection:
            while True:
                try:
                    asked = json.loads(connection.recv_bytes(maxlength=100_000))
                except (EOFError, OSError):
                    return
                connection.send_bytes(json.dumps(self._answered(asked)).encode())

    def _answered(self, asked: dict[str, Any]) -> dict[str, Any]:
        try:
            rows = self._answer(asked)
        except WorkbenchError as refusal:
            return {"refused": sentence(refusal)}
        except Exception as error:  # noqa: BLE001 - the edge: DuckDB's words may quote a value, so only the class is told
            logger.warning("a question of a notebook failed: %s", type(error).__name__)
            return {"refused": f"This could not be answered ({type(error).__name__}). Check the SQL."}
        return {"columns": rows.columns, "rows": [[_packed(cell) for cell in row] for row in rows.rows]}

    def _answer(self, asked: dict[str, Any]) -> Rows:
        call: dict[str, Any] = {"now": self._clock(), "reader": self._reader}
        if asked.get("ask") == "number":
            by = By(asked.get("by", "all"))
            return number_points(
                self._gate, self._actor(), key=str(asked["key"]), period_key=str(asked["period"]), by=by, **call
            )
        return number_select(self._gate, self._actor(), sql=str(asked["sql"]), **call)


class Practice:
    """A notebook's side of the connection."""

    def __init__(self, connection: "Connection[Any, Any]") -> None:
        self._connection = connection

    def number(self, key: str, period: str = "last_12_months", by: str = "all") -> "pd.DataFrame":
        """A number of the catalogue over a period, split by `all`, `week`, `month`, `clinician` or `payer`.

        Raises:
            Refused: in the server's words.
        """
        return self._ask({"ask": "number", "key": key, "period": period, "by": by})

    def select(self, sql: str) -> "pd.DataFrame":
        """The rows of one SELECT over the published tables (`out_…`, `core_…`).

        Raises:
            Refused: in the server's words.
        """
        return self._ask({"ask": "select", "sql": sql})

    def definition(self, key: str) -> str:
        """What a number means, in a sentence and a formula."""
        return f"{NUMBERS[key].name}: {NUMBERS[key].says}\n= {NUMBERS[key].formula}"

    def close(self) -> None:
        """Leave."""
        self._connection.close()

    def _ask(self, asked: dict[str, Any]) -> "pd.DataFrame":
        import pandas as pd  # takes a second, and only notebooks need it

        self._connection.send_bytes(json.dumps(asked).encode())
        answer = json.loads(self._connection.recv_bytes())
        if "refused" in answer:
            raise Refused(answer["refused"])
        return pd.DataFrame([[_unpacked(cell) for cell in row] for row in answer["rows"]], columns=answer["columns"])


def connect(home: Path | None = None) -> Practice:
    """The practice whose server runs on this machine; `home` as everywhere, by default `WORKBENCH_HOME`.

    Raises:
        NoServer: none answers.
    """
    try:
        ticket = json.loads((read_settings(home=home).home / TICKET).read_text(encoding="ascii"))
        return Practice(Client(ticket["address"], family="AF_UNIX", authkey=bytes.fromhex(ticket["key"])))
    except (FileNotFoundError, ConnectionError) as error:
        raise NoServer("No server of this practice answers notebooks now. Start it, then run this again.") from error


def _packed(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return {"at": cell.isoformat()}
    if isinstance(cell, date):
        return {"on": cell.isoformat()}
    return {"number": str(cell)} if isinstance(cell, Decimal) else cell


def _unpacked(cell: Any) -> Any:
    if not isinstance(cell, dict):
        return cell
    if "at" in cell:
        return datetime.fromisoformat(cell["at"])
    return date.fromisoformat(cell["on"]) if "on" in cell else float(cell["number"])
