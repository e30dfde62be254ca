# `make` alone says what there is.

PORT ?= 8080
DATA ?= data
TENANTS ?= tenants
FRESH ?=
FILTER ?=
BENCH ?=
FUZZ ?=
SECONDS ?= 60
LIVES ?= 100

SHELL := /bin/sh
SWIFT := swift
# One target may only import what Package.swift names for it; SwiftPM checks it when asked.
ARROWS := --explicit-target-dependency-import-check error
SOURCES := Package.swift Sources Plugins Tests
# The tests of what holds unsafe code; nothing else is built for them.
SANITIZED ?= HTTPServerTests,DatabaseTests,CryptoTests,WorkersTests

.DEFAULT_GOAL := help
.PHONY: help deps run test lint bench docs fuzz chaos sanitize dist clean

help: ## Shows this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

deps: ## Installs the Debian packages that are missing (with sudo when not root)
	@.ci/deps run test bench

run: ## Builds the release and serves the demo (PORT=8080, FRESH=1 starts with no data)
	@.ci/deps run
	@$(SWIFT) build -c release --product portico
	@$(if $(FRESH),rm -rf -- "$(DATA)",:)
	@exec .build/release/portico serve --demo --tenants "$(TENANTS)" --data "$(DATA)" --port $(PORT)

test: ## Builds and runs every test (FILTER=HostTests runs some); ends in "N passed, N failed"
	@.ci/deps run test
	@$(SWIFT) build --build-tests $(ARROWS)
	@.ci/test $(if $(FILTER),--filter '$(FILTER)')

lint: ## Checks format, warnings of the release build, the list of plugins, and the documents
	@.ci/deps run
	@$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)
	@.ci/check
	@.ci/release-build $(ARROWS)

bench: ## Measures against the C baseline (BENCH=--quick takes a minute)
	@.ci/deps run bench
	@python3 Benchmarks/bench.py $(BENCH)

docs: ## Writes the reference of PluginAPI to .build/docs
	@.ci/deps run
	@.ci/reference

fuzz: ## Fuzzes one target, or each in turn (FUZZ=request SECONDS=60); what fails goes to Fuzz/Corpus
	@.ci/deps run
	@Fuzz/build
	@.ci/fuzz --seconds $(SECONDS) $(FUZZ)

chaos: ## Kills the program at random points while clients send (LIVES=100), and looks whether a promise was broken
	@.ci/deps run test
	@export PORTICO_TESTS=EndToEndTests PORTICO_CHAOS_LIVES=$(LIVES); \
		$(SWIFT) build --build-tests && .ci/test --filter 'Kills_at_random_points'

sanitize: ## Runs the tests of what holds unsafe code under the address and the thread sanitizer
	@.ci/deps run test
	@echo "Address sanitizer"
	@export PORTICO_TESTS=$(SANITIZED) ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no; \
		$(SWIFT) build --product porticoPackageTests --sanitize=address --scratch-path .build/address && \
		.ci/test --sanitize=address --scratch-path .build/address --filter '.*'
	@echo "Thread sanitizer"
	@export PORTICO_TESTS=$(SANITIZED) TSAN_OPTIONS="suppressions=$(CURDIR)/.ci/thread-sanitizer.txt" \
		SWIFT_BACKTRACE=enable=no; \
		$(SWIFT) build --product porticoPackageTests --sanitize=thread --scratch-path .build/thread && \
		.ci/test --sanitize=thread --scratch-path .build/thread --filter '.*'

dist: ## Packs the binary, with the Swift library inside, into dist/
	@.ci/deps run
	@.ci/dist

clean: ## Removes what was built; never the data
	@rm -rf .build dist
