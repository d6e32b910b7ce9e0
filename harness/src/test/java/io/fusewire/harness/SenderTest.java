package io.fusewire.harness;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the sender does with answers that are none. */
class SenderTest {
    private static final SampleEvent ALERT = event("hw-00000000-00000001", "trigger", "hw-00000000-00000001");
    private static final SampleEvent RECOVERY = event("hw-00000000-00000002", "resolve", "hw-00000000-00000001");

    private final History history = new History();
    private final List<String> posted = new CopyOnWriteArrayList<>();
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }

    @Test
    void a_recovery_is_posted_once_its_alert_was_answered_200() throws Exception {
        send(1_000, gateway("a", body -> isRecovery(body) || posted.size() > 5 ? 200 : 503));
        assertThat(posted).startsWith("a alert", "a alert").endsWith("a alert", "a recovery");
        assertThat(posted).filteredOn("a recovery"::equals).hasSize(1);
        assertThat(history.isAccepted(RECOVERY.token())).isTrue();
    }

    @Test
    void a_recovery_whose_alert_was_given_up_is_never_posted() throws Exception {
        send(3, gateway("a", body -> 503));
        assertThat(posted).containsExactly("a alert", "a alert", "a alert");
        assertThat(history.unanswered().get(ALERT.token())).hasSize(3).allMatch(outcome -> outcome.startsWith("503"));
    }

    @Test
    void what_one_gateway_turns_away_is_posted_to_the_next() throws Exception {
        send(2, gateway("a", body -> isRecovery(body) ? 200 : 503), gateway("b", body -> isRecovery(body) ? 503 : 200));
        assertThat(history.unanswered()).isEmpty();
        assertThat(history.accepted()).hasSize(2);
    }

    private void send(int posts, URI... gateways) throws InterruptedException {
        try (Sender sender = new Sender(history, List.of(gateways), posts, Sender.USUAL_TIMEOUT)) {
            sender.start(List.of(ALERT, RECOVERY)::get, 2, 1, 1_000);
            Waiting.until("all is sent", 30, sender::isDone);
        }
    }

    private URI gateway(String name, ToIntFunction<String> status) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", request -> answer(name, request, status));
        server.setExecutor(threads);
        server.start();
        servers.add(server);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void answer(String name, HttpExchange request, ToIntFunction<String> status) throws IOException {
        String body = new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        posted.add(name + (isRecovery(body) ? " recovery" : " alert"));
        request.sendResponseHeaders(status.applyAsInt(body), -1);
        request.close();
    }

    private static boolean isRecovery(String body) {
        return body.equals(RECOVERY.token());
    }

    private static SampleEvent event(String token, String action, String incident) {
        return new SampleEvent(token, token, true, Optional.of(new SampleEvent.IncidentChange(incident, action)));
    }
}
