# `make help` prints what this can do. `make run` needs Python 3.11 or newer, and nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(abspath $(BIN)):$(PATH)
# Tests are rewritten when they are imported, which takes half a minute unless the result is stored
unexport PYTHONDONTWRITEBYTECODE

INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
# Only these files are read for the tests of processes, because all take a worker half a minute; the longest is first
STARTS_PROCESSES := grep -rl --include='test_*.py' 'mark\.processes' tests | sort -r
# Half as many again as there are cores: tests wait for servers, browsers and clocks
WORKERS := $(shell echo $$(( $$(getconf _NPROCESSORS_ONLN) * 3 / 2 )))
FAST := not processes and not browser and not server and not nightly and not slow
LOCKS := requirements requirements-s3 requirements-sentry requirements-dev requirements-audit benchmarks/requirements benchmarks/rivals
TEMPLATES = git ls-files 'templates/*.html' 'templates/**/*.html' | xargs $(BIN)/djade --target-version 5.2
PORT_OF_SITE := $(BIN)/python -m suno_portal.environment PORT
BIOME := node_modules/.bin/biome

AUDIT := var/audit
NO_SECRETS = git ls-files | grep -vE '^tests/samples/|^requirements.*txt$$|^package-lock|\.(png|jpg|mp3|mp4|woff2|ttf|otf)$$'
# Texts that look like keys are a matter of course in tests; keys of known forms are not
KNOWN_FORMS := --disable-plugin KeywordDetector --disable-plugin HexHighEntropyString \
  --disable-plugin Base64HighEntropyString --disable-plugin BasicAuthDetector
ANY_FORM := --disable-plugin KeywordDetector --disable-plugin HexHighEntropyString --exclude-lines '(password|secret)@'
LICENCES := MIT;MIT-CMU;BSD;Apache;ISC;0BSD;PSF;Python Software Foundation;MPL 2.0;LGPL-3.0-only;GPL-2.0-or-later

.PHONY: help run dev test test-fast pythons cover nightly chaos lint security audit sbom messages format hooks lock clean

help:  ## what there is to make
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

run: $(VENV)/installed  ## install, migrate and start everything on this machine
	@DEBUG=true $(PORT_OF_SITE) >/dev/null
	@DEBUG=true $(BIN)/python manage.py prepare
	@trap : INT; DEBUG=true LOG_LEVEL=$${LOG_LEVEL:-WARNING} $(BIN)/honcho --env /dev/null start --no-prefix --port $$($(PORT_OF_SITE)) || [ $$? = 130 ]

dev: $(VENV)/installed-dev  ## the same, and each edit is seen within seconds
	@DEBUG=true $(PORT_OF_SITE) >/dev/null
	@DEBUG=true $(BIN)/python manage.py prepare
	@trap : INT; DEBUG=true WEB_PROCESSES=1 TEMPLATE_CACHE=false LOG_LEVEL=$${LOG_LEVEL:-WARNING} $(BIN)/honcho --env /dev/null --procfile Procfile.dev start --port $$($(PORT_OF_SITE)) || [ $$? = 130 ]

test: $(VENV)/installed-dev  ## all tests but the nightly ones
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not processes and not nightly"
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "processes and not nightly" $$($(STARTS_PROCESSES))

test-fast: $(VENV)/installed-dev  ## the tests of a minute: no processes, servers, browser, nor slow ones
	@$(BIN)/python -m pytest -q -n auto --dist worksteal -m "$(FAST)"

pythons:  ## test-fast on each Python from 3.11 on that this machine has
	@for version in 3.11 3.12 3.13 3.14 3.15; do \
	  python$$version -c '' 2>/dev/null || { echo "Python $$version: not here"; continue; }; \
	  echo "Python $$version:"; $(MAKE) --no-print-directory test-fast PYTHON=python$$version VENV=var/pythons/$$version || exit; done

cover: $(VENV)/installed-dev  ## branch coverage: a total here, pages in var/coverage/
	@mkdir -p var/coverage
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -q -n auto -m "not processes and not nightly"
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage html --quiet
	@$(BIN)/coverage report --format=total | sed 's/.*/Branch coverage: & %; its pages begin at var\/coverage\/index.html/'

nightly: $(VENV)/installed-dev  ## what takes too long for every change: fuzzing, audits
	@$(BIN)/python -m pytest -n auto -m nightly

chaos: $(VENV)/installed-dev  ## mixed faults on each stack, as root (SEED=1 MINUTES=5 FAULTS=120)
	@SEED=$(SEED) MINUTES=$(MINUTES) FAULTS=$(FAULTS) $(BIN)/python -m tests.chaos

lint: $(VENV)/installed-dev node_modules/installed  ## check everything that needs no test
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@DEBUG=true $(BIN)/mypy
	@$(TEMPLATES) --check
	@$(BIOME) check --error-on-warnings
	@DEBUG=true $(BIN)/python manage.py makemigrations --check --dry-run

security: $(VENV)/installed-dev $(AUDIT)/installed  ## look for faults in the code, secrets, licences, advisories
	@$(AUDIT)/bin/bandit --quiet --recursive --severity-level medium manage.py suno_portal tools videos
	@$(NO_SECRETS) | grep '^tests/' | xargs $(AUDIT)/bin/detect-secrets-hook $(KNOWN_FORMS)
	@$(NO_SECRETS) | grep -v '^tests/' | xargs $(AUDIT)/bin/detect-secrets-hook $(ANY_FORM)
	@$(AUDIT)/bin/pip-licenses --python $(BIN)/python --partial-match --allow-only '$(LICENCES)' --summary \
	  --packages $$(sed -n 's/^\([a-z0-9-]*\)==.*/\1/p' requirements.txt)
	@$(AUDIT)/bin/python -m tools.advisories requirements.txt || [ $$? = 3 ]

audit: $(VENV)/installed-dev node_modules/installed tests/audit/node_modules/installed  ## open every page in axe and Lighthouse: a table
	@$(BIN)/python -m tests.audit

sbom: $(AUDIT)/installed  ## list all that the portal is made of in var/sbom.json (CycloneDX)
	@$(AUDIT)/bin/cyclonedx-py requirements --output-reproducible --output-file var/sbom.json requirements.txt
	@echo "var/sbom.json lists $$(grep -c '"bom-ref"' var/sbom.json) parts"

messages: $(VENV)/installed-dev  ## extract the texts, compile, and list what has no translation
	@$(BIN)/python -m tools.translations update | tail -1
	@$(BIN)/python -m tools.translations missing

format: $(VENV)/installed-dev node_modules/installed  ## mend what a program can mend
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format
	@$(TEMPLATES)
	@$(BIOME) check --write

hooks: $(VENV)/installed-dev node_modules/installed  ## let each commit run the checks of its files
	@$(BIN)/pre-commit install

lock: $(VENV)/installed-dev  ## write requirements*.txt anew (UPGRADE=--upgrade takes newer versions)
	@for lock in $(LOCKS); do (cd $$(dirname $$lock) && name=$$(basename $$lock) && \
	  uv pip compile --quiet $(UPGRADE) --universal --generate-hashes --python-version=3.11 --output-file=$$name.txt $$name.in) || exit; done

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: on Debian and Ubuntu, apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv and pip are missing: on Debian and Ubuntu, apt install python3-venv python3-pip"; exit 1; }
	@echo "Making $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.txt | $(VENV)/bin/python
	@echo "Installing what the portal runs on (once) …"
	@$(INSTALL) -r requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt | $(VENV)/bin/python
	@echo "Installing what development needs (some minutes, once) …"
	@$(INSTALL) -r requirements-dev.txt
	@touch $@ $(VENV)/installed

$(AUDIT)/installed: requirements-audit.txt
	@echo "Installing what looks for faults (once) …"
	@$(PYTHON) -m venv $(AUDIT)
	@$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.txt
	@touch $@

node_modules/installed: package-lock.json | $(VENV)/installed-dev
	@echo "Installing the linter of CSS and JavaScript, and axe (once) …"
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

tests/audit/node_modules/installed: tests/audit/package-lock.json
	@echo "Installing Lighthouse (once) …"
	@cd tests/audit && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

clean:  ## throw away what was installed
	rm -rf $(VENV) node_modules tests/audit/node_modules
