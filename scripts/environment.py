"""Makes `.venv` from a lock file, and again when the lock changes. Standard library only: it runs before anything else.

Usage: python scripts/environment.py requirements.lock|requirements-dev.lock
"""

import hashlib
import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME, DEVELOPMENT = "requirements.lock", "requirements-dev.lock"


def fingerprint(root: Path, lock: str) -> str:
    """What the environment depends on: the lock, what the project says of itself, and where it lies."""
    digest = hashlib.sha256(str(root).encode())
    for name in (lock, "pyproject.toml"):
        digest.update(hashlib.sha256((root / name).read_bytes()).digest())
    return digest.hexdigest()


def stamp_of(root: Path, lock: str) -> Path:
    """The file in the environment that says which lock it was made from."""
    return root / ".venv" / f"made-from-{lock}"


def is_ready(root: Path, lock: str) -> bool:
    """Whether `.venv` was made from this lock as it stands. The development lock holds all of the runtime lock."""
    for name in {lock, DEVELOPMENT}:
        stamp = stamp_of(root, name)
        if stamp.is_file() and stamp.read_text(encoding="utf-8") == fingerprint(root, name):
            return True
    return False


def interpreter(root: Path) -> Path:
    """The environment's Python."""
    scripts = "Scripts" if sysconfig.get_platform().startswith("win") else "bin"
    return root / ".venv" / scripts / "python"


def build_tool(lock: Path) -> str:
    """The lock's entry of setuptools with its hashes."""
    entries = re.split(r"^(?=\S)", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return next(entry for entry in entries if entry.startswith("setuptools=="))


def make(root: Path, lock: str) -> None:
    """Creates the environment where it is missing, installs the lock by hash, then the workbench itself."""
    python = interpreter(root)
    if not python.exists():
        venv.create(root / ".venv", with_pip=True, clear=True, symlinks=True)
    for stamp in (stamp_of(root, RUNTIME), stamp_of(root, DEVELOPMENT)):
        stamp.unlink(missing_ok=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    # The build tool first, by hash too: what comes as source is then built by it and not by one fetched unseen.
    build = root / ".venv" / "build.lock"
    build.write_text(build_tool(root / lock), encoding="utf-8")
    built_here = ["--no-build-isolation", "--use-pep517"]
    for arguments in (
        ["--require-hashes", "-r", str(build)],
        ["--require-hashes", *built_here, "-r", lock],
        ["--no-deps", *built_here, "-e", "."],
    ):
        subprocess.run([*pip, *arguments], cwd=root, check=True)
    stamp_of(root, lock).write_text(fingerprint(root, lock), encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Exits 0 when the environment stands, 1 when a package could not be installed, 2 on wrong usage."""
    if len(arguments) != 1 or arguments[0] not in (RUNTIME, DEVELOPMENT):
        print(__doc__, file=sys.stderr)
        return 2
    lock = arguments[0]
    if is_ready(ROOT, lock):
        return 0
    print(f"Making the environment from {lock}: once, a minute or two.", file=sys.stderr, flush=True)
    try:
        make(ROOT, lock)
    except subprocess.CalledProcessError:
        print("A package could not be installed: see above. Is the package index reachable?", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
