# Everything a developer or an owner asks for. Each command sets up what it needs first.
#   make run PYTHON=python3.12      another Python than python3
#   make test ARGS="-k timeline"    further words for pytest

PYTHON ?= python3
ARGS ?=
PY := .venv/bin/python

.PHONY: run demo test e2e check fix bench set-up set-up-develop

run: set-up ## The gallery, at http://127.0.0.1:8000/
	@exec $(PY) manage.py up

demo: set-up ## The gallery with sample pictures and a painted backend, at http://127.0.0.1:8001/
	@GALLERY_DEMO=1 exec $(PY) manage.py up

test: set-up-develop ## Every test, on SQLite and on PostgreSQL
	@exec $(PY) scripts/run_tests.py $(ARGS)

e2e: set-up-develop ## The tests that drive a real browser
	@exec $(PY) -m pytest tests/e2e $(ARGS)

check: set-up-develop ## Style, types, templates, forgotten migrations
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy .
	find . -path ./.venv -prune -o -path ./var -prune -o -path ./node_modules -prune -o -name '*.html' -print0 | xargs -0 .venv/bin/djade --target-version 5.2 --check
	$(PY) manage.py makemigrations --check --dry-run --settings gallery_project.settings_test

fix: set-up-develop ## What can be put right by itself
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	find . -path ./.venv -prune -o -path ./var -prune -o -path ./node_modules -prune -o -name '*.html' -print0 | xargs -0 .venv/bin/djade --target-version 5.2

bench: set-up-develop ## Every benchmark there is
	@for benchmark in benchmarks/*.py; do [ -e "$$benchmark" ] || continue; echo "== $$benchmark"; $(PY) "$$benchmark" || exit 1; done

set-up:
	@$(PYTHON) scripts/set_up.py run

set-up-develop:
	@$(PYTHON) scripts/set_up.py develop
