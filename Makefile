# Two commands are all there is to know: `make chat` and `make test`. Both set up what they need.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# Where `make chat` opens the chat without PROJECT: a project of its own, never the checkout.
SCRATCH := build/scratch-project
READY  := $(VENV)/ready

.PHONY: chat test lint types bench picture wheel clean

chat: $(READY)  ## open the chat (PROJECT=~/code/shop opens it there)
ifdef PROJECT
	@project="$(PROJECT)"; case "$$project" in "~/"*) project="$$HOME/$${project#??}";; esac; \
	  cd "$$project" && exec "$(CURDIR)/$(BIN)/learnchat"
else
	@mkdir -p $(SCRATCH)
	@# A repository of its own, or git would take it for a part of this one.
	@test -e $(SCRATCH)/.git || ! command -v git >/dev/null || git init --quiet $(SCRATCH)
	@cd $(SCRATCH) && exec "$(CURDIR)/$(BIN)/learnchat"
endif

test: $(VENV)/ready-dev  ## run the tests
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/ready-dev  ## ruff: rules and layout
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# mypy knows packages by folder names, so it is shown one called `learnchat`.
types: $(VENV)/ready-dev  ## mypy, strict
	@mkdir -p build/types && ln -sfn ../.. build/types/learnchat
	$(BIN)/mypy -p learnchat.app -p learnchat.widgets -p learnchat.learning -p learnchat.themes

bench: $(VENV)/ready-dev  ## print the tables of tests/bench
	$(BIN)/python -m tests.bench

picture: $(VENV)/ready-dev  ## draw the README's picture again
	$(BIN)/python scripts/draw_picture.py

wheel: $(VENV)/ready-dev  ## build the wheel into dist/
	$(BIN)/python -m build --wheel

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("learnchat needs Python 3.11 or newer; set PYTHON=python3.12, say") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

# The one time that a network is needed; again only when the dependencies change.
$(READY): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/ready-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(READY)

clean:  ## remove what was built and installed
	rm -rf $(VENV) build dist *.egg-info
