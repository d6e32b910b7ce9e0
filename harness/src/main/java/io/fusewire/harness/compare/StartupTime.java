package io.fusewire.harness.compare;

import io.fusewire.harness.Signer;
import io.fusewire.harness.Waiting;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The time from a process's start to the first event that it accepts: the same post, again and again. */
final class StartupTime {
    private static final double RETRY_SECONDS = 0.005;
    private static final double TIMEOUT_SECONDS = 60;

    private StartupTime() {}

    /** Seconds. */
    static double of(SystemUnderTest system) throws InterruptedException {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        while (!accepts(http, system)) {
            if (seconds(system) > TIMEOUT_SECONDS) {
                throw new IllegalStateException(system.webhookUrl() + " accepts nothing");
            }
            Waiting.pause(RETRY_SECONDS);
        }
        return seconds(system);
    }

    private static double seconds(SystemUnderTest system) {
        return (System.nanoTime() - system.startedAt()) / 1e9;
    }

    private static boolean accepts(HttpClient http, SystemUnderTest system) throws InterruptedException {
        String event =
                "{\"event\":\"trace.created\",\"timestamp\":\"%s\",\"data\":{\"projectId\":\"p1\",\"traceId\":\"first\"}}"
                        .formatted(Instant.now());
        try {
            return http.send(
                                    Signer.request(system.webhookUrl(), event.getBytes(StandardCharsets.UTF_8))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
