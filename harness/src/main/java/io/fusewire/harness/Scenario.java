package io.fusewire.harness;

import java.util.Set;

/**
 * One way to break a gateway, and what must hold all the same.
 *
 * @param promise what is shown, in a line
 * @param stores where it applies
 * @param inShort where the short form has it too
 */
record Scenario(String name, String promise, Set<StoreKind> stores, Set<StoreKind> inShort, Steps steps) {

    Set<StoreKind> stores(boolean isShort) {
        return isShort ? inShort : stores;
    }

    /** What happens on the context. */
    interface Steps {
        /** @throws Exception when the promise is broken in a way that no history shows */
        void run(ScenarioContext context) throws Exception;
    }

    /** Thrown by a play that this machine can't show, with what it lacks. */
    static final class Skipped extends Exception {
        private static final long serialVersionUID = 1L;

        Skipped(String why) {
            super(why);
        }
    }
}
