# Needs git, make and Python 3.11 or newer. To use another Python than python3:
#     make PYTHON=python3.12
# or set PYTHON in the environment. All paths are relative: the directory may have any name.

PYTHON ?= python3

# pyenv hands out only the versions that are chosen; a Python that is named here may be any it has.
ifeq ($(PYENV_VERSION)$(filter python3,$(PYTHON)),)
export PYENV_VERSION := $(shell pyenv versions --bare 2>/dev/null | paste -sd : -)
endif

# Nothing is read from the user's own set-up of these programs, and nothing is written to it.
export MPLCONFIGDIR := $(CURDIR)/.venv/matplotlib
export IPYTHONDIR := $(CURDIR)/.venv/ipython
export JUPYTER_DATA_DIR := $(CURDIR)/.venv/jupyter
export JUPYTER_CONFIG_DIR := $(CURDIR)/.venv/jupyter/config
export JUPYTER_CONFIG_PATH := $(CURDIR)/tools/jupyter
unexport PYTHONPATH PYTHONHOME MPLBACKEND
unexport JUPYTER_PATH JUPYTER_RUNTIME_DIR JUPYTERLAB_DIR JUPYTERLAB_SETTINGS_DIR JUPYTERLAB_WORKSPACES_DIR
# Without it, every kernel would compile the libraries anew.
unexport PYTHONDONTWRITEBYTECODE

# What has been done is noted in .venv. An environment holds the path of its directory, so in
# a directory that was moved it counts as not made.
DONE := .venv/done-$(shell pwd -P | cksum | cut -d ' ' -f 1)

# The names of folders stand for files that are gone; "?" for a space in a name.
DATA := $(shell find seeds ! -name '.*' ! -name '*.md' | tr ' ' '?') $(wildcard baoding_data/*.py baoding_data/*/*.py baoding_data/charts/fonts/*)
SITE := $(wildcard baoding_data/site/site.* baoding_data/site/templates/*)
NOTEBOOKS := $(wildcard notebooks/*.ipynb)
EXPORTS := $(foreach lang,zh en,exports/baoding-2022-$(lang).xlsx exports/figures-$(lang).csv) exports/sentence.png seeds/README.md seeds/indicators.md

.PHONY: all test test-lowest test-newest attack mutants coverage check lab notebooks prose clean help requirements

all: $(DONE)-check $(DONE)-notebooks $(DONE)-exports $(DONE)-site  ## set up, audit the tables, check the notebooks, write the exports and the site

test: check  ## run the tests, the notebooks among them
	.venv/bin/python -m pytest -n 2 --dist loadscope --durations 10 --nbval --nbval-current-env \
	  --nbval-sanitize-with notebooks/sanitize.cfg --nbval-cell-timeout=120 tests notebooks

test-lowest: $(DONE)-test  ## test what ships, with the lowest versions of others that it allows
	.venv/bin/python tools/versions.py lowest "$(PYTHON)"

test-newest: $(DONE)-test  ## test what ships, with the newest versions of others
	.venv/bin/python tools/versions.py newest "$(PYTHON)"

# What `make test` tries of each kind in part: tables and descriptions spoiled, commands that are
# killed or run at once, inputs that are invented.
attack: $(DONE)-test  ## try in full what the tests try in part; takes minutes
	ATTACK=all .venv/bin/python -m pytest -n 2 --dist loadscope --durations 10 \
	  $$(grep -lE 'IN_FULL|takes_long|from attack|from hypothesis' tests/test_*.py)

# The tests prove nothing that they do not notice: this says how much they do.
mutants: $(DONE)-test  ## change the library in small places and see whether the tests notice; takes long
	.venv/bin/python tools/mutants.py

# Every Python that the tests start tells which lines it reached, those of the notebooks too. That
# takes time: a test that looks at the clock may fail here, which says nothing.
coverage: $(DONE)-test  ## run the tests and say how much of the library they reach
	rm -rf dist/coverage
	mkdir -p dist/coverage
	-COVERAGE_PROCESS_START="$(CURDIR)/pyproject.toml" COVERAGE_FILE="$(CURDIR)/dist/coverage/data" $(MAKE) test
	.venv/bin/python -m coverage combine --quiet --data-file=dist/coverage/data
	.venv/bin/python -m coverage report --data-file=dist/coverage/data

# With TYPES=ENVIRONMENT, the types of others are those of the packages there.
check: $(DONE)-test  ## look at the form of the code and at its types
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/ty check --python $(or $(TYPES),.venv)

lab: $(DONE)-lab  ## open the notebooks in JupyterLab
	.venv/bin/python -m jupyterlab $(if $(filter 0,$(shell id -u)),--allow-root) notebooks/00_overview.ipynb

# With REPORT=NAME TO=FOLDER, copies about another report are stored there; with SEEDS=FOLDER, of
# the tables in that folder.
notebooks: $(DONE)-setup  ## execute the notebooks and store them
ifneq ($(REPORT)$(TO)$(SEEDS),)
	.venv/bin/python notebooks/run.py --report "$(REPORT)" --to "$(TO)" $(if $(SEEDS),--seeds "$(SEEDS)")
else
	.venv/bin/python notebooks/run.py --store
	@touch $(DONE)-notebooks
endif

# All is resolved together, so that a package has one version in all files. Each file is whole:
# the tests may need a package on more systems than the notebooks do. Then look at the difference,
# and run `make notebooks` and `make test`.
RESOLVE := --universal --python-version 3.11 --fork-strategy fewest
LOCK = uv pip compile $(RESOLVE) --generate-hashes --no-header --no-annotate --no-config --upgrade --quiet
PART = $(LOCK) --constraints dist/requirements.txt pyproject.toml --extra notebooks --group install

requirements:  ## refresh the requirements (needs uv)
	mkdir -p dist
	$(LOCK) pyproject.toml --all-extras --group install --group check --group uv --output-file dist/requirements.txt
	$(PART) --output-file requirements.txt
	$(PART) --extra test --extra lab --group check --output-file requirements-test.txt
	$(PART) --extra lab --output-file requirements-lab.txt
	$(LOCK) --constraints dist/requirements.txt --group uv --output-file requirements-uv.txt

prose: $(DONE)-setup  ## print every sentence about figures, both languages side by side
	.venv/bin/python tools/prose.py

clean:  ## remove what make has made, except the exports
	rm -rf .venv .pytest_cache .hypothesis .ruff_cache dist notebooks/.ipynb_checkpoints
	find baoding_data benchmarks notebooks tests tools -name __pycache__ -prune -exec rm -rf {} +

help:  ## list these targets
	@sed -n 's/^\([a-z-]*\):.*##/make \1:/p' Makefile

# One that was interrupted is made anew, since its mark is missing or it left its own; so is one
# whose Python is gone.
$(DONE)-packages: requirements.txt .venv/bin/python $(wildcard .venv/unfinished)
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo \
	  "Python 3.11 or newer is needed; $(PYTHON) is `"$(PYTHON)" --version 2>&1`. Name another: make PYTHON=..." >&2; exit 1; }
	@test ! -L .venv || { echo ".venv is a link to `readlink .venv`, which would be emptied; remove the link" >&2; exit 1; }
	"$(PYTHON)" -m venv --clear .venv
	.venv/bin/python tools/install.py requirements.txt
	@.venv/bin/python -c 'import matplotlib.font_manager'  # lists the fonts, once
	@touch $@

# What only the tests need, or JupyterLab.
$(DONE)-test $(DONE)-lab: $(DONE)-%: requirements-%.txt $(DONE)-setup
	@touch .venv/unfinished
	.venv/bin/python tools/install.py $< || { rm .venv/unfinished; exit 1; }
	@rm .venv/unfinished
	@touch $@

# With WHEEL=FILE, that is installed instead of this directory.
$(DONE)-setup: $(DONE)-packages pyproject.toml
	.venv/bin/python -m pip install -qq --no-input --no-deps --no-build-isolation $(or $(WHEEL),--editable .)
# Under LC_ALL=C, Python cannot read the path of a directory with Chinese letters there; a relative one it can.
	@for file in .venv/lib/python3*/site-packages/_baoding_data.pth; do test ! -f "$$file" || echo ../../../.. > "$$file"; done
	@touch $@

$(DONE)-check: $(DONE)-setup $(DATA)
	.venv/bin/baoding check
	@touch $@

$(DONE)-notebooks: $(DONE)-check $(NOTEBOOKS) notebooks/run.py
	.venv/bin/python notebooks/run.py
	@touch $@

$(DONE)-exports: $(DONE)-check $(EXPORTS)
	.venv/bin/python -m baoding_data.tables.codebook seeds
	.venv/bin/python -m baoding_data.checks.rules docs/rules.md
	.venv/bin/python -m baoding_data.text.rules_page docs/numbers.md
	for lang in zh en; do \
	  .venv/bin/baoding export exports/baoding-2022-$$lang.xlsx --report baoding-2022 --lang $$lang && \
	  .venv/bin/baoding export exports/figures-$$lang.csv --lang $$lang || exit; \
	done
	.venv/bin/python -m baoding_data.charts.sentences baoding-2022 litigation_lost exports/sentence.png
	@touch $@

# The site is built, not committed: its folder may be gone.
$(DONE)-site: $(DONE)-notebooks $(SITE) $(if $(wildcard exports/site/made.json),,missing)
	.venv/bin/baoding site exports/site
	@touch $@

.PHONY: missing
missing:

# No rule makes these: when one is missing, what needs it is made again.
.venv/bin/python $(EXPORTS):
