package io.fusewire.fakes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A {@link LangfuseApi} over real HTTP, below a base path. */
public final class LangfuseServer implements AutoCloseable {
    private static final String BASE = "/langfuse";

    private final LangfuseApi api;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final HttpServer server;

    public LangfuseServer(LangfuseApi api) throws IOException {
        this.api = api;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(BASE, this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + BASE);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI asked = exchange.getRequestURI();
            LangfuseApi.Answer answer = api.get(
                    asked.getPath().substring(BASE.length()),
                    asked.getRawQuery(),
                    exchange.getRequestHeaders().getFirst("Authorization"));
            answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
