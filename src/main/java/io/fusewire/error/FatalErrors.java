package io.fusewire.error;

/** What a worker that outlives every error must not outlive. Thread-safe. */
public final class FatalErrors {
    private static final int DEEPEST = 50;

    private FatalErrors() {}

    /**
     * Hands an error of the virtual machine itself, above all an OutOfMemoryError, to the thread's handler of uncaught
     * ones, whoever caught or wrapped it. The program's ends the process; what a host's does is the host's affair. A
     * StackOverflowError is the fault of what ran, and is none of these.
     */
    public static void escalate(Throwable thrown) {
        Throwable each = thrown;
        for (int depth = 0; each != null && depth < DEEPEST; depth++) {
            if (each instanceof VirtualMachineError && !(each instanceof StackOverflowError)) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, each);
                return;
            }
            each = each.getCause();
        }
    }
}
