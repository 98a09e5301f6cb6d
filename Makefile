# `make run` and `make test` do everything from a machine with Python 3.11+, git and make.
.DEFAULT_GOAL := help
SHELL := /bin/sh
BIN := .venv/bin
STAMPS := .venv/stamps
WORKERS ?= 2
# A house is several processes: each would compile the whole program anew.
unexport PYTHONDONTWRITEBYTECODE
OLDEST := import sys; sys.exit(sys.version_info < (3, 11))

ifndef PYTHON
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c '$(OLDEST)' && { echo $$p; break; }; done)
endif

.PHONY: help install run test quick check fix cover bench shape strings lock clean

help: ## list what there is
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

install: $(STAMPS)/program ## everything the program needs, in .venv and node_modules
	@$(BIN)/python tools/npm.py & front=$$!; $(BIN)/python tools/strings.py compile && wait $$front

run: install ## the demo agency on this machine
	@$(BIN)/kakehashi up --demo $(ARGS)

test: install ## checks and all tests, browser stories included
	@$(BIN)/python tools/chromium.py
	@$(MAKE) --no-print-directory check
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal $(ARGS)

quick: install ## the tests that take no seconds
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal -m "not slow" $(ARGS)

check: install ## format, lint, types, layers, migrations, words, printed pages, charts
	@$(MAKE) --no-print-directory -j $(WORKERS) style types schema words

.PHONY: style types schema words
style:
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/lint-imports --no-logo

types:
	$(BIN)/mypy --no-error-summary

schema:
	KAKEHASHI_HOME=var/check KAKEHASHI_DB_ROLE=owner DJANGO_SETTINGS_MODULE=config.settings \
		$(BIN)/python -W ignore::RuntimeWarning -m django makemigrations --check --dry-run -v 0
	$(BIN)/python tools/migrations.py

words:
	$(BIN)/python tools/strings.py check
	$(BIN)/python tools/generated.py check
	$(BIN)/python tools/bench.py check

fix: install ## format, mend what can be mended, add words to translate, print pages
	$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .
	$(BIN)/python tools/strings.py update
	$(BIN)/python tools/generated.py write
	$(BIN)/python tools/bench.py write

cover: install ## branch coverage
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n $(WORKERS) --dist worksteal $(ARGS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

bench: install ## every bench, small; SCALE=100000 [HOME_OF=DIR] measures that agency into docs/
	@$(BIN)/python bench $(if $(SCALE),--scale $(SCALE) --write) \
		$(if $(HOME_OF),--home $(HOME_OF)) $(ARGS)

shape: install ## lengths of files and functions
	@$(BIN)/python tools/shape.py

strings: install ## compile the words
	@$(BIN)/python tools/strings.py compile

lock: ## pin the newest packages that fit
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --quiet --upgrade -o requirements.lock

clean: ## remove what install made; data in var/ stays
	rm -rf .venv node_modules kakehashi/ui/static/npm .mypy_cache .ruff_cache .pytest_cache

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer found: install one, or say" \
		"make PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -c '$(OLDEST)' || { echo "$(PYTHON) is older than Python 3.11." >&2; exit 1; }
	@echo "Making .venv …"
	@"$(PYTHON)" -m venv .venv || { rm -rf .venv; exit 1; }

$(STAMPS)/packages: requirements.lock | $(BIN)/python
	@echo "Installing Python packages (a minute or two the first time) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile \
		--require-hashes -r requirements.lock
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/program: pyproject.toml $(STAMPS)/packages
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
		--no-build-isolation --editable .
	@touch $@
