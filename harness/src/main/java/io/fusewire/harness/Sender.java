package io.fusewire.harness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Posts events at a steady rate over many connections, signed as Langfuse signs, and notes every answer. What was not
 * answered 200 is posted again: at once to the next gateway, as a load balancer does, and after a pause once all have
 * been asked. A recovery is sent once its alert was answered 200.
 */
final class Sender implements AutoCloseable {
    private static final int CONNECTIONS = 32;

    /** As Langfuse's own (LANGFUSE_WEBHOOK_TIMEOUT_MS). */
    static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);

    private static final int BETWEEN_ROUNDS_MILLIS = 200;
    private static final int POLL_INTERVAL_MILLIS = 5;

    private final History history;
    private final List<URI> urls;
    private final int posts;
    private final Duration timeout;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    private final AtomicInteger next = new AtomicInteger();
    private final Set<Integer> inFlight = ConcurrentHashMap.newKeySet();
    private volatile boolean enough;
    private volatile boolean stopped;

    /**
     * @param posts how often an event is posted at most, until it is answered 200
     * @param timeout how long it waits for an answer
     */
    Sender(History history, List<URI> urls, int posts, Duration timeout) {
        this.history = history;
        this.urls = urls;
        this.posts = posts;
        this.timeout = timeout;
    }

    /**
     * Begins to send.
     *
     * @param events the event for each number from 0 on
     * @param copies how often each is sent, at once
     * @param perSecond posts a second
     */
    void start(IntFunction<SampleEvent> events, int count, int copies, int perSecond) {
        long began = System.nanoTime();
        for (int i = 0; i < CONNECTIONS; i++) {
            threads.execute(() -> {
                for (int number = next.getAndIncrement();
                        number < count * copies && !enough && !stopped;
                        number = next.getAndIncrement()) {
                    awaitStart(began, number, perSecond);
                    SampleEvent event = events.apply(number / copies);
                    if (awaitAnswerBefore(event)) {
                        inFlight.add(number);
                        deliver(event, number);
                        inFlight.remove(number);
                    }
                }
            });
        }
        threads.shutdown();
    }

    /** Begins no further event; those that were begun are sent to their end. */
    void enough() {
        enough = true;
    }

    /** Waits until each event that is being posted at this moment was answered, or given up. */
    void awaitInFlight() throws InterruptedException {
        Set<Integer> now = Set.copyOf(inFlight);
        Waiting.until("what was in flight is answered", 60, () -> Collections.disjoint(inFlight, now));
    }

    /** How many posts were begun. */
    int sent() {
        return next.get();
    }

    boolean isDone() {
        return threads.isTerminated();
    }

    private void awaitStart(long began, int number, int perSecond) {
        pause(began + TimeUnit.SECONDS.toNanos(1) * number / perSecond - System.nanoTime());
    }

    /** False when it never will be: this event must not be sent then. */
    private boolean awaitAnswerBefore(SampleEvent event) {
        while (!event.after().map(history::isAccepted).orElse(true)) {
            if (stopped || event.after().map(history::isGivenUp).orElse(false)) {
                return false;
            }
            pause(TimeUnit.MILLISECONDS.toNanos(POLL_INTERVAL_MILLIS));
        }
        return true;
    }

    private void deliver(SampleEvent event, int number) {
        List<String> outcomes = new ArrayList<>();
        for (int post = 1; post <= posts && !stopped; post++) {
            int gateway = (number + post) % urls.size();
            long began = System.nanoTime();
            String outcome = post(event, urls.get(gateway));
            history.outcome(outcome);
            if (outcome.startsWith("200")) {
                history.accepted(event, post);
                return;
            }
            outcomes.add(
                    "%s of gateway %d after %.3f s".formatted(outcome, gateway + 1, (System.nanoTime() - began) / 1e9));
            if (post % urls.size() == 0) {
                pause(TimeUnit.MILLISECONDS.toNanos(BETWEEN_ROUNDS_MILLIS));
            }
        }
        history.unanswered(event, outcomes);
    }

    /** What came of it: the status, or that none came. */
    private String post(SampleEvent event, URI url) {
        try {
            byte[] body = event.body().getBytes(StandardCharsets.UTF_8);
            HttpRequest request = Signer.request(url, body).timeout(timeout).build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            boolean duplicate = answer.body().contains("duplicate");
            return answer.statusCode() + (duplicate ? " duplicate" : "");
        } catch (IOException e) {
            return "no answer";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "no answer";
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
