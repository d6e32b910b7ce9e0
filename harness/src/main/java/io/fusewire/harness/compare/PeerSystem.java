package io.fusewire.harness.compare;

import java.io.IOException;
import java.net.URI;

/** A peer: it tells its figures on a page of its own. */
abstract class PeerSystem extends LocalSystem {
    PeerSystem() throws IOException {}

    /** Where {@link PeerStats} are read. */
    abstract URI stats();

    @Override
    public long decided() throws IOException {
        return PeerStats.of(stats()).done();
    }

    @Override
    public long pending() throws IOException {
        return PeerStats.of(stats()).waiting();
    }
}
