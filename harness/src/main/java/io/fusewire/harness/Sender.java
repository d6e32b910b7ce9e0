package io.fusewire.harness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Posts events at a steady rate over many connections, signed as Langfuse signs, and notes every answer. What was not
 * answered 200 is posted again, to the next gateway.
 */
final class Sender implements AutoCloseable {
    private static final int CONNECTIONS = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int BETWEEN_POSTS_MILLIS = 100;

    private final Ledger ledger;
    private final List<URI> doors;
    private final int posts;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    private final AtomicInteger next = new AtomicInteger();
    private volatile boolean stopped;

    /** @param posts how often an event is posted at most, until it is answered 200 */
    Sender(Ledger ledger, List<URI> doors, int posts) {
        this.ledger = ledger;
        this.doors = doors;
        this.posts = posts;
    }

    /**
     * Begins to send.
     *
     * @param events the event for each number from 0 on
     * @param copies how often each is sent, at once
     * @param perSecond posts a second
     */
    void start(IntFunction<Event> events, int count, int copies, int perSecond) {
        long began = System.nanoTime();
        for (int i = 0; i < CONNECTIONS; i++) {
            threads.execute(() -> {
                for (int turn = next.getAndIncrement();
                        turn < count * copies && !stopped;
                        turn = next.getAndIncrement()) {
                    awaitTurn(began, turn, perSecond);
                    deliver(events.apply(turn / copies), turn);
                }
            });
        }
        threads.shutdown();
    }

    /** How many posts were begun. */
    int sent() {
        return next.get();
    }

    boolean isDone() {
        return threads.isTerminated();
    }

    private void awaitTurn(long began, int turn, int perSecond) {
        pause(began + TimeUnit.SECONDS.toNanos(1) * turn / perSecond - System.nanoTime());
    }

    private void deliver(Event event, int turn) {
        for (int post = 1; post <= posts && !stopped; post++) {
            if (post(event, doors.get((turn + post) % doors.size()))) {
                ledger.accepted(event, post);
                return;
            }
            pause(TimeUnit.MILLISECONDS.toNanos(BETWEEN_POSTS_MILLIS));
        }
        ledger.unanswered(event);
    }

    private boolean post(Event event, URI door) {
        try {
            byte[] body = event.body().getBytes(StandardCharsets.UTF_8);
            HttpRequest request = Signer.request(door, body).timeout(PATIENCE).build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            boolean duplicate = answer.body().contains("duplicate");
            ledger.outcome(answer.statusCode() + (duplicate ? " duplicate" : ""));
            return answer.statusCode() == 200;
        } catch (IOException e) {
            ledger.outcome("no answer");
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void pause(long nanos) {
        try {
            if (nanos > 0) {
                TimeUnit.NANOSECONDS.sleep(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdownNow();
    }
}
