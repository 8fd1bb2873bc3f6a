#!/bin/sh
# Prints the newest Python on this machine that the workbench runs on, or says what to install.
for name in "${PYTHON:-}" python3.13 python3.12 python3.11 python3 python; do
    [ -n "$name" ] || continue
    found=$(command -v "$name" 2>/dev/null) || continue
    # Asked, not read from the name: a version manager may leave a name behind that starts nothing.
    if "$found" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
        echo "$found"
        exit 0
    fi
done
cat >&2 <<'SAY'
Python 3.11, 3.12 or 3.13 with its venv module is needed and was not found.
  Debian, Ubuntu:  apt-get install python3 python3-venv
  macOS:           brew install python@3.13
Then run the same command again. A Python elsewhere: PYTHON=the/path make demo
SAY
exit 1
