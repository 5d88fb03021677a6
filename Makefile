# make run    run the pipeline over the sample articles into ./lake, and make a site of it
# make test   run the test suite
# make help   the other targets
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash

VENV := .venv
BIN := $(VENV)/bin
# pyenv reads .python-version; elsewhere the interpreter is called python3.12.
PYTHON ?= $(shell for p in python3.12 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info[:2] != (3, 12))' 2>/dev/null && { echo $$p; break; }; done)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
# What pip installs is compiled by every core together: pip itself would take half its time for it.
COMPILE := $(BIN)/python -m compileall -qq -j 0 $(VENV)/lib
# So are our own rooms, where Python is told to write no bytecode, as many images do.
ROOMS := flows transforms expectations warehouse pages seeds

# Half of the suite's time is waiting for real servers: one process more than there are cores.
TESTERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false

.PHONY: help run test check format gate bench golden pictures docs lock dist clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: $(VENV)/.installed ## ingest seeds/articles into ./lake, show what came of it, make pages of it
	-@$(BIN)/python -m compileall -qq $(ROOMS)
	$(BIN)/dateline run
	$(BIN)/dateline site

test: $(VENV)/.installed-dev ## run the test suite
	-@$(BIN)/python -m compileall -qq $(ROOMS)
	$(BIN)/python -m pytest --numprocesses $(TESTERS) --dist worksteal

check: $(VENV)/.installed-dev ## formatting, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.installed-dev ## format the code and mend what lint can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

gate: $(VENV)/.installed-dev ## hold what is read of our own gold to its floors, which only rise
	$(BIN)/python -m benchmarks.gate

bench: $(VENV)/.installed-dev ## scores and speeds of every reader and of the pipeline, on our own gold and samples
	$(BIN)/python -m benchmarks.figures score
	$(BIN)/python -m benchmarks.events score
	$(BIN)/python -m benchmarks.dates score --table benchmarks/gold/dates.docs.jsonl benchmarks/gold/dates.gold.jsonl
	$(BIN)/python -m benchmarks.entities score
	$(BIN)/python -m benchmarks.pipeline seeds/articles/006_mixed_wire.jsonl

golden: $(VENV)/.installed-dev ## write the golden files anew, for a person to review in the diff
	$(BIN)/python -m tests.golden.regenerate
	$(BIN)/python -m tests.test_ci_page

pictures: $(VENV)/.installed-dev ## take the README's pictures anew, in Chromium
	$(BIN)/python -m tests.pages.pictures

docs: $(VENV)/.installed-dev ## write the pages that are derived from the code anew
	$(BIN)/python -m warehouse.dictionary
	$(BIN)/python -m expectations.manual
	$(BIN)/python -m expectations.published
	$(BIN)/python -m flows.command.reference > docs/commands.md

lock: $(VENV)/.installed-dev ## resolve the dependencies anew and lock them with hashes
	$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-header --no-strip-extras \
		--python-version 3.12 pyproject.toml --output-file requirements.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --no-strip-extras \
		--python-version 3.12 --extra team --constraints requirements.txt \
		pyproject.toml --output-file requirements-team.txt
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --no-strip-extras \
		--python-version 3.12 --all-extras --constraints requirements.txt \
		pyproject.toml --output-file requirements-dev.txt

dist: $(VENV)/.installed-dev ## build the source distribution, and out of it the wheel, into ./dist
	$(BIN)/uv build --quiet --offline --no-build-isolation --python $(BIN)/python --out-dir dist .
	@ls -l dist

clean: ## remove the virtual environment, the lake, what was built and every cache
	rm -rf $(VENV) lake build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Dateline needs Python 3.12: install it (pyenv install 3.12) or name it: make PYTHON=/path/to/python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) --no-deps --require-hashes -r requirements.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	-@$(COMPILE)
	-@$(BIN)/python -m flows.prefect_database
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) --no-deps --require-hashes -r requirements-dev.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	-@$(COMPILE)
	-@$(BIN)/python -m flows.prefect_database
	@touch $@ $(VENV)/.installed
