# The words of this project; CI uses the same ones. A fresh machine needs Python 3.11.2 or newer, git and make.
PYTHON ?= python3
VENV   := .venv
PORT   := 8000
RUN    := $(VENV)/bin/python
PIP    := $(RUN) -m pip --disable-pip-version-check install --quiet --require-hashes

.PHONY: help site published serve check advise due due-issue test quick lint audit renderers bench test-long fresh lock clean

help:
	@echo "make site       build the whole site into site/"
	@echo "make published  on a forge: build it for SITE_URL, with each edition as it stood"
	@echo "make serve      show it on http://127.0.0.1:8000/ while you edit"
	@echo "make check      list every problem of the content, in a second or two; FIX=yes mends what needs no decision"
	@echo "make advise     say what could be plainer, and how easy each page is to read"
	@echo "make due        list what is due for whom"
	@echo "make due-issue  on a forge: open or renew an issue for what is overdue"
	@echo "make test       run every test, in a real browser too"
	@echo "make quick      run the quick tests alone"
	@echo "make lint       ruff and mypy; where Node is, eslint"
	@echo "make audit      compare every pinned package with the known vulnerabilities"
	@echo "make renderers  build the same files by ProperDocs and Zensical, and compare"
	@echo "make bench      print the measured figures"
	@echo "make test-long  run what takes many minutes, then every test three times on a busy machine"
	@echo "make fresh      run make site and make test as a machine does that has nothing yet"
	@echo "make lock       choose the newest allowed versions and write the locks"

site: $(VENV)/site
	@$(RUN) -m macros build

published: $(VENV)/site
	@.ci/editions "$(abspath $(RUN))"

serve: $(VENV)/site
	@$(RUN) -m macros serve --port $(PORT)

check: $(VENV)/site
	@$(RUN) -m macros check --since "$(SINCE)" $(if $(FIX),--fix)

advise: $(VENV)/site
	@$(RUN) -m macros advise

due: $(VENV)/site
	@$(RUN) -m macros due

due-issue: $(VENV)/site
	@.ci/due "$(RUN) -m macros due"

test: $(VENV)/browser $(VENV)/fonts/made $(VENV)/servers
	@rm -rf .evidence
	@$(RUN) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

quick: $(VENV)/test
	@$(RUN) -m pytest -n 2 --dist loadfile -m "not site and not browser" --ignore tests/browser --ignore tests/components --ignore tests/publishing

lint: $(VENV)/test
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy
	@$(RUN) -m tests.outside.lint

audit: $(VENV)/test .venv-audit/made
	@$(RUN) -m tests.outside.audit .venv-audit/bin/python

renderers: $(VENV)/test .venv-properdocs/made .venv-zensical/made
	@$(RUN) -m tests.outside.renderers "$(abspath .venv-properdocs/bin/python)" "$(abspath .venv-zensical/bin/python)"

bench: $(VENV)/browser
	@$(RUN) -m bench

test-long: $(VENV)/browser $(VENV)/fonts/made $(VENV)/servers
	@echo "Building the site twice and comparing every byte, on every Python that is here …"
	@$(RUN) -m tests.outside.loaded

fresh:
	@$(PYTHON) -m tests.outside.fresh

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 2) and "This needs Python 3.11.2 or newer; write make PYTHON=… with the name of one.")'
	@echo "Making the environment in $(VENV)/ …"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/site: $(VENV)/made requirements.lock
	@echo "Installing what the build needs (about 30 packages, once) …"
	@$(PIP) -r requirements.lock
	@touch $@

$(VENV)/test: $(VENV)/site requirements-test.lock
	@echo "Installing what the tests need (about 50 packages, once) …"
	@$(PIP) -r requirements-test.lock
	@touch $@

.venv-%/made: tests/outside/locks/%.lock requirements.lock
	@$(PYTHON) -m venv $(@D)
	@$(@D)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r $<
	@if [ $* = properdocs ]; then $(@D)/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements.lock; fi
	@touch $@

$(VENV)/browser: $(VENV)/test
	@$(RUN) -m tests.browser.find $@

$(VENV)/fonts/made: $(VENV)/test requirements-fonts.lock
	@echo "Fetching the letters that the tests read with (two packages, once) …"
	@$(RUN) -m tests.browser.fonts $(@D)
	@touch $@

$(VENV)/servers: $(VENV)/test $(VENV)/store
	@$(RUN) -m tests.publishing.find $@

$(VENV)/store: $(VENV)/made requirements-store.lock
	@echo "Installing the object store that the tests upload to (about 25 packages, once) …"
	@$(PYTHON) -m venv $(VENV)/store.d
	@$(VENV)/store.d/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements-store.lock
	@touch $@

lock: $(VENV)/made
	@$(RUN) -m pip --disable-pip-version-check install --quiet uv
	@$(RUN) -m uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11.2 --generate-hashes --no-header --output-file requirements.lock
	@$(RUN) -m uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11.2 --generate-hashes --no-header --extra test --constraints requirements.lock --output-file requirements-test.lock
	@for tool in pip-audit:audit properdocs:properdocs zensical:zensical; do \
	  echo "$${tool%:*}" | $(RUN) -m uv pip compile - --quiet --upgrade --universal --python-version 3.11.2 --generate-hashes --no-header --no-annotate --output-file "tests/outside/locks/$${tool#*:}.lock"; \
	done
	@$(RUN) -m uv pip compile --group store --quiet --upgrade --universal --python-version 3.11.2 --generate-hashes --no-header --output-file requirements-store.lock
	@$(RUN) -m uv pip compile --group fonts --no-deps --quiet --upgrade --universal --python-version 3.11.2 --generate-hashes --no-header --output-file requirements-fonts.lock

clean:
	rm -rf site $(VENV) .venv-* .mypy_cache .ruff_cache .hypothesis
