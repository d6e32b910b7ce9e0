package io.fusewire.webhook;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What an HTTP server of ours refuses by itself, before a body is read: who comes before the routes run, or while they stop;
 * forms, which Vert.x would write to files; what is malformed or too large. And what it bounds: connections, how long one may
 * keep us waiting, what all bodies cost. Where room is short, slow senders give way. Runs on event loops; thread-safe.
 */
public final class RequestGate implements Handler<RoutingContext> {
    private static final long HURRY = 1_000_000_000L;
    private static final long HURRY_EVERY = HURRY / 10;

    final HttpLimits limits;
    final BooleanSupplier open;
    final Consumer<String> refused;
    private final Predicate<RoutingContext> first;
    private final Map<HttpConnection, Connection> connections = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean leaving;
    private volatile long fullSince;
    private volatile long hurriedAt = System.nanoTime() - HURRY_EVERY;

    /**
     * @param open whether requests reach the routes
     * @param refused hears in a word why a request was refused here
     * @param first what is asked before anything else; answers what may not go on
     */
    public RequestGate(
            HttpLimits limits, BooleanSupplier open, Consumer<String> refused, Predicate<RoutingContext> first) {
        this.limits = limits;
        this.open = open;
        this.refused = refused;
        this.first = first;
    }

    /** One that load balancers ask whether events are taken. */
    public RequestGate(HttpLimits limits, BooleanSupplier open, Consumer<String> refused, ReadinessProbe probe) {
        this(
                limits,
                open,
                refused,
                context -> !ReadinessProbe.PATHS.contains(context.request().path()) || probe.answers(context));
    }

    /** From now on each answer asks for connections to be made elsewhere. */
    public void leave() {
        leaving = true;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpConnection socket = context.request().connection();
        Connection connection = connections.get(socket);
        if (connection == null) {
            // It was ended, from another event loop, while its request was on the way to here.
            socket.close();
            return;
        }
        connection.begins(context);
        if (leaving || !open.getAsBoolean()) {
            context.response().putHeader("Connection", "close");
        }
        if (first.test(context)) {
            EventLoopConsumer.read(context, connection, this);
        }
    }

    /** Answers, where nobody has yet. */
    void refuse(HttpServerResponse response, int status, String outcome, String sentence) {
        if (!response.headWritten() && !response.closed()) {
            refused.accept(outcome);
            if (status == 503) {
                response.putHeader("Retry-After", "1");
            }
            response.setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .end("{\"error\":\"" + sentence + "\"}");
        }
    }

    void opened(HttpConnection socket) {
        if (connections.size() >= limits.connections) {
            hurry(HURRY_EVERY);
        }
        if (connections.size() >= limits.connections) {
            refused.accept("too_many_connections");
            socket.close();
            return;
        }
        Connection one = new Connection(socket);
        connections.put(socket, one);
        socket.closeHandler(gone -> {
            connections.remove(socket);
            one.leave(one.request);
        });
    }

    void turn(long timer) {
        connections.values().forEach(one -> one.endIfLate(limits.idle, limits.bodyTime));
    }

    /** For how long requests have been turned away because too much is in flight; zero while there is room. */
    public Duration fullFor() {
        boolean full = bytes.get() > limits.inFlight || requests.get() > limits.requests;
        return full ? Duration.ofNanos(System.nanoTime() - fullSince) : Duration.ZERO;
    }

    private void hurry(long idle) {
        if (System.nanoTime() - hurriedAt >= HURRY_EVERY) {
            hurriedAt = System.nanoTime();
            connections.values().forEach(one -> one.endIfLate(idle, HURRY));
        }
    }

    /** With at most one request at a time. */
    final class Connection {
        private final HttpConnection socket;
        private final Context loop = Vertx.currentContext();
        private long since = System.nanoTime();
        private long held;
        private boolean whole;
        private volatile RoutingContext request;

        private Connection(HttpConnection socket) {
            this.socket = socket;
        }

        private synchronized void begins(RoutingContext begun) {
            request = begun;
            since = System.nanoTime();
            // Left when the answer begins, so that its sender finds room for the next request, or when it hangs up.
            begun.addHeadersEndHandler(answering -> leave(begun));
            begun.addEndHandler(done -> leave(begun));
        }

        /** Whether there is room for so many bytes more; false, too, when the request has ended meanwhile. */
        boolean takes(RoutingContext of, long more) {
            synchronized (this) {
                if (request != of) {
                    return false;
                }
                held += more;
                bytes.addAndGet(more);
            }
            if (bytes.get() > limits.inFlight) {
                // Who is between two requests holds none, and may be about to send the next.
                hurry(limits.idle);
            }
            return bytes.get() <= limits.inFlight;
        }

        /** Its body is in; whether so many may be in flight. */
        synchronized boolean isWhole(RoutingContext of) {
            whole = request == of;
            boolean fits = whole && requests.incrementAndGet() <= limits.requests;
            fullSince = fits ? System.nanoTime() : fullSince;
            return fits;
        }

        synchronized void leave(RoutingContext ended) {
            if (ended != null && request == ended) {
                bytes.addAndGet(-held);
                requests.addAndGet(whole ? -1 : 0);
                held = 0;
                whole = false;
                request = null;
                since = System.nanoTime();
            }
        }

        private synchronized void endIfLate(long idle, long bodyTime) {
            RoutingContext late = request;
            if (!whole && System.nanoTime() - since > (late == null ? idle : bodyTime)) {
                leave(late);
                connections.remove(socket);
                loop.runOnContext(then -> {
                    if (late != null) {
                        refuse(late.response(), 408, "too_slow", "The body came too slowly.");
                    }
                    socket.close();
                });
            }
        }
    }
}
