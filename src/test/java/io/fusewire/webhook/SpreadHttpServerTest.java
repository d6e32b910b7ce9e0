package io.fusewire.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One port, and as many event loops as there are processors. */
class SpreadHttpServerTest {
    private static final String HOST = "127.0.0.1";
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server =
            SpreadHttpServer.of(vertx, handler -> vertx.createHttpServer().requestHandler(handler));

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void connections_are_spread_over_an_event_loop_for_each_processor() throws Exception {
        listen(0);
        int processors = Runtime.getRuntime().availableProcessors();
        Set<String> threads = new HashSet<>();
        for (int connection = 0; connection < 2 * processors; connection++) {
            threads.add(threadThatAnswers());
        }
        assertThat(threads).hasSize(processors);
    }

    @Test
    void a_port_that_is_taken_is_the_cause() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            assertThatThrownBy(() -> listen(taken.getLocalPort())).hasRootCauseInstanceOf(BindException.class);
        }
    }

    @Test
    void what_is_closed_is_free_again() {
        listen(0);
        int port = server.actualPort();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        server.close(result -> closed.complete(null));
        closed.join();
        assertThatThrownBy(() -> new Socket(HOST, port).close()).isInstanceOf(ConnectException.class);
        listen(port);
        assertThat(server.actualPort()).isEqualTo(port);
    }

    private void listen(int port) {
        CompletableFuture<HttpServer> listening = new CompletableFuture<>();
        server.requestHandler(
                        request -> request.response().end(Thread.currentThread().getName()))
                .listen(port, HOST, result -> {
                    if (result.succeeded()) {
                        listening.complete(result.result());
                    } else {
                        listening.completeExceptionally(result.cause());
                    }
                });
        assertThat(listening.join()).isSameAs(server);
    }

    private String threadThatAnswers() throws IOException {
        try (Socket socket = new Socket(HOST, server.actualPort())) {
            socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.substring(answer.indexOf("\r\n\r\n"));
        }
    }
}
