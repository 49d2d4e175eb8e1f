# Layerlab's front door: `make` lists what there is.
# Works with the make of Debian 12 (4.3) and of macOS (3.81).

PORT    ?= 8501
ADDRESS ?= localhost

venv      := .venv
python    := $(venv)/bin/python
workspace := $(or $(LAYERLAB_HOME),workspace)
choices   := $(or $(PYTHON),python3.13 python3.12 python3.11 python3)
right_version := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
complete      := import ctypes, bz2, ensurepip, lzma, sqlite3, ssl, venv; $(right_version)
port_answers  := import socket, sys; socket.create_connection(("localhost", int(sys.argv[1])), 1)

install := $(python) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r
compile := $(python) -m uv pip compile --quiet --universal --fork-strategy fewest --generate-hashes --python-version 3.11 \
           --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

.DELETE_ON_ERROR:
.PHONY: help run setup test lint browser bench bench-zip bench-start bench-edits bench-intake bench-look-alikes bench-search bench-lessons bench-compare soak lock messages stop clean

help:
	@echo "make run       start Layerlab on http://localhost:$(PORT)   (PORT=8502 takes another port, PYTHON=python3.12 another Python)"
	@echo "make stop      end Layerlab and everything it trains"
	@echo "make test      lint, types, and all tests, in a real browser too"
	@echo "make setup     only install what the two need"
	@echo "make bench         an epoch: Layerlab, Keras, PyTorch, and what the machine allows; accuracy over 5 seeds   (TORCH_PYTHON=/path/to/python that has bench/requirements.txt)"
	@echo "make bench-zip     from a zip of 6,000 images to a trained net, against scripts with PyTorch and Keras"
	@echo "make bench-start   time from Start training to the first point of the curve, in a real browser"
	@echo "make bench-edits   time from an edit of a layer to its numbers, in a real browser"
	@echo "make bench-intake  10,000 and 70,000 images in a zip: seconds, memory, and the time to open them"
	@echo "make bench-look-alikes  how many planted near-duplicates are found, how many images are called so falsely, and how long it takes"
	@echo "make bench-search  the best of 20 trials on the digits: TPE against random search, median over 5 seeds"
	@echo "make bench-lessons  each lesson on hyperparameters, from the button to its answer"
	@echo "make bench-compare  a project with 1,000 runs: the table of all of them, and the screen Compare in a real browser"
	@echo "make soak      a hundred random kills of web, engine and workers while a queue is worked off, and tables of which the tests take a sample"
	@echo "make lock      pin the newest fitting dependencies that are new in requirements*.txt   (UPGRADE=1: of all)"
	@echo "make messages  collect the texts to translate into locale/"
	@echo "make clean     remove what make made; what users made stays in $(workspace)/"

run: $(venv)/.runtime
	@if $(python) -c '$(port_answers)' $(PORT) 2>/dev/null; then \
	  echo "Port $(PORT) is taken, perhaps by Layerlab itself: open http://localhost:$(PORT), or end it with 'make stop'," \
	       "or take another port with 'make run PORT=$$(($(PORT) + 1))'." >&2; exit 1; fi
	@mkdir -p "$(workspace)"
	@echo "Layerlab starts on http://localhost:$(PORT) (end it with Ctrl+C or 'make stop')."
	@echo $$$$ > "$(workspace)/web-$(PORT).pid"; \
	$(python) -m ui.first_visit $(PORT) & \
	exec $(python) -m streamlit run app.py --server.port $(PORT) --server.address $(ADDRESS)

setup: $(venv)/.runtime $(venv)/.development

test: setup lint browser
	$(python) -m pytest -n 2 --dist loadfile --no-loadscope-reorder --ignore tests/browser --durations=10
	$(python) -m pytest tests/browser --durations=10

lint: $(venv)/.runtime $(venv)/.development
	$(python) -m ruff check --no-cache .
	$(python) -m ruff format --check .
	$(python) -m mypy

browser: $(venv)/.development
	@$(python) -m tests.browser.chromium

bench: setup
	$(python) -m bench.training
	$(python) -m bench.learning

bench-zip: setup
	$(python) -m bench.zip_to_trained

bench-start: setup browser
	$(python) -m bench.first_point

bench-intake: setup
	$(python) -m bench.intake

bench-look-alikes: setup
	$(python) -m bench.look_alikes

bench-search: setup
	$(python) -m bench.search

bench-lessons: setup
	$(python) -m bench.lessons

bench-compare: setup browser
	$(python) -m bench.compare --screen

soak: setup
	$(python) -m tests.soak.kills --kills 100 --seed 0
	LAYERLAB_TESTS=whole $(python) -m pytest tests/core/architecture/test_against_keras.py \
	  tests/core/training/test_monitors.py tests/core/training/test_resume.py

bench-edits: setup browser
	$(python) -m bench.edit_latency

lock: $(venv)/.development
	$(compile) requirements.txt -o requirements.lock
	$(compile) requirements-dev.txt -o requirements-dev.lock

messages: $(venv)/.runtime
	$(python) -m babel.messages.frontend --quiet extract --mapping=pyproject.toml --no-location --omit-header --sort-output \
	  --no-wrap --output=$(venv)/layerlab.pot app.py pages ui core
	$(python) -m babel.messages.frontend --quiet update --domain=layerlab --input-file=$(venv)/layerlab.pot --output-dir=locale \
	  --omit-header --ignore-obsolete --no-fuzzy-matching --no-wrap

stop:
	@for file in "$(workspace)"/web-*.pid; do \
	  [ -f "$$file" ] || continue; \
	  pid=$$(cat "$$file"); \
	  case "$$(ps -o args= -p "$$pid")" in *"streamlit run app.py"*) \
	    echo "Ending the web server"; kill "$$pid"; while kill -0 "$$pid" 2>/dev/null; do sleep 0.1; done;; \
	  esac; \
	  rm -f "$$file"; \
	done
	@if [ -x $(python) ]; then $(python) -m core.runs.engine --stop; fi

clean:
	rm -rf $(venv) .hypothesis .mypy_cache .pytest_cache .ruff_cache tests/browser/failures
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(python):
	@if [ "$$(uname -sm)" = "Darwin x86_64" ]; then \
	  echo "TensorFlow is not made for Macs with an Intel processor any more: Layerlab needs Apple silicon or Linux." >&2; exit 1; fi
	@for choice in $(choices); do \
	  if "$$choice" -c '$(complete)' 2>/dev/null; then found=$$choice; break; fi; \
	done; \
	if [ -n "$$found" ]; then echo "Making $(venv) with $$("$$found" --version)"; exec "$$found" -m venv --clear $(venv); fi; \
	for choice in $(choices); do \
	  "$$choice" -c '$(right_version)' 2>/dev/null || continue; \
	  echo "$$("$$choice" --version) lacks: $$("$$choice" -c '$(complete)' 2>&1 | tail -n 1)." \
	       "On Debian: apt install python3-venv. Elsewhere, take another Python with PYTHON=/path/to/python3." >&2; exit 1; \
	done; \
	echo "Layerlab needs Python 3.11, 3.12 or 3.13, and none of these is one: $(choices)." \
	     "Install it (Debian: apt install python3-venv), or name it with PYTHON=/path/to/python3." >&2; exit 1

$(venv)/.runtime: requirements.lock $(python)
	@echo "Installing what Layerlab needs (about 3 GB on disk, once)"
	@$(install) requirements.lock
	@touch $@

$(venv)/.development: requirements-dev.lock $(venv)/.runtime
	@echo "Installing what the checks need"
	@$(install) requirements-dev.lock
	@touch $@
