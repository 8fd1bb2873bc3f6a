"""The environment, read once at the edge. No other module reads `os.environ`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from workbench.kernel.errors import WorkbenchError


class BadSetting(WorkbenchError):
    """A variable of the environment holds what it cannot mean."""


@dataclass(frozen=True)
class Settings:
    """What an operator may set. Secrets are held here only until the vault is unlocked.

    home: the folder of the embedded store, mirror, files and key store (`WORKBENCH_HOME`).
    database_url: a PostgreSQL address; empty means the embedded SQLCipher store (`WORKBENCH_DATABASE_URL`).
    key_file, key_base64, passphrase: the ways to give the key-encryption key (`WORKBENCH_KEY_FILE`,
        `WORKBENCH_KEY`, `WORKBENCH_PASSPHRASE`); without any, `home/kek.key` is expected.
    smtp: a mail server, such as `smtps://user:password@host:465?from=office@example.com` (`WORKBENCH_SMTP`); empty
        means that mail is put into a folder and nothing leaves.
    texts: a gateway of texts, such as `https://account:token@api.example.com?from=+15550100100` (`WORKBENCH_TEXTS`);
        empty means the same for texts.
    clamd: ClamAV's daemon on this machine, a socket's path or `127.0.0.1:3310` (`WORKBENCH_CLAMD`); empty means that
        files are known by their bytes and not scanned.
    port, host, origin: where the server listens, and the address people type (`WORKBENCH_PORT`, …).
    """

    home: Path
    database_url: str = ""
    key_file: Path | None = None
    key_base64: str = ""
    passphrase: str = ""
    host: str = "127.0.0.1"
    port: int = 8600
    origin: str = ""
    smtp: str = ""
    texts: str = ""
    clamd: str = ""

    def __repr__(self) -> str:
        return f"Settings(home={str(self.home)!r}, port={self.port})"  # never a secret


def read_settings(environ: Mapping[str, str] | None = None, *, home: Path | None = None) -> Settings:
    """The settings from the environment; `home` from the command line wins.

    Raises:
        BadSetting: the port is no port.
    """
    env = os.environ if environ is None else environ
    key_file = env.get("WORKBENCH_KEY_FILE", "")
    return Settings(
        home=home or Path(env.get("WORKBENCH_HOME") or user_data_path("therapy-practice-workbench")),
        database_url=env.get("WORKBENCH_DATABASE_URL", ""),
        key_file=Path(key_file) if key_file else None,
        key_base64=env.get("WORKBENCH_KEY", ""),
        passphrase=env.get("WORKBENCH_PASSPHRASE", ""),
        host=env.get("WORKBENCH_HOST", "127.0.0.1"),
        port=_port(env.get("WORKBENCH_PORT", "8600")),
        origin=env.get("WORKBENCH_ORIGIN", ""),
        smtp=env.get("WORKBENCH_SMTP", ""),
        texts=env.get("WORKBENCH_TEXTS", ""),
        clamd=env.get("WORKBENCH_CLAMD", ""),
    )


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= 65_535):
        raise BadSetting("WORKBENCH_PORT must be a number from 0 to 65535.")
    return int(text)
