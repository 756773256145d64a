# Four words: run, test, check, bench. Each sets up what it needs; only Python 3.11 or newer must be there.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)

.PHONY: run test check bench translations lock clean

run: $(VENV)/installed translations
	$(BIN)/temthu load-record
	$(BIN)/temthu load-demonstration
	$(BIN)/temthu run

test: $(VENV)/installed-tests translations
	$(BIN)/python -m tests.run

check: $(VENV)/installed-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet

bench: $(VENV)/installed-tests translations
	$(BIN)/python -m bench

translations: $(CATALOGUES:.po=.mo)

%.mo: %.po $(VENV)/installed
	$(BIN)/pybabel compile --input-file $< --output-file $@ --locale $(word 2,$(subst /, ,$<))

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Tem Thu needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/installed-tests: $(VENV)/installed requirements-tests.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-tests.lock
	touch $@

lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra make --universal --generate-hashes --python-version 3.11 \
		--no-annotate --quiet --upgrade --custom-compile-command "make lock" --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra make --extra test --universal --generate-hashes --python-version 3.11 \
		--no-annotate --quiet --constraint requirements.lock --custom-compile-command "make lock" \
		--output-file requirements-tests.lock

clean:
	rm -rf $(VENV) *.egg-info $(CATALOGUES:.po=.mo)
