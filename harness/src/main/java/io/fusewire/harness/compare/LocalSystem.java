package io.fusewire.harness.compare;

import io.fusewire.harness.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** One whose processes run on this machine; one of them takes the events, at a port of its own. */
abstract class LocalSystem implements SystemUnderTest {
    final int port;

    LocalSystem() throws IOException {
        port = FreePorts.free();
    }

    /** The process that takes the events. */
    abstract SystemProcess server();

    @Override
    public URI webhookUrl() {
        return URI.create("http://127.0.0.1:" + port + "/webhooks/langfuse");
    }

    @Override
    public long startedAt() {
        return server().startedAt();
    }

    @Override
    public List<Long> processes() {
        return List.of(server().pid());
    }
}
