# make          run the app
# make test     run all tests; ARGS="-k map" passes options to pytest
# make bench    measure the app and one to compare it with; ARGS="--quick" or "--only step"
# make check    lint, formatting, types, and the import rules
# make format   rewrite the code in the project's format
# make clean    remove everything these commands made

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin

.DEFAULT_GOAL := run
.PHONY: run test bench check format clean chromium

run: .venv/packed
	@$(BIN)/python app.py

test: .venv/dev-ready .venv/packed chromium
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

bench: .venv/dev-ready .venv/packed chromium
	@$(BIN)/python -m tests.bench $(ARGS)

check: .venv/dev-ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: .venv/dev-ready
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	rm -rf build test-results bench-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The virtual environment. Its two stamps tell when each set of needs was installed.

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12" >&2; exit 1; }
	@echo "Creating .venv"
	@$(PYTHON) -m venv --clear .venv || { rm -rf .venv; \
		echo "Python could not create .venv; on Debian or Ubuntu, install python3-venv." >&2; exit 1; }

.venv/run-ready: requirements.txt $(BIN)/python
	@echo "Installing what the app needs"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev-ready: requirements-dev.txt .venv/run-ready
	@echo "Installing what the tests and checks need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# The big scripts, compressed as hard as possible, once for each set of versions.

.venv/packed: .venv/run-ready
	@echo "Compressing the scripts"
	@$(BIN)/python app.py --pack
	@touch $@

# The browser for the tests: one on PATH, else from apt-get, else the one Playwright brings.

chromium: .venv/dev-ready
	@command -v chromium >/dev/null && exit; \
	root=; test "$$(id -u)" = 0 || root="sudo -n"; \
	if command -v apt-get >/dev/null && $$root true 2>/dev/null; then \
		echo "Installing Chromium"; \
		$$root apt-get update -qq && $$root apt-get install -y -qq chromium >/dev/null && exit; \
	fi; \
	$(BIN)/python -m playwright install chromium
