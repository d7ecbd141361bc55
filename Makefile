# Two commands do everything: make demo, make test. Needed: Python 3.11 or newer (with venv), and make.

PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
TESTS ?= tests mijngemeente
# As BENCH="--small --only desk"; python -m bench --help tells which parts there are.
BENCH ?=
# One process more than our machines have cores: a test that waits for a browser or a server leaves its core to
# another, and of two a quarter of the time was idle. Each has a database of its own.
WORKERS ?= 3

# Some machines forbid Python to keep what it compiled; then each of the processes we start compiles us anew.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-fresh test check format bench train chaos pins audit openapi clean

help: ## toon deze uitleg
	@echo "MijnGemeente: de gedeelde werkplek voor online dienstverlening."
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; \
		do printf '  make %-11s %s\n' "$$name" "$$text"; done
	@echo
	@echo "Andere poort: make demo PORT=8123. Eén test: make test TESTS=tests/test_front_door.py"

setup: $(VENV)/.ready ## maak .venv met alles wat nodig is om te draaien (doen demo en test zelf)

demo: $(VENV)/.ready ## start een levensecht land in je browser; opnieuw houdt wat je deed
	@$(BIN)/python -m mijngemeente demo --port $(PORT)

demo-fresh: $(VENV)/.ready ## begin de demo opnieuw; wat je deed is weg
	@$(BIN)/python -m mijngemeente demo --port $(PORT) --fresh

# A file stays with one process: what it starts, a browser or a whole demo, is started once.
test: $(VENV)/.ready-dev ## draai alle tests; zegt wat het oversloeg zonder Chromium of Dovecot
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -q -rs $(TESTS)

check: $(VENV)/.ready-dev ## alles voor een commit: opmaak, types, muren, licenties en tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/reuse lint --quiet || $(BIN)/reuse lint
	$(MAKE) test

format: $(VENV)/.ready-dev ## maak de code op zoals afgesproken
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.ready-dev ## meet snelheid en geheugen, naast wat deze machine kan (duurt minuten)
	@$(BIN)/python -m bench $(BENCH)

train: $(VENV)/.ready-dev ## leer opnieuw verstaan van data/ (CORRECTIONS=bestand: ook van verbeteringen) en toon het rapport
	@$(BIN)/python -m mijngemeente.understanding.training $(CORRECTIONS)

chaos: $(VENV)/.ready-dev ## sla steeds een proces dood en tel wat er verloren ging (duurt minuten)
	@$(BIN)/python -m chaos

audit: $(VENV)/.ready-dev ## zoek bekende lekken in de pakketten (heeft internet nodig)
	$(BIN)/pip-audit --require-hashes --disable-pip -r requirements.txt

pins: ## zet alle pakketten vast op hun nieuwste versie (heeft uv en internet nodig)
	@command -v uv >/dev/null || { echo "Hiervoor is uv nodig: https://docs.astral.sh/uv/"; exit 1; }
	uv pip compile $(PINNING) requirements.in -o requirements.txt
	uv pip compile $(PINNING) requirements-dev.in -o requirements-dev.txt

PINNING := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command "make pins"

openapi: $(VENV)/.ready ## schrijf de beschrijving van de koppeling opnieuw: docs/openapi.json
	$(BIN)/python -m mijngemeente.api > docs/openapi.json

clean: ## ruim op wat gemaakt is, behalve .venv en gegevens in var/
	rm -rf build *.egg-info .ruff_cache .mypy_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

$(VENV)/.ready: requirements.txt pyproject.toml
	@sh tools/make_venv.sh $(VENV)
	@$(BIN)/python -m pip install $(PIP) --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install $(PIP) --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.txt
	@echo "Ik haal op wat de tests nodig hebben. Dat duurt de eerste keer een minuut."
	@$(BIN)/python -m pip install $(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

# Python compiles what is used at its first use: that is a third of what pip would, which took 20 seconds.
PIP := -qq --disable-pip-version-check --no-warn-script-location --no-compile --only-binary :all:
