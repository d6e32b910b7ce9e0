package io.fusewire.harness.compare;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Slack and PagerDuty that take everything at once, the same for all contestants. */
final class FastSinks implements AutoCloseable {
    static final String ROUTING_KEY = "0123456789abcdef0123456789abcdef";
    private static final String SLACK = "/services/T0001/B0001/comparison";
    private static final String PAGERDUTY = "/v2/enqueue";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    FastSinks() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(SLACK, exchange -> answer(exchange, 200, "ok"));
        server.createContext(PAGERDUTY, exchange -> answer(exchange, 202, "{\"status\":\"success\"}"));
        server.setExecutor(threads);
        server.start();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    String slack() {
        return base() + SLACK;
    }

    String pagerDuty() {
        return base() + PAGERDUTY;
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
