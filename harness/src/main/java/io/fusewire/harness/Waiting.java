package io.fusewire.harness;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for what the processes do. */
public final class Waiting {
    private static final int POLL_INTERVAL_MILLIS = 50;

    private Waiting() {}

    /** @throws IllegalStateException when it did not come within so many seconds */
    public static void until(String what, int seconds, Callable<Boolean> condition) throws InterruptedException {
        if (!within(seconds, condition)) {
            throw new IllegalStateException("after " + seconds + " s it isn't so that " + what);
        }
    }

    /** False when it did not come within so many seconds. */
    public static boolean within(int seconds, Callable<Boolean> condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!holds(condition)) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL_MILLIS);
        }
        return true;
    }

    /** The time that a fault lasts. */
    public static void pause(double seconds) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep((long) (seconds * 1_000));
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
