# The two commands of the README: `make report` and `make test`. `make` alone prints this help.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
TESTED := $(VENV)/.tested
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

# whoever only makes reports needs no test tools, no browser driver, no cluster
$(TESTED): $(READY) tests/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement tests/requirements.txt
	@touch $@

report: $(READY) ## build reports/ZONE/PERIOD: report, brief and summary as HTML, PDF and Word, annex, slides, notebooks, measures
	$(BIN)/zonereport run $(ZONE) --period $(PERIOD)

check: $(READY) ## validate the tables of ZONE
	$(BIN)/zonereport check $(ZONE)

test: $(TESTED) ## run the tests, on all cores
	$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal

golden: $(TESTED) ## write the printed text of six editions, tests/golden/text, anew; read its diff
	$(BIN)/python -m pytest -q tests/test_golden_text.py --rewrite-golden

SECONDS ?= 600
fuzz: $(TESTED) ## spoil tables, workbooks and texts at random; SECONDS=3600 for longer; findings go to fuzz/
	$(BIN)/python tools/fuzz.py --seconds $(SECONDS)

demo: $(READY) ## write the synthetic zone data/demo anew
	$(BIN)/python -m tools.demo

docs: $(READY) ## write docs/methodology.md from data/dictionary/measures.csv
	$(BIN)/python -m tools.methodology

messages: $(READY) ## collect what the program says into zonereport/messages, and compile the translations
	$(BIN)/python -m tools.messages

measure: $(TESTED) ## print the density of the code and how many printed sentences grep finds in it
	$(BIN)/python -m tools.measure

BENCH ?= --zones 20
bench: $(TESTED) ## measure the routes to a report and write docs/benchmarks.md; BENCH="--zones 20,200" for more
	$(BIN)/python -m tools.bench --write docs/benchmarks.md $(BENCH)

lab: $(READY) ## open JupyterLab on desk/ZONE: copies of the chapters, a place to explore
	$(BIN)/zonereport desk $(ZONE)
	$(BIN)/jupyter lab --notebook-dir=desk/$(ZONE) --LabApp.default_url=/lab/tree/README.ipynb $(if $(filter 0,$(shell id -u)),--allow-root)

lint: $(TESTED) ## check the style of the code
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

format: $(TESTED) ## mend the style of the code
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

# Pin with the oldest Python 3.11 at hand: what resolves there installs on every later one, not the other way round.
PIN = $(BIN)/pip-compile --quiet --strip-extras --no-header --no-annotate --no-emit-options --no-emit-index-url \
	--no-emit-trusted-host --no-emit-find-links --output-file -
requirements: $(TESTED) ## pin requirements.txt and tests/requirements.txt anew from pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-tools
	@{ echo "# Exact versions of everything that runs; 'make requirements' writes this file."; \
	  $(PIN) --upgrade pyproject.toml; \
	  echo "--editable ."; } > requirements.new && mv requirements.new requirements.txt
	@{ echo "# What tests and developers need beside requirements.txt; 'make requirements' writes this file."; \
	  grep -v editable requirements.txt > constraints.new; \
	  $(PIN) --constraint constraints.new --extra test --extra dev pyproject.toml | grep -vxFf requirements.txt; \
	  rm constraints.new; } > requirements.new && mv requirements.new tests/requirements.txt

clean: ## remove the environment and the caches, never a report
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis build *.egg-info
