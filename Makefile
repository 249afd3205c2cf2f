# Each command sets up what it needs in .venv and then does its work. `make` alone lists them.
#   make test ARGS="tests/ledger -x"      hand further arguments on

.DEFAULT_GOAL := help
.PHONY: help messages demo test check style types borders prove bench lock clean environment languages

# What the caller set for other work must not reach into ours: without bytecode every command would start anew.
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME PYTHONSAFEPATH PYTHONDONTWRITEBYTECODE

PYTHON := .venv/bin/python
lacking = $(shell sh .ci/environment --lacking)

help:  ## list these commands
	@sed -n 's/^\([a-z]*\):.*  ## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{printf "%-12s %s\n", $$1, $$2}' $(without_bench)

demo: environment  ## make the demo book and its workbook, print its balance sheet, open the workbench
	@$(PYTHON) -m tui_ledger demo $(ARGS)

test: environment  ## run the tests
	@$(PYTHON) -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

# Tests of the screen, of servers and of other programs wait as much as they work.
WORKERS = $(shell expr 2 '*' $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1))

check: style types borders languages  ## check style, types, the borders between the packages, and the catalogues

style: environment
	@echo 'check: style' && $(PYTHON) -m ruff check --quiet --output-format concise .

types: environment
	@echo 'check: types' && $(PYTHON) -m mypy --no-error-summary

borders: environment
	@echo 'check: borders' && report=$$(.venv/bin/lint-imports --no-logo 2>&1) || { echo "$$report"; exit 1; }

languages: environment
	@echo 'check: languages' && $(PYTHON) .ci/messages.py check

prove: environment  ## prove that nothing is lost and nothing wrong (LEVEL=push, night or release)
	@$(PYTHON) -m tests.prove --level $(LEVEL) $(ARGS)
LEVEL = push

ifeq ($(wildcard benchmarks/run.py),)
without_bench = | grep -v '^make bench'
else
bench: environment  ## measure the speed
	@$(PYTHON) -m benchmarks.run $(ARGS)
endif

lock:  ## write the lock files anew (needs uv)
	@$(COMPILE) --output-file requirements.lock
	@$(COMPILE) --group dev --extra postgres --constraint requirements.lock --output-file requirements-dev.lock
COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command 'make lock' pyproject.toml

messages: environment  ## find every text of the program, and bring the catalogues up to it
	@$(PYTHON) .ci/messages.py extract

clean:  ## remove .venv, caches and built files; books and workbooks stay
	@rm -rf .venv .venv.lock build dist htmlcov .coverage .hypothesis
	@rm -rf .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

environment:
	@$(if $(lacking),$(error $(lacking)))sh .ci/environment
