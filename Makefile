# Everything a user or a maintainer does, each in one command. Set-up is done on the way, once.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# All cores. A test that fails is run again by `pytest` and its name, in one process, where a debugger works.
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist loadgroup
# Material prints a notice about MkDocs 2 at every start; README tells what it is about.
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := serve
.PHONY: serve build check new changes schema pages test test-fast test-browser test-programs lint types help map flags \
	lighthouse html bench screenshots lock clean

serve: .venv/site  ## serve the site at http://127.0.0.1:8000 (or PORT=8001) and follow every change of a record
	$(BIN)/mkdocs serve --dev-addr 127.0.0.1:$(PORT)

build: .venv/site  ## build the site into site/, strictly
	$(BIN)/mkdocs build --strict

check: .venv/site  ## read every record and list every problem
	$(BIN)/python -m compass check

new: .venv/site  ## begin the record of a new partnership: make new NAME="New Zealand"
	@$(BIN)/python -m compass new "$(NAME)"

changes: .venv/site  ## draft entries for data/changes.yml from what changed since a git revision: make changes SINCE=HEAD
	@$(BIN)/python -m compass changes --since="$(SINCE)"

schema: .venv/site  ## write data/schema/ from the models and the vocabularies
	$(BIN)/python -m compass schema

pages: .venv/site  ## write the whole site as plain Markdown, for another generator: make pages OUT=../plain
	@$(BIN)/python -m compass pages "$(OUT)"

test: .venv/browser  ## run all tests, those in a browser included
	$(PYTEST)

test-fast: .venv/tests  ## run the tests that need nothing but Python
	$(PYTEST) tests/unit

test-browser: .venv/browser  ## run all tests but those of test-fast
	$(PYTEST) tests/build tests/browser tests/publishing

test-programs: .venv/tests  ## install the programs of the examples of /data/: R, LibreOffice, jq, curl (Debian, as root)
	cd tests && ../$(BIN)/python -m support.programs

lint: .venv/tests  ## check the form of code and workflows, the types of Python, and what may import what
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/zizmor --offline --no-progress .github

types:  ## check the types of the scripts, which stand in their comments (needs Node)
	npx --yes --package typescript@5 tsc --project jsconfig.json

help:  ## list these commands
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-22s %s\n", $$1, $$2}'

map:  ## draw the shapes of the world anew, from Natural Earth (needs Node)
	node tools/draw_world.mjs

lighthouse: .venv/browser build  ## measure a page of each kind as a phone gets it (needs Node)
	$(BIN)/python tests/benchmarks/lighthouse.py

bench: .venv/browser  ## measure builds against other generators, and from save to reload; writes RESULTS.md (an hour)
	$(BIN)/python tests/benchmarks/engines.py

html: build  ## let the Nu HTML checker read every page (needs Node and Java)
	$(BIN)/python tests/benchmarks/markup.py

screenshots: .venv/browser build  ## take the pictures in .github/screenshots/, and the one of shared links
	$(BIN)/python tools/screenshots.py

flags: .venv/site  ## copy the flags of the partners into docs/assets/flags/ (needs Node)
	mkdir -p .cache
	npm pack --silent flag-icons@7.5.0 --pack-destination .cache
	$(BIN)/python tools/flags.py .cache/flag-icons-7.5.0.tgz

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 4) and "Python 3.11.4 or newer is needed; set PYTHON=")'
	$(PYTHON) -m venv .venv
	touch $@

.venv/site: .venv/python requirements.txt pyproject.toml
	$(PIP) --require-hashes --requirement requirements.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	touch $@

.venv/tests: .venv/site requirements-test.txt
	$(PIP) --require-hashes --requirement requirements-test.txt
	touch $@

# A Chromium on the PATH is used, else Playwright's own.
.venv/browser: .venv/tests tests/support/chromium.py
	cd tests && ../$(BIN)/python -m support.chromium
	touch $@

# The files of pins are written by uv, from the ranges in pyproject.toml; setuptools builds the package itself.
COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	--no-annotate
lock:  ## pin the dependencies anew (needs uv)
	echo "setuptools >= 80" | $(COMPILE) pyproject.toml - --output-file requirements.txt
	$(COMPILE) --extra test pyproject.toml --constraints requirements.txt --output-file requirements-test.txt

clean:  ## remove everything that the other commands have made
	rm -rf .venv site .site.build .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis hooks/*.egg-info
