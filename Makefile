# `make demo` and `make test` set everything up by themselves.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CODE := cs_pipeline plugins dags deploy benchmarks tests
# Modules of tests run side by side, each in one process; those with a real Airflow mostly wait.
TEST_PROCESSES ?= 3
PYTEST := OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n $(TEST_PROCESSES) \
	--dist loadscope --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help demo test quick check fix docs images env demo-compose backup restore lock clean

help:  ## Show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(READY): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt --editable '.[airflow,train,dev]'
	touch $@

demo: $(READY)  ## From an Excel export to a promoted model on this machine (DEMO_EXIT=1 ends by itself)
	$(BIN)/python deploy/demo/demo.py

# Compiled first: the many processes that the tests start write no byte code of their own.
test: $(READY)  ## All tests, a real Airflow among them
	$(BIN)/python -m compileall -q cs_pipeline plugins
	$(PYTEST)

quick: $(READY)  ## The tests that start no Airflow
	$(PYTEST) -m 'not standalone'

check: $(READY)  ## Format, lint, types and import contracts; changes nothing
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	PYTHONPATH=plugins $(BIN)/lint-imports

fix: $(READY)  ## Format, and fix what the linter can
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

docs: $(READY)  ## Write docs/settings.md and docs/settings.ko.md from the declarations
	$(BIN)/python -m cs_pipeline.config.reference docs

# What the images are called, and which of airflow, trainer, trainer-cpu and local are built.
# CPU_INDEX and TORCH_INDEX are the wheel indexes that PyTorch's installation page names.
IMAGE_PREFIX ?= cs-pipeline
IMAGE_TAG ?= $(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
IMAGES ?= airflow trainer local

images: $(READY)  ## Build the images (needs Docker; IMAGE_PREFIX=registry/name, IMAGES=...)
	$(BIN)/python deploy/images/build_images.py $(IMAGES) --prefix $(IMAGE_PREFIX) --tag $(IMAGE_TAG) \
		--cpu-index '$(CPU_INDEX)' --torch-index '$(TORCH_INDEX)' --pip-config '$(PIP_CONFIG)' \
		--compiler $(or $(WITH_COMPILER),0) $(if $(UPDATE),--update) $(if $(AS_IS),--as-is)

# Needs no environment: plain Python and Docker.
env:  ## Write .env and secrets/ for docker compose up (UPDATE=1 takes this version's images)
	PYTHONPATH=deploy/images $(PYTHON) deploy/compose/make_env.py \
		$(if $(UPDATE),--update) $(if $(AS_IS),--as-is)

demo-compose:  ## make demo through Docker Compose, beside what is there; ends by itself
	PYTHONPATH=deploy/images $(PYTHON) deploy/compose/compose_demo.py

backup:  ## Back the compose stack up into backups/ (FORCE=1 stops what runs)
	$(PYTHON) deploy/compose/backup.py backup $(if $(FORCE),--force)

restore:  ## Bring a backup back on an empty host (FROM=backups/<moment>)
	$(PYTHON) deploy/compose/backup.py restore $(FROM)

lock:  ## Resolve all dependencies again into constraints.txt
	$(PYTHON) -m venv --clear $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet --editable '.[airflow,train,server,dev]'
	$(VENV)-lock/bin/python -m pip freeze --exclude-editable \
		| sed -E 's/\+cpu$$//' | sort -f > constraints.txt
	rm -rf $(VENV)-lock

clean:  ## Remove the environment, the demo and caches; never data-train/ or var/
	rm -rf $(VENV) .demo build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache .cache
	find $(CODE) -name __pycache__ -type d -exec rm -rf {} +
