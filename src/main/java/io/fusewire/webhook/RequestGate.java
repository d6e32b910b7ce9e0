package io.fusewire.webhook;

import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;

/**
 * What the HTTP server must refuse by itself, before a body is read. Requests that come before the routes run, or while
 * they stop: Vert.x would say 404, which is not so. Forms: Camel 4.18 has no switch that keeps Vert.x
 * from writing their uploads to files, before anybody is proven. And a body over the limit, whose 413 gets a JSON answer.
 */
public final class RequestGate extends SimpleEventNotifierSupport implements Handler<RoutingContext> {
    private static final int TOO_LARGE = 413;

    private final CamelContext camel;
    private final String server;
    private final BooleanSupplier open;

    /**
     * @param server the name of the HTTP server's router; it goes before all its other routes
     * @param open whether requests reach the routes
     */
    public RequestGate(CamelContext camel, String server, BooleanSupplier open) {
        this.camel = camel;
        this.server = server;
        this.open = open;
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof CamelEvent.CamelContextRoutesStartingEvent) {
            guard(VertxPlatformHttpRouter.lookup(camel, server));
        }
    }

    public void guard(Router router) {
        router.route().order(-1).handler(this).failureHandler(RequestGate::tooLarge);
    }

    @Override
    public void handle(RoutingContext request) {
        if (!open.getAsBoolean()) {
            request.response().putHeader("Retry-After", "1").putHeader("Connection", "close");
            answer(request, 503, "The gateway starts or stops; come again.");
            return;
        }
        String type =
                String.valueOf(request.request().getHeader("Content-Type")).toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/") || type.startsWith("application/x-www-form-urlencoded")) {
            answer(request, 415, "Send JSON.");
        } else {
            request.next();
        }
    }

    private static void tooLarge(RoutingContext request) {
        if (request.statusCode() == TOO_LARGE) {
            answer(request, TOO_LARGE, "The body is too large.");
        } else {
            request.next();
        }
    }

    private static void answer(RoutingContext request, int status, String sentence) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end("{\"error\":\"" + sentence + "\"}");
    }

    /**
     * Turns requests away with 503 while too much is in flight: Vert.x's queue in front of its workers has no bound of its
     * own. Runs on the event loop, so a full house still answers at once. Thread-safe.
     */
    public static final class InFlightLimit implements Handler<RoutingContext> {
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
}
