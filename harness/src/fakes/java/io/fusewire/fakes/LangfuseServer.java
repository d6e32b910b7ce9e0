package io.fusewire.fakes;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;

/**
 * A {@link LangfuseApi} over real HTTP, below a base path. The JDK's own server would not let it say what time it is.
 */
public final class LangfuseServer implements AutoCloseable {
    private static final String BASE = "/langfuse";

    private final LangfuseApi api;
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    public LangfuseServer(LangfuseApi api) {
        this.api = api;
        this.server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.actualPort() + BASE);
    }

    private void answer(HttpServerRequest request) {
        LangfuseApi.Answer answer = api.get(
                request.path().substring(BASE.length()),
                request.query(),
                request.getHeader("Authorization"));
        answer.headers().forEach(request.response()::putHeader);
        request.response().setStatusCode(answer.status()).end(Buffer.buffer(answer.body()));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
