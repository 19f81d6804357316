# Two commands: `make run` opens a working company, `make test` tests it. Both set up what they need, once.

PORT ?= 8000
export GUANXI_HOME ?= $(CURDIR)/.guanxi

# An interpreter of version 3.11 or newer, whatever it is called here.
PYTHON3 := $(shell for name in python3 python3.13 python3.12 python3.11; do \
	command -v $$name >/dev/null 2>&1 && $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$name && break; done)
PYTHON := .venv/bin/python
MADE := .venv/made

.PHONY: run test check bench look prove clean

run: $(MADE)/run $(MADE)/bundle $(MADE)/messages
	@$(PYTHON) -m guanxi.site.command_line run --port $(PORT)

test: $(MADE)/test $(MADE)/bundle $(MADE)/messages
	$(PYTHON) -m pytest -n 2 --dist loadgroup $(TESTS)

check: $(MADE)/test $(MADE)/bundle $(MADE)/messages
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	$(PYTHON) -m guanxi.site.command_line messages --check
	$(PYTHON) -m pytest -n 2 --dist loadgroup

bench: $(MADE)/bench $(MADE)/bundle
	$(PYTHON) -m bench

look: $(MADE)/test $(MADE)/bundle $(MADE)/messages
	$(PYTHON) -m tests.look

prove: $(MADE)/test $(MADE)/bundle $(MADE)/messages
	$(PYTHON) -m tests.prove

clean:
	rm -rf .venv node_modules build guanxi/foundation/ui/static/bundle guanxi.egg-info
	@echo "The data in $(GUANXI_HOME) are kept."

# --- set-up: each stamp says that something has been made from files that have not changed since ---

$(PYTHON):
	@test -n "$(PYTHON3)" || { echo "Guanxi needs Python 3.11 or newer; none was found on the PATH." >&2; exit 1; }
	@echo "Making an environment in .venv with $(PYTHON3)"
	@if command -v uv >/dev/null 2>&1; then uv venv --quiet --python "$$(command -v $(PYTHON3))" .venv; \
	else $(PYTHON3) -m venv .venv; fi
	@mkdir -p $(MADE)

$(MADE)/run: requirements/base.txt pyproject.toml | $(PYTHON)
	@$(call install,requirements/base.txt)

$(MADE)/test: requirements/dev.txt requirements/base.txt pyproject.toml | $(PYTHON)
	@$(call install,requirements/dev.txt)
	@mkdir -p $(MADE) && touch $(MADE)/run

$(MADE)/bench: requirements/bench.txt requirements/dev.txt pyproject.toml | $(MADE)/test
	@$(call install,requirements/bench.txt)

$(MADE)/spark: requirements/spark.txt pyproject.toml | $(MADE)/run
	@$(call install,requirements/spark.txt)

$(MADE)/bundle: package-lock.json $(shell find guanxi -path '*/assets/*' -type f) | $(MADE)/run
	@echo "Bundling the pages' scripts and styles"
	@$(PYTHON) -m guanxi.foundation.ui.bundle && touch $@

$(MADE)/messages: $(wildcard guanxi/locale/*/LC_MESSAGES/*.po) | $(MADE)/run
	@$(PYTHON) -c 'from guanxi.foundation.ui.messages import compile_catalogue; compile_catalogue()' && touch $@

define install
echo "Installing the pinned packages of $(1)"; began=$$(date +%s); \
if command -v uv >/dev/null 2>&1; then \
  uv pip install --quiet --python $(PYTHON) --require-hashes -r $(1) && \
  uv pip install --quiet --python $(PYTHON) --no-deps --no-build-isolation --editable . ; \
else \
  $(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1) && \
  $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . ; \
fi && mkdir -p $(MADE) && touch $@ && echo "Installed in $$(( $$(date +%s) - began )) s"
endef
