# make          run the app
# make serve    run the app for many, with gunicorn: see deploy/README.md
# make test     run all tests; ARGS="-k map" passes options to pytest
# make bench    measure the app and one to compare it with; ARGS="--quick" or "--only step"
# make check    lint, formatting, types, import rules; known weaknesses where the network answers
# make audit    look up known weaknesses of the packages; fails where the network does not answer
# make screenshots   take the README's pictures anew; ARGS="map dark" takes just those
# make words    bring the catalogs of other languages up to date with the texts in the code
# make format   rewrite the code in the project's format
# make clean    remove everything these commands made

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin

.DEFAULT_GOAL := run
.PHONY: run serve test bench check audit words screenshots format clean chromium servers

run: .venv/packed
	@$(BIN)/python app.py

serve: .venv/packed
	@exec $(BIN)/python -m gunicorn -c deploy/gunicorn.conf.py $(ARGS)

test: .venv/dev-ready .venv/packed chromium servers
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 3 --no-loadscope-reorder $(ARGS)

bench: .venv/dev-ready .venv/packed chromium servers
	@$(BIN)/python -m tests.bench $(ARGS)

check: .venv/dev-ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m tests.audit

# As the last step of the check, which must pass with no network; but here a package that cannot be
# looked up is not taken for a sound one.
audit: .venv/dev-ready
	@$(BIN)/python -m tests.audit --strict

# New texts come into the catalogs with nothing said for them; a test tells of each.
words: .venv/dev-ready
	@$(BIN)/python -m babel.messages.frontend --quiet extract -F pyproject.toml --no-default-keywords -k "say say_many:1,2" \
		-k "marked atlas.say" --add-location=never -o build/words.pot data layouts callbacks
	@$(BIN)/python -m babel.messages.frontend --quiet update -i build/words.pot -l es -o data/languages/es.po \
		--no-fuzzy-matching --ignore-obsolete --width 100

screenshots: .venv/dev-ready .venv/packed chromium
	@$(BIN)/python -m tests.screenshots $(ARGS)

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

# PostgreSQL and nginx for the tests of a cluster, which run their own. Debian starts both when they
# are installed, and again with the machine: policy-rc.d forbids the first; because of the second, a
# machine with systemd is left alone, and the tests say what to install.

servers:
	@PATH="$$PATH:/usr/sbin"; needs=; own=; root=; policy=/usr/sbin/policy-rc.d; \
	command -v nginx >/dev/null || needs="nginx-light"; \
	command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || \
		needs="$$needs postgresql"; \
	test -n "$$needs" || exit 0; \
	test "$$(id -u)" = 0 || root="sudo -n"; \
	if test -d /run/systemd/system || ! command -v apt-get >/dev/null || ! $$root true 2>/dev/null; then \
		echo "Left out: the tests of a cluster; they need $$needs"; exit 0; \
	fi; \
	echo "Installing $$needs"; \
	test -e $$policy || { own=yes; printf '#!/bin/sh\nexit 101\n' | $$root tee $$policy >/dev/null; \
		$$root chmod +x $$policy; }; \
	$$root apt-get update -qq && $$root apt-get install -y -qq $$needs >/dev/null; done=$$?; \
	test -z "$$own" || $$root rm $$policy; \
	test "$$done" = 0 || echo "Left out: the tests of a cluster; $$needs could not be installed"
