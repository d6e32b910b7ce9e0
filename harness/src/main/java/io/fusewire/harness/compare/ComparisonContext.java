package io.fusewire.harness.compare;

import java.nio.file.Path;

/**
 * What all systems have in common.
 *
 * @param repository the project's folder
 * @param work where logs and stores go
 */
record ComparisonContext(Path repository, Path work, FastSinks sinks) {
    String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
