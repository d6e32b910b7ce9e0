package io.fusewire.harness;

import java.util.Set;

/**
 * One way to break a gateway, and what must hold all the same.
 *
 * @param promise what is shown, in a line
 * @param stores where it applies
 * @param inShort where the short form has it too
 */
record Scenario(String name, String promise, Set<Store> stores, Set<Store> inShort, Play play) {

    Set<Store> stores(boolean isShort) {
        return isShort ? inShort : stores;
    }

    /** What happens on the stage. */
    interface Play {
        /** @throws Exception when the promise is broken in a way that no ledger shows */
        void on(Stage stage) throws Exception;
    }

    /** Thrown by a play that this machine can't show, with what it lacks. */
    static final class Skipped extends Exception {
        private static final long serialVersionUID = 1L;

        Skipped(String why) {
            super(why);
        }
    }
}
