# sitroom: `make demo` to see it work, `make test` to test it. Needs Python 3.11 or newer and nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
ROOM := out/demo.room
SAMPLES := samples/iran-in-syria/reports
PATHS := src tests benchmarks tools

.PHONY: help setup demo test check bench docs lock clean

help:
	@echo "make demo    read the sample reports, print a brief, write out/brief.html"
	@echo "make test    run the tests"
	@echo "make check   lint, format, types, floors, tests"
	@echo "make bench   measure quality and speed"
	@echo "make docs    build the documentation"
	@echo "make lock    renew requirements.lock (needs uv)"
	@echo "PYTHON=python3.12 make demo  chooses the interpreter"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "sitroom needs Python 3.11 or newer; name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(STAMP): requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: $(STAMP)

demo: setup
	@mkdir -p out
	@rm -f $(ROOM) $(ROOM).wal
	$(BIN)/sitroom read $(ROOM) $(SAMPLES)
	@$(BIN)/sitroom brief $(ROOM)
	@$(BIN)/sitroom brief $(ROOM) --html out/brief.html
	@echo
	@echo "Open out/brief.html in a browser. The room is $(ROOM); ask it more:"
	@echo "  $(BIN)/sitroom incidents $(ROOM) --actor Israel"
	@echo "  $(BIN)/sitroom --help"

test: setup
	$(BIN)/python -m pytest -n auto --dist loadfile

check: setup
	$(BIN)/ruff check $(PATHS)
	$(BIN)/ruff format --check $(PATHS)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --dist loadfile

bench: setup
	$(BIN)/python benchmarks/run.py

docs: setup
	$(BIN)/python tools/build_reference.py

lock:
	uv pip compile --quiet --universal --python-version 3.11 --all-extras --generate-hashes --no-emit-index-url --no-header -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) out dist build
