package io.fusewire.poll.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;

/**
 * A poll, as the properties {@code fusewire.poll.<name>.…} describe it.
 *
 * @param base the address of Langfuse, without a slash at its end
 * @param publicKey of the project; treated as a secret
 * @param secretKey of the project; a secret
 * @param source the name of the source that its events have
 * @param fetch what it asks for
 * @param interval from one look at a feed to the next
 * @param overlap how far back each look goes, for rows that come late
 * @param lookback how far back the first look ever goes
 * @param sweepEvery between two deep sweeps
 * @param sweepBack how far back they go
 * @param requestsPerMinute the most; half of it for observations of old servers, whose limit is half
 */
public record PollSettings(
        String name,
        URI base,
        String publicKey,
        String secretKey,
        String source,
        Set<Feed> fetch,
        Duration interval,
        Duration overlap,
        Duration lookback,
        Duration sweepEvery,
        Duration sweepBack,
        int requestsPerMinute) {

    /** What goes into the header {@code Authorization}: a secret. */
    public static String authorization(String publicKey, String secretKey) {
        byte[] both = (publicKey + ":" + secretKey).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    /** The name of one of its properties, for a sentence. */
    String property(String last) {
        return "fusewire.poll." + name + "." + last;
    }

    /** Without the keys. */
    @Override
    public String toString() {
        return "poll " + name + " of " + base;
    }
}
