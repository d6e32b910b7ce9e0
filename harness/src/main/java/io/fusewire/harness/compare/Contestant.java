package io.fusewire.harness.compare;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** A design that takes the same signed events in, in processes of its own. */
interface Contestant extends AutoCloseable {

    /** Where events are posted. */
    URI door();

    /** Events whose rules have run since the start. */
    long decided() throws IOException;

    /** Events that were answered 200 and whose rules have not run yet. */
    long waiting() throws IOException;

    /** The processes whose time and memory count. */
    List<Long> processes();

    @Override
    void close() throws IOException;
}
