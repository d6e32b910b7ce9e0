# The commands that people use daily. `make help` lists them.
EVENT ?= examples/events/trace-error.json
JAVA  ?= java

.PHONY: help build run send status events dead-letters silence test format clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## / - /'

build: ## the runnable jar, without tests
	mvn -q -DskipTests package

run: build ## the gateway with the dev profile
	$(JAVA) -Dcamel.main.profile=dev -jar target/fusewire.jar

send: ## signs EVENT=file and posts it to the running gateway
	$(JAVA) -Dcamel.main.profile=dev -jar target/fusewire.jar send $(EVENT)

status: ## how the running gateway does
	$(JAVA) -Dcamel.main.profile=dev -jar target/fusewire.jar status

events: ## the newest events in the store, and what became of each
	$(JAVA) -Dcamel.main.profile=dev -jar target/fusewire.jar events

dead-letters: ## the dead letters of the running gateway
	$(JAVA) -Dcamel.main.profile=dev -jar target/fusewire.jar dead-letters

silence: ## the silences of the running gateway
	$(JAVA) -Dcamel.main.profile=dev -jar target/fusewire.jar silence

test: ## all tests, and the harness's short form
	mvn -B install && mvn -B -f harness verify && mvn -B -f examples verify

format: ## formats the Java code (with JDK 17)
	mvn -q spotless:apply && mvn -q -f harness spotless:apply

clean: ## forgets what was built; the store in data/ stays
	mvn -q clean && mvn -q -f examples clean
