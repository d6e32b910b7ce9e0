package io.fusewire.harness;

import java.nio.file.Path;

/**
 * What a run was asked for.
 *
 * @param repository the folder of the project
 * @param work where processes leave their logs and stores
 * @param seed of every random choice
 * @param events how many are sent in a scenario
 * @param isShort whether faults are few and brief
 */
record RunOptions(Path repository, Path work, long seed, int events, boolean isShort) {

    Path jar() {
        return repository.resolve("target/fusewire.jar");
    }

    /** A figure of the full form, or of the short one. */
    int of(int full, int brief) {
        return isShort ? brief : full;
    }
}
