package io.fusewire.runtime;

/** A step of a start, within a listener of Camel's that may throw nothing that is checked. */
@FunctionalInterface
interface StartStep {
    void run() throws Exception;

    /** @throws RuntimeException what the step throws, wrapped where it is checked */
    static void unchecked(StartStep step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
