# Everything a person does with this repository; `make` alone lists it.
.PHONY: help setup demo check test test-long bench-quality lock clean

PYTHON ?=
PORT ?=
BIN = .venv/bin

help: ## show this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1|/p' Makefile | while IFS='|' read -r name what; do printf '  make %-10s %s\n' "$$name" "$$what"; done

setup: ## make .venv with everything (PYTHON=python3.12 chooses the Python)
	@PYTHON='$(PYTHON)' ./tools/setup.sh
	@$(BIN)/kurze-wege learn --quiet

demo: setup ## run the product with the fictional town (PORT=8080 chooses the port)
	@exec $(BIN)/kurze-wege demo $(if $(PORT),--port $(PORT))

check: setup ## format, lint, types, imports, architecture: under a minute
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q tests/architecture

test: check ## everything: the checks, then all tests but the long ones
	$(BIN)/pytest -q -n 2 --ignore tests/architecture

test-long: setup ## the tests that take minutes
	$(BIN)/pytest -q -m long

bench-quality: setup ## how well messages are understood, by language and by kind
	@$(BIN)/kurze-wege bench quality

lock: setup ## pin the newest fitting versions with their hashes
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade --all-extras \
		--no-config --no-annotate --no-header --output-file requirements.lock pyproject.toml

clean: ## remove everything that was made here
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
