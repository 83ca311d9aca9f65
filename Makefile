# FieldKit's few commands. `make run` and `make test` install what they need into this folder, once;
# everything else stands on the second. pip reads the user's own pip.conf (a mirror, a certificate).

PYTHON ?= python3
# Tests wait a third of their time for disks, servers and windows: one process more than there are cores.
WORKERS ?= $(shell echo $$(( $$(getconf _NPROCESSORS_ONLN) + 1 )))
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
STAMPS := .make

.DEFAULT_GOAL := help
.PHONY: help run test check faults mutants fuzz monkey sitting looks bench screens guide bundle lock clean system

help:
	@echo "make run      install what is needed (once) and open the window"
	@echo "make test     install what is needed (once) and run every test"
	@echo "make check    ruff, mypy --strict, import contracts"
	@echo "make faults   the long fault campaign: kill -9, power cuts, bad networks, random schedules on the real stack"
	@echo "make mutants  thirteen bugs of other systems, put into the real code one by one: each must be caught"
	@echo "make fuzz     some 2,500 requests made up from the OpenAPI document against a running store"
	@echo "make monkey   20,000 random keys, clicks and wheels over every screen of the real window"
	@echo "make sitting  sixty notes in ten minutes by real X11 keys, every character compared"
	@echo "make looks    every screen in all 36 looks: 3 themes, 3 text sizes, 4 windows"
	@echo "make bench    speed and size against bare SQLCipher and the limits we set"
	@echo "make screens  pictures of every screen, into docs/screens"
	@echo "make guide    the user guide as it is shipped, from docs/guide into resources/guide"
	@echo "make bundle   a folder that runs without Python, into dist/fieldkit"

run: $(STAMPS)/run
	@$(BIN)/python -m ui $(ARGS)

test: $(STAMPS)/dev $(STAMPS)/npm
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: $(STAMPS)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

faults: $(STAMPS)/dev
	@$(BIN)/python -m tests.faults.campaign $(ARGS)

mutants: $(STAMPS)/dev
	@$(BIN)/python -m tests.mutants $(ARGS)

fuzz: $(STAMPS)/dev
	@FIELDKIT_FUZZ_EXAMPLES=$${FIELDKIT_FUZZ_EXAMPLES:-60} FIELDKIT_FUZZ_SEED=$${FIELDKIT_FUZZ_SEED:-$$$$} \
		$(BIN)/python -m pytest -q tests/central/test_openapi_fuzz.py $(ARGS)

monkey: $(STAMPS)/dev
	@$(BIN)/python -m tests.monkey $(ARGS)

sitting: $(STAMPS)/dev
	@PYTHON="$(PYTHON)" sh scripts/system-deps.sh sitting
	@$(BIN)/python -m tests.journeys.sitting $(ARGS)

looks: $(STAMPS)/dev
	@FIELDKIT_LOOKS=every $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal tests/gui/test_every_screen.py $(ARGS)

bench: $(STAMPS)/dev
	@$(BIN)/python -m bench $(ARGS)

screens: $(STAMPS)/dev
	@$(BIN)/python -m tests.gui.screens $(ARGS)

guide: $(STAMPS)/dev
	@$(BIN)/python -m scripts.guide

bundle: $(STAMPS)/dev
	@$(BIN)/python -m PyInstaller --noconfirm --log-level WARN pyinstaller.spec
	@sh scripts/smoke-bundle.sh dist/fieldkit
	@du -sh dist/fieldkit

# A developer with uv refreshes both locks; no address of a registry is written into them.
LOCK := uv pip compile -q --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11
lock:
	$(LOCK) $(ARGS) pyproject.toml -o requirements.lock
	$(LOCK) $(ARGS) pyproject.toml --group dev -o requirements-dev.lock

# Programs of other people that the tests talk to (tus, OpenID Connect); nothing that runs FieldKit needs them.
$(STAMPS)/npm: tests/npm/package-lock.json $(STAMPS)/venv
	@PYTHON="$(PYTHON)" sh scripts/system-deps.sh partners
	@echo "Installing the programs that tests talk to into tests/npm (once, about 10 seconds)"
	@cd tests/npm && npm ci --no-progress --loglevel=error
	@touch $@

clean:
	rm -rf .venv $(STAMPS) build dist tests/npm/node_modules

# The check takes 10 ms, so it runs every time: a folder copied to another machine still works.
system:
	@PYTHON="$(PYTHON)" sh scripts/system-deps.sh

$(STAMPS)/venv: | system
	@mkdir -p $(STAMPS)
	@$(PYTHON) -c 'import sys; sys.exit("FieldKit needs Python 3.11 or later, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	@touch $@

$(STAMPS)/run: requirements.lock $(STAMPS)/venv | system
	@echo "Installing FieldKit's libraries into .venv (once, about 40 seconds)"
	@$(PIP) install -q --require-hashes -r requirements.lock
	@touch $@

$(STAMPS)/dev: requirements-dev.lock $(STAMPS)/venv | system
	@echo "Installing FieldKit's libraries and test tools into .venv (once, about 60 seconds)"
	@$(PIP) install -q --require-hashes -r requirements-dev.lock
	@touch $@
