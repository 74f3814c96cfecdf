# The two commands of the README: `make report` and `make test`. `make` alone prints this help.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
ZONE   ?= yizheng
PERIOD ?= 2022

.DEFAULT_GOAL := help
.PHONY: help report check test fuzz golden bench lab lint format requirements clean demo docs messages measure

help: ## print this help
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  ZONE=$(ZONE) PERIOD=$(PERIOD) choose what 'report' and 'check' work on"

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "zonereport needs Python 3.11 or later, $(PYTHON) is older: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

report: $(READY) ## build reports/ZONE/PERIOD: report.html, report.pdf, notebooks, measures.csv, manifest.json
	$(BIN)/zonereport run $(ZONE) --period $(PERIOD)

check: $(READY) ## validate the tables of ZONE
	$(BIN)/zonereport check $(ZONE)

test: $(READY) ## run the tests, on all cores
	$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal

golden: $(READY) ## write the printed text of six editions, tests/golden/text, anew; read its diff
	$(BIN)/python -m pytest -q tests/test_golden_text.py --rewrite-golden

SECONDS ?= 600
fuzz: $(READY) ## spoil tables, workbooks and texts at random; SECONDS=3600 for longer; findings go to fuzz/
	$(BIN)/python tools/fuzz.py --seconds $(SECONDS)

demo: $(READY) ## write the synthetic zone data/demo anew
	$(BIN)/python -m tools.demo

docs: $(READY) ## write docs/methodology.md from data/dictionary/measures.csv
	$(BIN)/python -m tools.methodology

messages: $(READY) ## collect what the program says into zonereport/messages, and compile the translations
	$(BIN)/python -m tools.messages

measure: $(READY) ## print the density of the code and how many printed sentences grep finds in it
	$(BIN)/python -m tools.measure

BENCH ?= --zones 20
bench: $(READY) ## measure the routes to a report and write docs/benchmarks.md; BENCH="--zones 20,200" for more
	$(BIN)/python -m tools.bench --write docs/benchmarks.md $(BENCH)

lab: $(READY) ## open JupyterLab on desk/ZONE: copies of the chapters, a place to explore
	$(BIN)/zonereport desk $(ZONE)
	$(BIN)/jupyter lab --notebook-dir=desk/$(ZONE) --LabApp.default_url=/lab/tree/README.ipynb $(if $(filter 0,$(shell id -u)),--allow-root)

lint: $(READY) ## check the style of the code
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

format: $(READY) ## mend the style of the code
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

# Pin with the oldest Python 3.11 at hand: what resolves there installs on every later one, not the other way round.
requirements: $(READY) ## pin requirements.txt anew from pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-tools
	@{ echo "# Exact versions of everything that runs and tests; 'make requirements' writes this file."; \
	  $(BIN)/pip-compile --quiet --upgrade --strip-extras --no-header --no-annotate --no-emit-options \
	    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --extra test --extra dev \
	    --output-file - pyproject.toml; \
	  echo "--editable ."; } > requirements.new && mv requirements.new requirements.txt

clean: ## remove the environment and the caches, never a report
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis build *.egg-info
