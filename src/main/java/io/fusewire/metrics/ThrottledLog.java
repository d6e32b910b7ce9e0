package io.fusewire.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Says in the log what may happen a thousand times a second: for each cause one line a minute at most, with how often. Whoever
 * has it calls {@link #tell} about once a second. Thread-safe.
 */
public final class ThrottledLog {
    private static final long BETWEEN = Duration.ofMinutes(1).toNanos();

    /** Causes at one time; what comes beside them shares a line. */
    private static final int MOST = 200;

    private static final String OTHERS = "Other causes";

    private final Consumer<String> lines;
    private final LongSupplier nanos;
    private final Map<String, Cause> causes = new ConcurrentHashMap<>();

    /** What happened since it was told last; used under the map's lock for its name. */
    private static final class Cause {
        private long count;
        private Long toldAt;

        /** The end of a line; null where there is none to write now. */
        private String told(long now) {
            if (count == 0 || toldAt != null && now - toldAt < BETWEEN) {
                return null;
            }
            String times = count == 1
                    ? ""
                    : " (" + count + " times" + (toldAt == null ? ")" : " in the last " + seconds(now) + " s)");
            String end = times + ".";
            count = 0;
            toldAt = now;
            return end;
        }

        private boolean isOver(long now) {
            return count == 0 && now - toldAt >= BETWEEN;
        }

        private long seconds(long now) {
            return Duration.ofNanos(now - toldAt).toSeconds();
        }
    }

    /**
     * @param lines takes each line
     * @param nanos runs evenly, as {@link System#nanoTime()} does
     */
    public ThrottledLog(Consumer<String> lines, LongSupplier nanos) {
        this.lines = lines;
        this.nanos = nanos;
    }

    /**
     * It happened so many times more. Does not wait.
     *
     * @param cause what happened and why, as a line begins; holds nothing that a stranger chose
     */
    public void count(String cause, long times) {
        String known = causes.size() < MOST || causes.containsKey(cause) ? cause : OTHERS;
        causes.compute(known, (name, before) -> {
            Cause same = before == null ? new Cause() : before;
            same.count += times;
            return same;
        });
    }

    /** Writes a line for each cause that is new, or was told a minute ago and happened since. */
    public void tell() {
        long now = nanos.getAsLong();
        for (String name : causes.keySet()) {
            causes.computeIfPresent(name, (same, cause) -> {
                String end = cause.told(now);
                if (end != null) {
                    lines.accept(name + end);
                }
                return cause.isOver(now) ? null : cause;
            });
        }
    }
}
