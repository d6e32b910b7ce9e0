package io.fusewire.harness.compare;

import java.nio.file.Path;

/**
 * What all contestants stand on.
 *
 * @param repository the project's folder
 * @param work where logs and stores go
 */
record Ground(Path repository, Path work, FastSinks sinks) {
    String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
