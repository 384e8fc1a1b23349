# make demo   the whole way on invented people: drafts on screen, PDFs in demo/
# make test   the whole suite
# make faults the whole suite in its full dose: kills, flipped bits by the hundred, laws on 400 examples
# make gates  laptops of one list in the full dose: 20 seeds each of 1,000 edits a laptop; an hour or more
# make lint   ruff and mypy, as strict as they go
# make docs   docs/cli.md the transcripts of README.md and docs/pictures, from the program itself
# make bench  how long things take, as ratios
# make clean  what make made
# make install    relcard for you, on your path; EXTRAS=tui,scripts,cjk,sheets,photos,holidays,notify,share,page adds to it
# make uninstall  take it away again; your contacts stay
#
# Everything but that is installed into .venv. Another Python: make PYTHON=python3.12 demo

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test faults gate gates lint docs bench clean install uninstall
.DEFAULT_GOAL := demo

demo: $(VENV)/installed
	@$(BIN)/relcard demo demo
	@echo; echo "  Here relcard is $(BIN)/relcard."

test: $(VENV)/installed-test
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder --durations 10 --durations-min 1

faults: $(VENV)/installed-test
	RELCARD_FAULTS=full $(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

# What two and three laptops do by chance, carried badly; `make gate` a part of it, in a minute, for .ci/run.
gate: FAULTS := gate
gates: FAULTS := full
gate gates: $(VENV)/installed-test
	RELCARD_FAULTS=$(FAULTS) $(BIN)/python -m pytest --numprocesses auto --dist load --durations 10 --durations-min 1 \
	  tests/share/test_two_laptops.py tests/share/test_carried.py

lint: $(VENV)/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	cd bench && ../$(BIN)/mypy --config-file ../pyproject.toml .

docs: $(VENV)/installed-test
	$(BIN)/python docs/generate.py

bench: $(VENV)/installed-dev
	$(BIN)/python bench/run.py
	$(BIN)/python bench/remind.py
	$(BIN)/python bench/page.py
	$(BIN)/python bench/print.py

clean:
	rm -rf $(VENV) demo dist build .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment of its own, as the Pythons of Debian, Ubuntu and Homebrew take no packages from pip (PEP 668).
ifeq ($(shell uname -s),Darwin)
  DATA_HOME ?= $(HOME)/Library/Application Support
else
  DATA_HOME ?= $(or $(XDG_DATA_HOME),$(HOME)/.local/share)
endif
ENVIRONMENT := $(DATA_HOME)/relcard/environment
PROGRAM := $(HOME)/.local/bin/relcard
EXTRAS ?= tui

install:
	@$(CHECK_PYTHON)
	@if [ -e "$(PROGRAM)" ] && [ "$$(readlink "$(PROGRAM)")" != "$(ENVIRONMENT)/bin/relcard" ]; then \
	  echo "$(PROGRAM) is there already and is not of this making; move it away first." >&2; exit 1; fi
	@echo "Installing relcard into $(ENVIRONMENT)"
	@mkdir -p "$(DATA_HOME)/relcard" "$(dir $(PROGRAM))" && chmod 700 "$(DATA_HOME)/relcard"
	@$(PYTHON) -m venv --clear "$(ENVIRONMENT)" || { rm -rf "$(ENVIRONMENT)"; $(NO_VENV); }
	@"$(ENVIRONMENT)/bin/python" -m pip install --quiet --disable-pip-version-check ".$(if $(EXTRAS),[$(EXTRAS)])"
	@ln -sfn "$(ENVIRONMENT)/bin/relcard" "$(PROGRAM)"
	@echo "relcard is $(PROGRAM). Begin with: relcard --help"
	@case ":$$PATH:" in *":$(HOME)/.local/bin:"*) ;; *) \
	  echo "That folder is not on your path yet. For this terminal: export PATH=\"\$$HOME/.local/bin:\$$PATH\""; \
	  echo "The same line in ~/.profile (zsh: ~/.zprofile) is for every terminal to come.";; esac

uninstall:
	@if [ "$$(readlink "$(PROGRAM)")" = "$(ENVIRONMENT)/bin/relcard" ]; then rm "$(PROGRAM)"; fi
	@rm -rf "$(ENVIRONMENT)"
	@echo "relcard is gone from this computer; what it keeps for you in $(DATA_HOME)/relcard is untouched."

# Each stamp stands for one set of packages; pyproject.toml alone decides when it is stale.
$(VENV)/installed: pyproject.toml | $(BIN)/python
	@echo "Installing relcard into $(VENV)"
	@$(PIP) --editable .
	@touch $@

$(VENV)/installed-test: pyproject.toml | $(BIN)/python
	@echo "Installing relcard and what its tests need into $(VENV)"
	@$(PIP) --editable '.[test]'
	@touch $@ $(VENV)/installed

$(VENV)/installed-dev: pyproject.toml | $(BIN)/python
	@echo "Installing relcard and the tools for working on it into $(VENV)"
	@$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/installed $(VENV)/installed-test

$(BIN)/python:
	@$(CHECK_PYTHON)
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); $(NO_VENV); }

define CHECK_PYTHON
command -v $(PYTHON) >/dev/null || { \
  echo "There is no $(PYTHON) here. relcard needs Python 3.11 or newer: make PYTHON=/path/to/python3" >&2; exit 1; }; \
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
  echo "relcard needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Name another: make PYTHON=python3.12" >&2; exit 1; }
endef
define NO_VENV
echo "$(PYTHON) could not make an environment; on Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1
endef
