package io.fusewire.harness.compare;

import io.fusewire.harness.Signer;
import io.fusewire.harness.Waiting;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The time from a process's start to the first event that it accepts: the same post, again and again. */
final class FirstEvent {
    private static final double LOOK_AGAIN_SECONDS = 0.005;
    private static final double PATIENCE_SECONDS = 60;

    private FirstEvent() {}

    /** Seconds. */
    static double of(Contestant contestant) throws InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        while (!accepts(http, contestant)) {
            if (seconds(contestant) > PATIENCE_SECONDS) {
                throw new IllegalStateException(contestant.door() + " accepts nothing");
            }
            Waiting.pause(LOOK_AGAIN_SECONDS);
        }
        return seconds(contestant);
    }

    private static double seconds(Contestant contestant) {
        return (System.nanoTime() - contestant.startedAt()) / 1e9;
    }

    private static boolean accepts(HttpClient http, Contestant contestant) throws InterruptedException {
        String event =
                "{\"event\":\"trace.created\",\"timestamp\":\"%s\",\"data\":{\"projectId\":\"p1\",\"traceId\":\"first\"}}"
                        .formatted(Instant.now());
        try {
            return http.send(
                                    Signer.request(contestant.door(), event.getBytes(StandardCharsets.UTF_8))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
