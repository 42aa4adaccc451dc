# The two that a newcomer needs: make demo, make test.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PORT ?= 8000
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$name; break; fi; done)
BIN := .venv/bin
INSTALLED := .venv/installed
PYTEST := $(BIN)/python -m pytest -q --numprocesses auto --maxprocesses 4 --durations 25
# What failed beside others on a busy machine is tried once more, alone; what fails then has failed.
AGAIN := $(BIN)/python -m pytest -q --last-failed --last-failed-no-failures none

.PHONY: help install demo test guide bench bench-scale chaos check-all lint demo-forms openapi-snapshot exchange-doc messages accessibility

help:
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 20

install: $(INSTALLED) ## .venv with all that demo and test need

$(INSTALLED): requirements.txt requirements-dev.txt constraints.txt
	@if [ -z "$(PYTHON)" ]; then echo "Conecta needs Python 3.11 or newer; none was found." >&2; exit 1; fi
	@echo "Installing into .venv ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

demo: export CONECTA_DEMO := 1
demo: export CONECTA_BASE_URL ?= http://127.0.0.1:$(PORT)
demo: install ## the demo charter on http://127.0.0.1:8000 (PORT=)
	@mkdir -p "$${CONECTA_DATA_DIR:-var}/static"
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py load_demo --voices
	@echo
	@echo "  Portal   http://127.0.0.1:$(PORT)/"
	@echo "  Editors  http://127.0.0.1:$(PORT)/admin/"
	@echo "  API      http://127.0.0.1:$(PORT)/api/v1/services"
	@echo "  Ctrl+C ends it; the data stays in $${CONECTA_DATA_DIR:-var}/."
	@exec $(BIN)/granian --interface wsgi --host 127.0.0.1 --port $(PORT) --workers 1 --blocking-threads 4 \
		--log-level warning conecta_site.wsgi:application

test: install ## the suite on SQLite, and what asks a database on PostgreSQL if CONECTA_TEST_POSTGRES_URL names one
	@$(PYTEST) || $(AGAIN)
	@if [ -n "$${CONECTA_TEST_POSTGRES_URL:-}" ]; then \
		export CONECTA_TEST_DATABASE_URL="$$CONECTA_TEST_POSTGRES_URL"; \
		$(PYTEST) --asking-a-database || $(AGAIN); fi

guide: export CONECTA_GUIDE_DIR := docs/guia
guide: install ## the pictures of docs/guia-do-editor.md, taken on the whole way of a service
	@$(BIN)/python -m pytest -q tests/browser/test_whole_way.py -k first_word

bench: install ## our figures beside stock Wagtail's, one "name ours stock ratio" a line
	@$(BIN)/python -m tests.benchmarks

bench-scale: install ## 2,000, 10,000 and 50,000 services in 40, 200 and 500 bodies, a million ratings; what all costs; memory of exports
	@$(BIN)/python -m tests.benchmarks growth panel export-memory

chaos: install ## faults under load, with a ledger: once; CONECTA_LONG=1 three times in a row, with 10,000 ratings
	@$(BIN)/python -m pytest -q tests/faults/chaos

lint: install ## style, types, arrows between apps, rules of the house
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy .
	@$(BIN)/lint-imports
	@.ci/house-rules

check-all: lint ## the long checks that .ci/run samples; what they found goes to docs/check-all.md, dated
	@CONECTA_LONG=1 CONECTA_WRITE_CHECK=1 CONECTA_WRITE_STATEMENT=1 HYPOTHESIS_PROFILE=long $(PYTEST)
	@$(BIN)/pip-audit --requirement constraints.txt --no-deps --disable-pip

accessibility: install ## docs/acessibilidade.json, which the portal's accessibility page tells: every template in every look
	@CONECTA_LONG=1 CONECTA_WRITE_STATEMENT=1 $(BIN)/python -m pytest -q tests/browser/test_every_page.py

demo-forms: install ## the demo's printable forms, from home/demo_forms
	@$(BIN)/python home/demo_forms/build.py

openapi-snapshot: install ## agree to the API's description as it is now
	@CONECTA_WRITE_SNAPSHOT=1 $(BIN)/python -m pytest -q tests/conecta_site/test_openapi.py -k last_agreed

exchange-doc: install ## docs/exchange.md: what each format keeps and loses, found by trying
	@CONECTA_WRITE_SNAPSHOT=1 $(BIN)/python -m pytest -q tests/services/interchange/exchange -k page

# A failed compilemessages touches the .mo, and the next run would say that it is up to date.
messages: install ## gather what screens say, and compile what es and en have of it
	@for app in conecta_site services search home feedback; do ( cd $$app && mkdir -p locale && \
		../$(BIN)/django-admin makemessages --locale es --locale en --no-location --no-obsolete --verbosity 0 && \
		rm -f locale/*/LC_MESSAGES/*.mo && ../$(BIN)/django-admin compilemessages --verbosity 0 ); done
	@$(BIN)/python -m pytest -q tests/test_catalogues.py
