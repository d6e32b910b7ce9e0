package io.fusewire.runtime;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Says each line once, however often a gateway starts in this process. Thread-safe. */
public final class ToldOnce {
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    void tell(String line, Consumer<String> log) {
        if (told.add(line)) {
            log.accept(line);
        }
    }
}
