package io.fusewire.harness.compare;

import java.nio.file.Path;

/**
 * What all contestants stand on.
 *
 * @param repository the project's folder
 * @param work where logs and stores go
 */
record Ground(Path repository, Path work, FastSinks sinks) {
    static final String SECRET = "lf-whsec_secret-of-the-harness-0123456789";

    String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
