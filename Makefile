# One door to everything: a bare machine needs only `make` and Python 3.11, 3.12 or 3.13.
.DEFAULT_GOAL := help
.PHONY: help demo test check types lint bench mutants lock clean environment environment-dev

VENV := .venv
BIN := $(VENV)/bin
# What `make demo` and `make test` pass on, such as ARGS="--port 8700" or ARGS="tests/kernel -x".
ARGS ?=
# uv only writes the lock files; nothing that runs needs it, so it lives apart from the environment.
UV_VERSION := 0.13.9
COMPILE := .build/uv/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	--python-version 3.11 --custom-compile-command "make lock" --group build pyproject.toml

help:
	@echo "make demo    the synthetic practice in a browser: prints the address and a sign-in for each role"
	@echo "make test    everything: lint, types, tests on both stores, the browser journeys"
	@echo "make check   the quick part: lint, types, architecture"
	@echo "make bench   measures, and writes docs/benchmarks.md"
	@echo "make mutants takes every audit line away in turn; some 20 minutes, writes docs/audit-mutants.md"
	@echo "make lock    resolves pyproject.toml into the two lock files"
	@echo "make clean   removes what these made, the environment included"

environment:
	@python=$$(sh scripts/find_python.sh) && "$$python" scripts/environment.py requirements.lock

environment-dev:
	@python=$$(sh scripts/find_python.sh) && "$$python" scripts/environment.py requirements-dev.lock

demo: environment
	@$(BIN)/workbench demo $(ARGS)

lint: environment-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: environment-dev
	@$(BIN)/mypy

check: lint types
	@$(BIN)/python -m pytest -q tests/architecture

# Both cores work; one browser file stays on one of them (--dist loadgroup, see tests/conftest.py). The types are looked
# at beside the first tests, and told at the end: alone they would keep one core waiting.
test: lint
	@chromium=$$($(BIN)/python scripts/chromium.py) || exit 1; \
		mkdir -p .build; $(BIN)/mypy >.build/types.txt 2>&1 & types=$$!; \
		CHROMIUM="$$chromium" $(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS); tests=$$?; \
		wait $$types; types=$$?; cat .build/types.txt; \
		[ $$types -eq 0 ] && exit $$tests || exit 1

bench: environment-dev
	@chromium=$$($(BIN)/python scripts/chromium.py) && CHROMIUM="$$chromium" $(BIN)/python -m bench $(ARGS)

mutants: environment-dev
	@$(BIN)/python scripts/mutate_audit.py $(ARGS)

lock:
	@python=$$(sh scripts/find_python.sh) && "$$python" -m venv .build/uv
	@.build/uv/bin/python -m pip install --quiet uv==$(UV_VERSION)
	@$(COMPILE) -o requirements.lock
	@$(COMPILE) --group dev -o requirements-dev.lock
	@echo "Locked. Run make test, then commit pyproject.toml and both lock files together."

clean:
	rm -rf $(VENV) .build build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results
