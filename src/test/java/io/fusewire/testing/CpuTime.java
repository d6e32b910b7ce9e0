package io.fusewire.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/** A bound on what work may cost its own thread. What else the machine does meanwhile doesn't count. */
public final class CpuTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** What is measured. */
    public interface Work<T, E extends Exception> {
        T done() throws E;
    }

    private CpuTime() {}

    /** What the work gives; it fails when it took longer. */
    public static <T, E extends Exception> T within(Duration bound, Work<T, E> work) throws E {
        long began = THREADS.getCurrentThreadCpuTime();
        T given = work.done();
        assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - began)).isLessThan(bound);
        return given;
    }
}
