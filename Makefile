# Needs only make and Python 3.11 or newer; uv, where it is on the PATH, makes installing quicker.
SHELL := /bin/sh
PORT ?= 8000
PYTHON_FOR_VENV ?= python3
BIN := .venv/bin
PYTHON := $(BIN)/python
FLASK := $(BIN)/flask --app app
UV := $(shell command -v uv 2>/dev/null)
NPM := $(shell command -v npm 2>/dev/null)
ifdef UV
  INSTALL := $(UV) pip install --quiet --python $(PYTHON) --require-hashes
else
  INSTALL := $(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes
endif
INSTALLED := .venv/.installed
INSTALLED_FOR_TESTS := .venv/.installed-for-tests

.PHONY: run test test-quick test-changed test-deep bench bench-city screenshots lint upgrade translations requirements clean

run: export TREFPUNT_DEMO ?= 1
run: export PORT := $(PORT)
run: $(INSTALLED)
	@$(FLASK) check-config --quiet
	@$(FLASK) db upgrade
	@$(FLASK) load-demo
	@echo "Trefpunt: http://127.0.0.1:$(PORT)"
	@$(FLASK) demo-logins
	@$(FLASK) worker & worker=$$!; \
	$(BIN)/gunicorn 'app:create_app()' & web=$$!; \
	trap 'kill $$web $$worker 2>/dev/null' INT TERM HUP; \
	wait $$web; ended=$$?; \
	kill $$web $$worker 2>/dev/null; wait; \
	[ $$ended -lt 128 ] && exit $$ended || exit 0

# A file at a time for each process, in our order; what is compiled is kept for the other processes and the next run.
TOGETHER := PYTHONDONTWRITEBYTECODE= $(PYTHON) -m pytest -n 3 --dist loadfile --no-loadscope-reorder

# A part of it: make test ARGS="tests/models -k guard"
test: $(INSTALLED_FOR_TESTS)
	@$(TOGETHER) $(ARGS)

# While working: the rules, the house tests and what else is cheap, on SQLite alone.
QUICK_ONES := tests/models/rules tests/models/ical tests/models/queries tests/models/tables tests/house \
    tests/blueprints/web tests/blueprints/design tests/blueprints/occupancy tests/blueprints/presence
test-quick: export TREFPUNT_EVERY_DATABASE = 1
test-quick: $(INSTALLED_FOR_TESTS)
	@$(TOGETHER) -m "not postgresql and not browser" $(QUICK_ONES) $(ARGS)

# What a change touches, since the branch left main or another commit: make test-changed SINCE=HEAD~3
SINCE ?= main
test-changed: $(INSTALLED_FOR_TESTS)
	@touched=$$($(PYTHON) -m tests.reach $(SINCE)) && echo "$$touched" && $(TOGETHER) $(ARGS) $$touched

# Ten times as many examples of each property, and what takes minutes.
test-deep: $(INSTALLED_FOR_TESTS)
	@$(TOGETHER) --hypothesis-profile=deep $(ARGS)

# What things cost, in under ten minutes. One row: make bench ONLY='postgresql.*feed'. Beside an earlier run: make bench
# COMPARE=earlier.json, a copy of the JSON=instance/bench.json that each run writes.
BENCH := $(PYTHON) -m tests.benchmarks
bench bench-city: ASKED = $(if $(ONLY),--only '$(ONLY)') $(if $(COMPARE),--compare '$(COMPARE)') $(if $(JSON),--json '$(JSON)')
bench: $(INSTALLED_FOR_TESTS)
	@$(BENCH) $(ASKED)

# The same of a city: 3,800 spaces in five buildings.
bench-city: $(INSTALLED_FOR_TESTS)
	@$(BENCH) city $(ASKED)

# The pictures of the README, drawn anew from the demo building on an ordinary full day. Needs Chromium.
screenshots: $(INSTALLED_FOR_TESTS)
	@$(PYTHON) -m tests.pictures

# All that is found without running anything, the quickest first. mypy keeps in .mypy_cache what it knows.
lint: $(INSTALLED_FOR_TESTS)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

upgrade: $(INSTALLED)
	@$(FLASK) db upgrade

# The app compiles translations when it starts; this collects new sentences, and compiles for a folder it may not write.
translations: $(INSTALLED)
	@$(BIN)/pybabel --quiet extract --mapping babel.cfg --keywords lazy_gettext --keywords _l --no-location --omit-header \
	    --sort-output --output translations/messages.pot .
	@$(BIN)/pybabel --quiet update --input-file translations/messages.pot --output-dir translations --no-fuzzy-matching \
	    --ignore-pot-creation-date
	@rm translations/messages.pot
	@$(BIN)/pybabel compile --directory translations

# After a change in pyproject.toml. Needs uv. Keeps the versions of today but for `make requirements UPGRADE=--upgrade`.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url \
    --no-emit-find-links --custom-compile-command "make requirements" $(UPGRADE)
requirements:
	@$(LOCK) pyproject.toml --output-file requirements.txt
	@$(LOCK) --group pyproject.toml:test --constraint requirements.txt --output-file tests/requirements.txt

clean:
	rm -rf .venv tests/node_modules .pytest_cache .ruff_cache .mypy_cache .hypothesis

$(PYTHON):
	@$(PYTHON_FOR_VENV) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Trefpunt needs Python 3.11 or newer: make PYTHON_FOR_VENV=python3.11"; exit 1; }
	@$(if $(UV),$(UV) venv --quiet --allow-existing --python $(PYTHON_FOR_VENV) .venv,$(PYTHON_FOR_VENV) -m venv .venv)

$(INSTALLED): requirements.txt | $(PYTHON)
	@echo "Installing what Trefpunt needs (once)"
	@$(if $(UV),,$(PYTHON) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m ensurepip >/dev/null)
	@$(INSTALL) -r requirements.txt
	@touch $@

$(INSTALLED_FOR_TESTS): tests/requirements.txt tests/package-lock.json $(INSTALLED)
	@$(INSTALL) -r tests/requirements.txt
	@$(if $(NPM),$(NPM) ci --prefix tests --silent --no-audit --no-fund --ignore-scripts,false) || \
	    echo "Without npm's packages the tests that need them are skipped (npm is missing or found no network)"
	@touch $@
