# Every command a person types. CARGO_TARGET_DIR is honoured everywhere.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

TARGET := $(or $(CARGO_TARGET_DIR),$(CURDIR)/target)
export CARGO_TARGET_DIR := $(TARGET)
export LECTERN_SITE := $(TARGET)/site
TOOLS := $(TARGET)/tools
BINDGEN_VERSION := 0.2.130
BINDGEN := $(TOOLS)/bin/wasm-bindgen
NATIVE := --workspace --exclude frontend
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1
# throw-away databases lie in memory where six gigabytes of it are free: a test then waits for no disk
SCRATCH := $(shell [ "$$(df -k --output=avail /dev/shm 2>/dev/null | tail -1)" -gt 6000000 ] 2>/dev/null && echo /dev/shm || echo "$${TMPDIR:-/tmp}")

.PHONY: help run dev test check build site tools packages stories elements journeys fences clean bench bench-compile faults test-long mutants fuzz attack sbom

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

## ---- for people ----

run: site ## serve Lectern with demo content at http://localhost:3000
	@echo "==> building the server (a new machine: about five minutes)"
	@cargo build -p lectern
	@"$(TARGET)/debug/lectern" serve --demo

dev: site ## the same, rebuilt and restarted at every change
	@command -v cargo-watch >/dev/null || [ -x "$(TOOLS)/bin/cargo-watch" ] || cargo install --locked --root "$(TOOLS)" cargo-watch
	@(cd frontend && node build.mjs --watch --wasm "$(TARGET)/wasm32-unknown-unknown/wasm-release/frontend.wasm" --wasm-bindgen "$(BINDGEN)") & watcher=$$!; \
	trap 'kill $$watcher 2>/dev/null || true' EXIT; \
	PATH="$(TOOLS)/bin:$$PATH" cargo watch -w app -w server -w migrations -x 'run -p lectern -- serve --demo'

build: packages tools ## the release: one self-contained executable, target/release/lectern
	@$(MAKE) --no-print-directory site SITE_MODE=--release
	@cargo build --release -p lectern
	@echo "==> $(TARGET)/release/lectern"

sbom: ## what a release is made of, as CycloneDX: target/lectern.cdx.json
	@python3 end2end/sbom.py "$(TARGET)/lectern.cdx.json"

## ---- tests ----

test: check stories elements journeys ## everything that CI runs
	@echo "==> all tests passed"

check: fences ## the fast part, for every commit
	@echo "==> format and lints"
	@cargo fmt --check
	@cargo clippy $(NATIVE) --all-targets -- -D warnings

fences: tools-target ## the architecture's rules
	@echo "==> the browser's half compiles and holds nothing of the server's"
	@cargo check -q -p frontend --target wasm32-unknown-unknown
	@bash end2end/fences.sh

stories: ## unit tests, stories on both databases, the whole program over HTTP
	@echo "==> tests in Rust, on SQLite and PostgreSQL"
	@TMPDIR="$(SCRATCH)" cargo test $(NATIVE)

elements: packages browser ## the browser's own scripts: types, units, every element in Chromium
	@echo "==> the browser's scripts"
	@cd frontend && npm run -s types && npm test --silent

journeys: site browser ## the browser journeys
	@echo "==> journeys in Chromium"
	@cargo build -p lectern
	@cd end2end && TMPDIR="$(SCRATCH)" npm test

## ---- long tests ----

SEED ?= 1
SCALE ?= 100
CASES ?= 4096
MINUTES ?= 10
ONLY ?=
LECTERN = $(TARGET)/debug/lectern

faults: ## let go wrong what can between real processes (ONLY=REL-01,REL-06 SEED=1 SCALE=100): docs/reliability.md
	@cargo build -p lectern
	@cargo build -p faults
	@"$(TARGET)/debug/faults" run "$(LECTERN)" --seed $(SEED) --scale $(SCALE) $(if $(ONLY),--only $(ONLY))

test-long: ## every property with many cases, a long mixture of traffic and trouble, every journey in both languages at both sizes (CASES=4096 MINUTES=10 SEED=1)
	@echo "==> properties: $(CASES) cases, seed $(SEED)"
	@PROPTEST_CASES=$(CASES) PROPTEST_RNG_SEED=$(SEED) cargo test -p model -p outside -p recommend
	@PROPTEST_CASES=$(CASES) PROPTEST_RNG_SEED=$(SEED) cargo test -p domain --lib -- state:: quote:: inv_01 sm_2_p sm_ rel_
	@cargo build -p lectern
	@cargo build -p faults
	@"$(TARGET)/debug/faults" soak "$(LECTERN)" --minutes $(MINUTES) --seed $(SEED)
	@$(MAKE) --no-print-directory site browser
	@cd end2end && LECTERN_E2E_LONG=1 npm test

fuzz: ## throw bytes at every reader of strangers' bytes (ONLY=markdown,range MINUTES=10): docs/security.md
	@MINUTES="$(MINUTES)" ONLY="$(ONLY)" bash end2end/fuzz.sh

attack: ## attack a running Lectern with other people's tools (ONLY=schemathesis,semgrep): docs/security.md
	@cargo build -p lectern
	@ONLY="$(ONLY)" bash end2end/attack/attack.sh "$(LECTERN)"

mutants: $(TOOLS)/bin/cargo-mutants ## change the rules of money and of signatures one small thing at a time: tests must notice each
	@bash end2end/mutants.sh

$(TOOLS)/bin/cargo-mutants:
	@echo "==> installing cargo-mutants (once, about three minutes)"
	@cargo install -q --locked --root "$(TOOLS)" cargo-mutants

## ---- figures ----

bench: build ## the benchmarks of docs/benchmarks.md, on the release
	@bash end2end/bench.sh

bench-compile: ## how long a developer waits for the compiler (about fifteen minutes)
	@bash end2end/compile-times.sh

## ---- pieces ----

SITE_MODE ?=
site: packages tools ## the site's files: styles, scripts, islands
	@echo "==> islands for the browser (a new machine: about four minutes)"
	@cargo build -q -p frontend --target wasm32-unknown-unknown --profile wasm-release
	@cd frontend && node build.mjs $(SITE_MODE) --wasm "$(TARGET)/wasm32-unknown-unknown/wasm-release/frontend.wasm" --wasm-bindgen "$(BINDGEN)"

tools: tools-target $(BINDGEN)

.PHONY: tools-target browser
tools-target:
	@rustup target list --installed | grep -q wasm32-unknown-unknown || rustup target add wasm32-unknown-unknown

$(BINDGEN):
	@echo "==> installing wasm-bindgen $(BINDGEN_VERSION) (once, about three minutes)"
	@# its own lock file may name a crate that a mirror does not have yet
	@cargo install -q --locked --root "$(TOOLS)" wasm-bindgen-cli@$(BINDGEN_VERSION) || cargo install -q --root "$(TOOLS)" wasm-bindgen-cli@$(BINDGEN_VERSION)

packages: frontend/node_modules/.package-lock.json

frontend/node_modules/.package-lock.json: frontend/package-lock.json
	@echo "==> installing the front end's packages"
	@cd frontend && npm ci --no-audit --no-fund --silent
	@touch $@

browser: end2end/node_modules/.package-lock.json
	@bash end2end/browser.sh

end2end/node_modules/.package-lock.json: end2end/package-lock.json
	@echo "==> installing the journeys' packages"
	@cd end2end && npm ci --no-audit --no-fund --silent
	@touch $@

clean: ## remove what was built
	@cargo clean
