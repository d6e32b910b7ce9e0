package io.fusewire.harness.compare;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

/** Slack and PagerDuty that take everything at once, the same for all systems. */
final class FastSinks implements AutoCloseable {
    static final String ROUTING_KEY = "0123456789abcdef0123456789abcdef";
    private static final String SLACK = "/services/T0001/B0001/comparison";
    private static final String PAGERDUTY = "/v2/enqueue";

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    FastSinks() {
        server = vertx.createHttpServer()
                .requestHandler(FastSinks::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static void answer(HttpServerRequest request) {
        switch (request.path()) {
            case SLACK -> request.response().end("ok");
            case PAGERDUTY -> request.response().setStatusCode(202).end("{\"status\":\"success\"}");
            default -> request.response().setStatusCode(404).end();
        }
    }

    String slack() {
        return base() + SLACK;
    }

    String pagerDuty() {
        return base() + PAGERDUTY;
    }

    private String base() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
