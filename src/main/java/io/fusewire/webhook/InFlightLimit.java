package io.fusewire.webhook;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Turns requests away with 503 while too much is in flight: Vert.x's queue in front of its workers has no bound of its
 * own. Runs on the event loop, so a full house still answers at once. Thread-safe.
 */
public final class InFlightLimit implements Handler<RoutingContext> {
    private final int requests;
    private final long bytes;
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong bytesInHand = new AtomicLong();

    /**
     * @param requests the most requests at once
     * @param bytes the most bytes of their bodies at once
     */
    public InFlightLimit(int requests, long bytes) {
        this.requests = requests;
        this.bytes = bytes;
    }

    @Override
    public void handle(RoutingContext request) {
        long size = request.body() == null ? 0 : Math.max(0, request.body().length());
        boolean fits = inFlight.incrementAndGet() <= requests & bytesInHand.addAndGet(size) <= bytes;
        AtomicBoolean left = new AtomicBoolean();
        request.addHeadersEndHandler(answering -> leave(left, size));
        request.addEndHandler(done -> leave(left, size));
        if (fits) {
            request.next();
        } else {
            request.response()
                    .setStatusCode(503)
                    .putHeader("Retry-After", "1")
                    .putHeader("Content-Type", "application/json")
                    .end("{\"error\":\"Too much is in hand; come again.\"}");
        }
    }

    /** Once: when the answer begins, so that its sender finds room for the next request, or when the sender hangs up. */
    private void leave(AtomicBoolean left, long size) {
        if (left.compareAndSet(false, true)) {
            inFlight.decrementAndGet();
            bytesInHand.addAndGet(-size);
        }
    }
}
