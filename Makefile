# make lab       opens lesson 1 in JupyterLab        make lab LESSON=2 opens another
# make test      runs every test
# make gpu       runs every test on a machine with a CUDA device, and every notebook on the device
# make editions  makes release/ and course/ from source/
# make site      builds the site to read, docs/_build/html, and checks its links
# make lint      names author mistakes and checks the style
# make clean     removes the environment and caches; work/ and the gradebook stay
#
# PYTHON=... names the Python to use. Written for GNU make 3.81, which macOS has.

PYTHON ?=
LESSON :=
ARGS :=
VENV := .venv
RUN := $(VENV)/bin/python
NEEDED_MB := 2500

# An environment that was copied here, or whose Python is gone, is made anew; one made by hand is used.
MADE_IN := $(shell $(RUN) -c '' 2>/dev/null && cat $(VENV)/.made 2>/dev/null)
ifneq "$(MADE_IN)" "$(CURDIR)"
.PHONY: $(VENV)/.made
endif

.PHONY: lab test gpu editions site lint clean
.DEFAULT_GOAL := lab

lab: $(VENV)/.lab-ready
	@echo "Opening JupyterLab."
	@exec $(RUN) -m torchprimer lab $(LESSON) $(ARGS)

test: $(VENV)/.test-ready
	@echo "Running every test."
	@OMP_NUM_THREADS=1 $(RUN) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

gpu: $(VENV)/.test-ready
	@echo "Running every test, and every notebook on the GPU."
	@TORCHPRIMER_GPU=1 OMP_NUM_THREADS=1 $(RUN) -m pytest -n 2 --dist loadfile --no-loadscope-reorder -rP tests/test_on_cuda.py $(ARGS)
	@OMP_NUM_THREADS=1 $(RUN) -m pytest -n 2 --dist loadfile --no-loadscope-reorder --ignore tests/test_on_cuda.py $(ARGS)

editions: $(VENV)/.lab-ready
	@$(RUN) -m torchprimer editions $(ARGS)

site: $(VENV)/.test-ready
	@rm -rf docs/_build
	@$(RUN) -m sphinx -q -W --keep-going -b html -d docs/_build/doctrees docs docs/_build/html
	@echo "The site is in docs/_build/html; open index.html."

lint: $(VENV)/.test-ready
	@$(RUN) -m torchprimer lint
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .

clean:
	@echo "Removing $(VENV) and caches."
	@rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis docs/_build docs/lessons
	@find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# One install serves both; `make test` adds the tools for tests. A stamp is written last, so that an
# install that was cut off is taken up again.
$(VENV)/.lab-ready: $(VENV)/.made pyproject.toml constraints.txt
	@echo "Installing torchprimer and what it needs into $(VENV): minutes the first time."
	@$(call install,.)
	@touch $@

$(VENV)/.test-ready: $(VENV)/.made pyproject.toml constraints.txt
	@echo "Installing torchprimer, what it needs and the tools for its tests into $(VENV): minutes the first time."
	@$(call install,.[dev])
	@touch $@ $(VENV)/.lab-ready

# pip's own account is kept, and its end shown when it fails.
install = (: > $(VENV)/install.log) 2> /dev/null || \
	{ echo "You may not write in $(CURDIR)/$(VENV); remove it, or run make as its owner." >&2; exit 1; }; \
	$(RUN) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '$(1)' \
	> $(VENV)/install.log 2>&1 || { \
	tail -n 5 $(VENV)/install.log >&2; \
	if grep -q "No space left on device" $(VENV)/install.log; then \
		echo "The disk is full: the environment needs $(NEEDED_MB) MB or more, here and in the temporary folder." >&2; \
	else \
		echo "pip could not install what is needed; $(VENV)/install.log has all it said." >&2; \
	fi; exit 1; }

$(VENV)/.made:
	@set -e; fail() { echo "$$1" >&2; exit 1; }; \
	if test ! -s $@ && $(RUN) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
		echo "Using the $(VENV) that is here."; echo '$(CURDIR)' > $@; exit; \
	fi; \
	python=; seen=; \
	for name in $(if $(PYTHON),'$(PYTHON)',python3 python3.13 python3.12 python3.11 python); do \
		version=`"$$name" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null` || continue; \
		seen="$${seen:-$$name is Python $$version}"; \
		if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then python=$$name; break; fi; \
	done; \
	test -n "$$seen" || fail "Python 3.11 or later is needed and $(if $(PYTHON),$(PYTHON) does not run,none was found); install one, or name it: make PYTHON=/path/to/python3."; \
	test -n "$$python" || fail "Python 3.11 or later is needed and $$seen; install a newer one, or name it: make PYTHON=/path/to/python3."; \
	"$$python" -c 'import venv, ensurepip' 2>/dev/null || \
		fail "$$python lacks its venv module; install it (on Debian and Ubuntu: apt install python3-venv) and run make again."; \
	mkdir -p $(VENV) 2>/dev/null && test -w $(VENV) || \
		fail "You may not write in $(CURDIR); copy the project to a folder of your own and run make there."; \
	free=`df -Pk . | awk 'NR == 2 {print int($$4 / 1024)}'`; \
	test "$$free" -ge $(NEEDED_MB) || \
		fail "The disk has $$free MB free and the environment needs $(NEEDED_MB) or more; make room and run make again."; \
	echo "Making $(VENV) with Python $$version."; \
	"$$python" -m venv --clear $(VENV) > .venv.log 2>&1 || { tail -n 3 .venv.log >&2; rm -f .venv.log; \
		fail "$$python could not make $(VENV); the lines above say why."; }; \
	rm -f .venv.log; echo '$(CURDIR)' > $@
