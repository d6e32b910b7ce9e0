package io.fusewire.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells what may happen a thousand times a second: the first time at once, and then at most once a minute, with how often.
 * Thread-safe; each time costs a look-up.
 */
public final class RateLimitedLog {
    private static final long EVERY = Duration.ofMinutes(1).toNanos();

    /** Further ones are told as one: somebody may invent them. */
    private static final int MOST = 500;

    private static final class Line {
        private long untold;
        private long toldAt;
    }

    private final Consumer<String> log;
    private final LongSupplier nanos;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();

    /**
     * @param log takes a line
     * @param nanos runs evenly, as {@link System#nanoTime()} does
     */
    public RateLimitedLog(Consumer<String> log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    /** It happened once. The text says what, on one line, without a full stop, and is the same each time. */
    public void add(String what) {
        String text = lines.size() < MOST || lines.containsKey(what) ? what : "And more, of too many kinds to tell";
        Line line = lines.computeIfAbsent(text, first -> {
            Line none = new Line();
            none.toldAt = nanos.getAsLong() - EVERY;
            return none;
        });
        tell(text, line, 1);
    }

    /** Tells what has happened since its minute began, where that is over. To be called every few seconds. */
    public void flush() {
        lines.forEach((text, line) -> tell(text, line, 0));
    }

    private void tell(String text, Line line, int more) {
        long count;
        synchronized (line) {
            line.untold += more;
            count = line.untold;
            if (count == 0 || nanos.getAsLong() - line.toldAt < EVERY) {
                return;
            }
            line.untold = 0;
            line.toldAt = nanos.getAsLong();
        }
        log.accept(count == 1 ? text + "." : text + " (" + count + " times within a minute).");
    }
}
