# What a newcomer, a developer and the build machine type. `make` alone lists it.

PYTHON ?= python3
PORT ?= 8000
MLLP_PORT ?= 2575
RESET ?=
ROOMS ?=
WORKERS ?= 2

PY := .venv/bin/python
READY := .venv/installed
ON_POSTGRES := $(PY) -m tools.postgres
MANAGE := DJANGO_SETTINGS_MODULE=tests.settings $(PY) -m ajar.clinic.manage
CORE_TESTS := tests/pathway tests/exchange tests/pharmacology tests/workbench tests/benchmarks
CORE := --cov=ajar.pathway --cov=ajar.exchange --cov=ajar.pharmacology --cov-fail-under=100 --cov-report=term

.DEFAULT_GOAL := help
.PHONY: help demo test check bench mutants lock docs engine format clean

help:  ## list what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -m tools.install

demo: $(READY)  ## the synthetic clinic on http://127.0.0.1:8000 (PORT=…, MLLP_PORT=…, RESET=1 starts over)
	@$(PY) -m ajar demo --port $(PORT) --mllp-port $(MLLP_PORT) $(if $(filter-out 0,$(RESET)),--reset)

test: check  ## every check, every test on SQLite, the service tests again on PostgreSQL
	@$(PY) -m tools.browser > /dev/null
	@echo "-- the service tests on PostgreSQL"
	@$(ON_POSTGRES) -- $(PY) -m pytest -q -n $(WORKERS) -m service
	@echo "-- the core, every branch of it"
	@$(PY) -m pytest -q -n $(WORKERS) $(CORE) $(CORE_TESTS)
	@echo "-- everything else, on SQLite and in a browser"
	@$(PY) -m pytest -q -n $(WORKERS) $(CORE_TESTS:%=--ignore=%) --ignore=tests/quality

check: $(READY)  ## format, lint, types, imports, generated pages, migrations, sizes
	@echo "-- format";     $(PY) -m ruff format --check --quiet --output-format concise . || { echo "make format would mend this."; exit 1; }
	@echo "-- lint";       $(PY) -m ruff check --quiet --output-format concise .
	@echo "-- types";      $(PY) -m mypy --no-error-summary
	@echo "-- imports";    found=$$(.venv/bin/lint-imports --no-cache) || { echo "$$found"; exit 1; }
	@echo "-- pages";      $(PY) -m tools.generate --check
	@echo "-- migrations"; $(MANAGE) makemigrations --check --dry-run --verbosity 1
	@echo "-- settings";   $(MANAGE) check --fail-level WARNING
	@echo "-- shape";      $(PY) -m pytest -q -n $(WORKERS) tests/quality

bench: $(READY)  ## the engine beside its peers; the rulebook; the clinic under load on SQLite and PostgreSQL
	@$(PY) -m tools.peers
	@$(PY) -m benchmarks.engine
	@$(PY) -m benchmarks.rulebook
	@$(PY) -m tools.browser > /dev/null
	@$(PY) -m benchmarks
	@$(PY) -m benchmarks.load 50 10
	@$(ON_POSTGRES) --durable -- $(PY) -m benchmarks
	@$(ON_POSTGRES) --durable -- $(PY) -m benchmarks.load 500 100

mutants: $(READY)  ## mutation testing of the rulebook (ROOMS="evaluation discharge" for some rooms of it); takes hours
	@$(PY) -m tools.peers
	@WORKERS=$(WORKERS) $(PY) -m tools.mutants $(ROOMS)

lock:  ## resolve pyproject.toml into requirements.lock and requirements-bench.lock, with hashes
	@test -x $(PY) || $(MAKE) $(READY)  # not as a prerequisite: the lock in force does not fit a new pyproject.toml
	@$(PY) -m uv pip compile pyproject.toml --extra dev --python-version 3.11 --generate-hashes --no-header --quiet -o requirements.lock
	@$(PY) -m uv pip compile pyproject.toml --extra dev --extra bench --constraint requirements.lock --python-version 3.11 --generate-hashes --no-header --quiet -o requirements-bench.lock

docs: $(READY)  ## write docs/reference/ from the code
	@$(PY) -m tools.generate

engine: $(READY)  ## after a change of the engine: write docs/validation and the values of the public picture again
	@$(PY) -m ajar validate --out docs/validation
	@DJANGO_SETTINGS_MODULE=ajar.clinic.settings $(PY) -m tools.chain

format: $(READY)  ## format and mend what can be mended
	@$(PY) -m ruff format --quiet .
	@$(PY) -m ruff check --fix .

clean:  ## remove what was built; the data in var/ stays
	@rm -rf .venv build dist htmlcov test-results .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
