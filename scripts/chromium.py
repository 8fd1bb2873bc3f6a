"""Finds a Chromium for the tests, or as root on Debian installs it, or says what to install. Prints its path."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
IN_PLAYWRIGHTS_CACHE = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium-*/chrome-win*/chrome.exe",
)
INSTALL_IT = """The browser tests need Chromium and none was found.
  Debian:  apt-get install chromium
  Any:     .venv/bin/playwright install chromium
Or give its path: CHROMIUM=the/path make test"""


def caches(environ: Mapping[str, str], home: Path) -> tuple[Path, ...]:
    """Where Playwright keeps the browsers it downloaded, by platform."""
    named = environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    places = (home / ".cache", home / "Library" / "Caches", home / "AppData" / "Local")
    return ((Path(named),) if named else ()) + tuple(place / "ms-playwright" for place in places)


def find(environ: Mapping[str, str], home: Path) -> Path | None:
    """The first Chromium of: the variable `CHROMIUM`, the search path, Playwright's own cache."""
    named = environ.get("CHROMIUM", "")
    if named:
        return Path(named) if os.access(named, os.X_OK) else None
    for name in NAMES:
        on_path = shutil.which(name, path=environ.get("PATH"))
        if on_path:
            return Path(on_path)
    for cache in caches(environ, home):
        for pattern in IN_PLAYWRIGHTS_CACHE:
            found = sorted(cache.glob(pattern))
            if found:
                return found[-1]
    return None


def install() -> None:
    """Debian's package, where we may. What apt says goes to stderr, so that stdout holds the path alone."""
    if shutil.which("apt-get") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return
    print("Installing Debian's Chromium for the browser tests.", file=sys.stderr, flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
        if subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False).returncode:
            return


def main() -> int:
    """Exits 0 and prints the path, or 1 with what to install."""
    found = find(os.environ, Path.home())
    if found is None and not os.environ.get("CHROMIUM"):
        install()
        found = find(os.environ, Path.home())
    if found is None:
        print(INSTALL_IT, file=sys.stderr)
        return 1
    print(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
