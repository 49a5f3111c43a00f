# suqiu (诉求): two commands on a fresh machine are `make up` and `make test`.
# This is the only place that names both interpreters: rasa 3.6 needs Python 3.10, all else 3.11 or later.
PYTHON_SERVICE ?= $(shell for p in python3.11 python3.12 python3.13 python3; do command -v $$p && break; done)
PYTHON_BOT ?= $(shell command -v python3.10)

SUQIU := .venv/bin/suqiu
QUIET := RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=3 SQLALCHEMY_SILENCE_UBER_WARNING=1 CUDA_VISIBLE_DEVICES=-1

.PHONY: help up install setup test test-unit test-dialogue check bench locks clean

help:
	@echo "make up      install, train, index, migrate, start everything (Ctrl-C stops it)"
	@echo "make test    all tests, with what they need"
	@echo "make check   lint, types, layers, dialogue data, guidance"
	@echo "make bench   the benchmarks"
	@echo "make locks   compile the lock files anew from the .in files"
	@echo "make clean   remove what was built (environments, model, index), not the data in var/"

interpreters:
	@test -n "$(PYTHON_SERVICE)" || { echo "Python 3.11 or later is needed for the service (python3.11 not found)."; exit 2; }
	@test -n "$(PYTHON_BOT)" || { echo "Python 3.10 is needed for the dialogue server (python3.10 not found); uv python install 3.10 brings it."; exit 2; }

install: interpreters
	@scripts/install service $(PYTHON_SERVICE)
	@scripts/install bot $(PYTHON_BOT)

install-dev: interpreters
	@scripts/install dev $(PYTHON_SERVICE)
	@scripts/install bot-dev $(PYTHON_BOT)

setup: install
	@$(SUQIU) setup

up: install
	@exec $(SUQIU) up

# Everything is built once (model, index) and then shared by the suites.
test: install-dev
	@scripts/browser
	@$(SUQIU) setup --no-data
	@$(QUIET) .venv-bot/bin/python -m pytest -q -c bot/pytest.ini tests/dialogue
	@.venv/bin/python -m pytest -q --ignore=tests/dialogue --ignore=tests/browser tests
	@# A process of its own: Playwright keeps an event loop running in the one that it is used in.
	@.venv/bin/python -m pytest -q tests/browser

check: install-dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(SUQIU) kb check
	cd bot && $(QUIET) ../.venv-bot/bin/python -m lean data validate -c ../config.yml -d domain --data data --fail-on-warnings

bench: install-dev
	@$(SUQIU) setup --no-data
	@$(SUQIU) bench turns

LOCK := .venv-tools/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links
locks: install
	$(LOCK) bot/requirements.in --override bot/overrides.txt --python-version 3.10 -o bot/requirements.txt
	$(LOCK) bot/requirements-dev.in --python-version 3.10 -o bot/requirements-dev.txt
	$(LOCK) requirements/service.in --override requirements/overrides.txt --universal --python-version 3.11 -o requirements/service.txt
	$(LOCK) requirements/dev.in --override requirements/overrides.txt --universal --python-version 3.11 -o requirements/dev.txt

clean:
	rm -rf .venv .venv-bot .venv-tools bot/models build
