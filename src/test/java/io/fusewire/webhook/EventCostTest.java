package io.fusewire.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fusewire.event.EventReader;
import io.fusewire.testing.GatewayExtension;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an event takes once it is read is counted too: a small body may become much. */
class EventCostTest {
    /** Room for the bytes of a thousand of these bodies, and for what is read of ten. */
    private static final int OBJECTS = 10_000;

    @RegisterExtension
    static final GatewayExtension gateway =
            new GatewayExtension().with("fusewire.webhook.max-bytes-in-flight", "16MiB");

    @Test
    void signed_bodies_of_many_small_parts_are_bounded_by_what_they_take_while_the_store_stands_still()
            throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        try (Connection lock = gateway.store().lock()) {
            for (int i = 0; i < 40; i++) {
                String body = event(OBJECTS);
                answers.add(CompletableFuture.supplyAsync(() -> gateway.post(body)));
                await().until(() -> answers.stream().anyMatch(CompletableFuture::isDone)
                        || gateway.camel().getInflightRepository().size("fusewire-webhook-default") >= answers.size());
            }
            assertThat(answers)
                    .anySatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(503));
            lock.createStatement().execute("ROLLBACK");
        }
        await().until(() -> gateway.post(event(1)).statusCode() == 200);
    }

    @Test
    void a_body_of_too_many_parts_is_refused_with_a_sentence() {
        HttpResponse<String> answer = gateway.post(event(EventReader.MOST_TOKENS / 2));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"The JSON has more than 100000 brackets, names and values.\"}");
        assertThat(gateway.post(event(EventReader.MOST_TOKENS / 2 - 10)).statusCode())
                .isEqualTo(200);
    }

    private static String event(int objects) {
        return "{\"type\":\"t\",\"id\":\"" + UUID.randomUUID() + "\",\"all\":[" + "{},".repeat(objects) + "{}]}";
    }
}
