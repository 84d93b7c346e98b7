# Every command brings its own set-up: `make demo` is all a newcomer needs.
SHELL := /bin/sh
PORT ?= 8000
MARK ?=
ARGS ?=

# The first Python that is new enough; the virtual environment is made with it.
PYTHON := $(shell for name in python3 python3.11 python3.12 python3.13 python3.14 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
RUN = $(PYTHON) tools/run.py

.PHONY: help python setup demo demo-reset test bench drill lint messages lock

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

python:
	@test -n "$(PYTHON)" || { echo "Mitwerk needs Python 3.11 or newer. On Debian or Ubuntu: apt install python3 python3-venv" >&2; exit 1; }

setup: python ## Virtual environment, packages, front-end assets, database
	@$(RUN) setup

demo: python ## Set up, load the demo region and start the site (PORT=8000)
	@$(RUN) demo --port "$(PORT)"

demo-reset: python ## Throw the demo's data away; the next `make demo` starts afresh
	@$(RUN) demo-reset

test: python ## All tests (MARK=browser or MARK="not browser" for a part, ARGS for pytest)
	@$(RUN) test --mark "$(MARK)" -- $(ARGS)

bench: python ## Measure the site beside a stock Wagtail project
	@$(RUN) bench -- $(ARGS)

drill: python ## The slow drills: processes killed hundreds of times, guards taken away one by one
	@$(RUN) drill

lint: python ## Style, types, import floors, migrations, texts
	@$(RUN) lint

messages: python ## Collect the texts to translate into locale/de (needs GNU gettext)
	@$(RUN) messages

lock: python ## Compile requirements/*.txt from pyproject.toml
	@$(RUN) lock
