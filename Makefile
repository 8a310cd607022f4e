# make run      install, migrate and start everything on this machine
# make test     install what the tests need and run them
# make nightly  run the long fuzzing

DATA_DIR ?= var
PORT ?= 8000
export DATA_DIR PORT

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(abspath $(BIN)):$(PATH)

.PHONY: run test nightly lint clean

run: $(VENV)/installed
	@DEBUG=true $(BIN)/python manage.py prepare
	@trap : INT; DEBUG=true LOG_LEVEL=$${LOG_LEVEL:-WARNING} $(BIN)/honcho --env /dev/null start --no-prefix || [ $$? = 130 ]

test: $(VENV)/installed-dev
	@$(BIN)/python -m pytest -n auto -m "not processes and not nightly"
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m processes

nightly: $(VENV)/installed-dev
	@$(BIN)/python -m pytest -n auto -m nightly

lint: $(VENV)/installed-dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@DEBUG=true $(BIN)/mypy
	@git ls-files 'templates/*.html' 'templates/**/*.html' | xargs $(BIN)/djade --target-version 5.2 --check
	@DEBUG=true $(BIN)/python manage.py makemigrations --check --dry-run

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: on Debian and Ubuntu, apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv and pip are missing: on Debian and Ubuntu, apt install python3-venv python3-pip"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.txt | $(VENV)/bin/python
	@echo "Installing what the portal runs on (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	@echo "Installing what the tests need (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/installed

clean:
	rm -rf $(VENV)
