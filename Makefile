# The targets of the project; `make` alone lists them.

CARGO ?= cargo
DATA ?= hongqi-data
LISTEN ?= 127.0.0.1:8080

.DEFAULT_GOAL := help
.PHONY: help needs demo test bench bench-province bench-voices bench-needs web lint fmt matrix e2e unit guide documents licences release

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: web ## Build, fill a demo county, and serve it (DATA=…, LISTEN=…)
	$(CARGO) run --profile demo --locked -- demo --data $(DATA) --listen $(LISTEN)

test: needs web lint licences unit e2e documents ## Everything that must be green

needs: ## Install what the tests need (Debian, Ubuntu), or name what is missing
	sh scripts/needs.sh

web: web/node_modules/.package-lock.json ## Bundle the front end
	cd web && npm run --silent build

# npm keeps here what it has installed; a second start installs nothing.
web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	cd web && npm ci --no-audit --no-fund --silent && touch node_modules/.package-lock.json

lint: ## Formatter and lints as errors
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings

licences: ## Check the licences of all dependencies, without a network
	python3 scripts/licences.py

unit: ## Rules, and stories through HTTP on SQLite and PostgreSQL
	sh scripts/with-postgres.sh $(CARGO) test --workspace --locked

e2e: ## Stories in a browser, with screenshots in test-output/
	$(CARGO) build --locked
	cd web && HONGQI_BIN=../target/debug/hongqi npm run --silent e2e

guide: web ## Take the pictures of the user guide anew
	$(CARGO) build --locked
	cd web && UPDATE_DOCS=1 HONGQI_BIN=../target/debug/hongqi node --test e2e/story.test.mjs e2e/year.test.mjs

documents: ## Open the documents made by the tests with an independent reader
	/usr/bin/python3 scripts/check_documents.py test-output/documents

bench: web bench-needs ## Print the ratios of docs/benchmarks.md
	target/dist/bench

bench-province: web bench-needs ## Settle a province year on PostgreSQL: ten minutes, 25 GB of disk
	sh scripts/with-postgres.sh target/dist/bench province

bench-voices: web bench-needs ## Take in voices and list a million of them, on both databases
	HONGQI_TEST_POSTGRES_OPTIONS="-c fsync=on -c full_page_writes=on" sh scripts/with-postgres.sh target/dist/bench voices

bench-needs:
	$(CARGO) build --profile dist --locked --workspace
	-python3 -m venv target/bench-venv && target/bench-venv/bin/pip install --quiet duckdb

matrix: ## Write docs/permission-matrix.txt anew
	UPDATE_DOCS=1 $(CARGO) test --locked -p server --test it matrix

fmt: ## Format
	$(CARGO) fmt --all

release: web ## The binary that is deployed
	$(CARGO) build --profile dist --locked
