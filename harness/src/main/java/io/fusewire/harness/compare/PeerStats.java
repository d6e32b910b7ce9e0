package io.fusewire.harness.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;

/**
 * What a peer says of itself.
 *
 * @param done events whose rules have run and whose alerts were delivered
 * @param waiting those that were answered 200 and are not done
 */
record PeerStats(long done, long waiting) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static PeerStats of(URI page) throws IOException {
        JsonNode stats = JSON.readTree(SystemProcess.get(page).body());
        return new PeerStats(stats.path("done").asLong(), stats.path("waiting").asLong());
    }
}
