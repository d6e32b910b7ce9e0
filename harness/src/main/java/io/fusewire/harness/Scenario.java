package io.fusewire.harness;

import java.util.Set;

/**
 * One way to break a gateway, and what must hold all the same.
 *
 * @param promise what is shown, in a line
 * @param stores where it applies
 * @param inShort where the short form has it too
 * @param alone whether it compares times, and so must not share the machine with other scenarios
 */
record Scenario(
        String name, String promise, Set<StoreKind> stores, Set<StoreKind> inShort, Steps steps, boolean alone) {

    /** One that may run beside others. */
    Scenario(String name, String promise, Set<StoreKind> stores, Set<StoreKind> inShort, Steps steps) {
        this(name, promise, stores, inShort, steps, false);
    }

    Scenario runAlone() {
        return new Scenario(name, promise, stores, inShort, steps, true);
    }

    Set<StoreKind> stores(boolean isShort) {
        return isShort ? inShort : stores;
    }

    /** What is done. */
    interface Steps {
        /** @throws Exception when the promise is broken in a way that the history does not show */
        void run(ScenarioContext context) throws Exception;
    }

    /** Thrown by a scenario that this machine can't show, with what it lacks. */
    static final class Skipped extends Exception {
        private static final long serialVersionUID = 1L;

        Skipped(String why) {
            super(why);
        }
    }
}
