package io.fusewire.harness.compare;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** A design that takes the same signed events in, in processes of its own. Constructed, it has been told to start. */
interface SystemUnderTest extends AutoCloseable {

    /** Where events are posted. */
    URI webhookUrl();

    /** {@link System#nanoTime} when the process that takes events was started. */
    long startedAt();

    /** Waits until it takes events, and can tell the two figures below. */
    void awaitReady() throws IOException, InterruptedException;

    /** Events whose rules have run since the start. */
    long decided() throws IOException;

    /** Events that were answered 200 and whose rules have not run yet, and alerts that are not delivered. */
    long pending() throws IOException;

    /** The processes that are stopped while others are measured. */
    List<Long> processes();

    /** The processes whose time and memory count: its database's too. */
    default List<Long> accounted() throws IOException {
        return processes();
    }

    @Override
    void close() throws IOException;
}
