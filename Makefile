# Everything a person does here is one word after `make`; alone it lists the words.
.DEFAULT_GOAL := help
.PHONY: help run test torture bench check fix lock bundle new-talk texts pictures
SHELL := /bin/sh
PY := .venv/bin/python
SETUP := sh tools/setup.sh

# A token counts when it is not empty, as itself or as the name of a file.
REAL := $(strip $(MAHALLEYAR_TELEGRAM__TOKEN)$(MAHALLEYAR_TELEGRAM__TOKEN_FILE)$(MAHALLEYAR_BALE__TOKEN)$(MAHALLEYAR_BALE__TOKEN_FILE))

help: ## list what there is (this list)
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

run: ## set up and start: on the messengers whose token is set, else as a demo with a chat page
	@$(SETUP) run
	@exec $(PY) -m bot $(if $(REAL),run,demo)

test: ## set up and run all checks and tests; FULL=1 for the long ones too, ONLY="-k word" for some
	@$(SETUP) dev
	@$(MAKE) --no-print-directory check
	@sh tools/test.sh $(if $(FULL),--full) $(ONLY)

torture: ## the long proofs; SEED=, KILLS=200, PEOPLE=200, MINUTES=60, DATABASE=sqlite|postgres|both, FUZZ=100000
	@$(SETUP) dev
	@PROGRAM=tests.torture sh tools/test.sh $(if $(SEED),--seed $(SEED)) $(if $(KILLS),--kills $(KILLS)) \
		$(if $(PEOPLE),--people $(PEOPLE)) $(if $(MINUTES),--minutes $(MINUTES)) $(if $(DATABASE),--database $(DATABASE))
	@$(PY) -m tests.fuzz --count $(or $(FUZZ),100000) $(if $(SEED),--seed $(SEED))

check: ## style, types and the rules on who imports whom, in seconds
	@$(SETUP) dev
	@echo "· ruff";         $(PY) -m ruff check --quiet .
	@echo "· ruff format";  $(PY) -m ruff format --quiet --check . || { echo "Some files want formatting: make fix"; exit 1; }
	@echo "· mypy";         $(PY) -m mypy --no-error-summary
	@echo "· import rules"; PYTHONPATH=. .venv/bin/lint-imports --no-logo

fix: ## format the code and mend what can be mended by machine
	@$(SETUP) dev
	@$(PY) -m ruff check --fix --quiet . || true
	@$(PY) -m ruff format .

bundle: ## one file in dist/ that installs on a server without a network
	@$(SETUP) dev
	@$(PY) tools/bundle.py

new-talk: ## a new conversation with its texts and its test: make new-talk NAME=resident/parking
	@$(SETUP) dev
	@test -n "$(NAME)" || { echo 'Give it a name: make new-talk NAME=resident/parking'; exit 1; }
	@$(PY) tools/new_talk.py "$(NAME)"
	@$(PY) -m tools.texts_page

texts: ## write docs/texts.md anew: every sentence with sample values, for whoever checks the wording
	@$(SETUP) dev
	@$(PY) -m tools.texts_page

pictures: ## take the pictures of docs/story.md anew, in a browser (needs Chromium), and those of papers and charts
	@$(SETUP) dev
	@$(PY) -m tools.paper_pictures
	@$(PY) -m tools.chart_pictures
	@$(PY) -m tools.story_pictures

lock: ## bring the locks in requirements/ up to pyproject.toml; UPGRADE=1 takes newer versions
	@sh tools/lock.sh

bench: ## measure this bot beside bare echo bots of other libraries (12 minutes); QUICK=1 for a short try
	@QUICK=$(QUICK) sh tools/bench.sh
