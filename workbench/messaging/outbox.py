"""The post by which nothing leaves: letters are put, sealed, into a folder of the practice."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Final

from workbench.messaging.post import Letter
from workbench.store.vault import PRACTICE, Vault

FOLDER: Final = "outbox"


class Outbox:
    """A folder in place of a carrier, so that everything can be tried without any."""

    service = ""

    def __init__(self, home: Path, vault: Vault) -> None:
        self._folder, self._vault = home / FOLDER, vault

    def send(self, letter: Letter) -> None:
        """Keep it under its reference; once, for the same is the same."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        sealed = self._vault.seal(PRACTICE, self._place(letter.reference), json.dumps(asdict(letter)).encode())
        (self._folder / letter.reference).write_bytes(sealed)

    def letters(self) -> tuple[Letter, ...]:
        """What lies in it, by reference."""
        files = sorted(self._folder.iterdir()) if self._folder.exists() else []
        opened = (self._vault.open(PRACTICE, self._place(file.name), file.read_bytes()) for file in files)
        return tuple(Letter(**json.loads(one)) for one in opened)

    @staticmethod
    def _place(reference: str) -> str:
        return f"outbox|{reference}"
