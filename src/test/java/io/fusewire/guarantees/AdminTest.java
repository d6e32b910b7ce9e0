package io.fusewire.guarantees;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fusewire.testing.FakeSinks;
import io.fusewire.testing.GatewayExtension;
import io.fusewire.testing.RunningGateway;
import io.fusewire.testing.StoreFile;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator does with dead letters. */
class AdminTest {
    private final FakeSinks sinks = new FakeSinks();

    @RegisterExtension
    final GatewayExtension gateway = new GatewayExtension(sinks).with("fusewire.admin.replay-per-second", "1");

    @Test
    void dead_letters_are_listed_by_sink_in_pages() {
        List<Long> ids = deadLetters(3);
        assertThat(list("")).containsExactlyElementsOf(ids);
        assertThat(list("?sink=slack")).containsExactlyElementsOf(ids);
        assertThat(list("?sink=pagerduty")).isEmpty();
        assertThat(list("?limit=2")).containsExactly(ids.get(0), ids.get(1));
        assertThat(list("?sink=slack&limit=2&after=" + ids.get(1))).containsExactly(ids.get(2));
        assertThat(list("?limit=0")).as("at least one").hasSize(1);
        assertThat(list("?limit=100000")).hasSize(3);
        assertThat(list("?after=" + ids.get(2))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    ?limit=x",
        "GET,    ?after=x",
        "GET,    ?limit=99999999999999999999",
        "GET,    /x",
        "POST,   /x/replay",
        "POST,   /replay",
        "DELETE, /x"
    })
    void a_parameter_that_is_missing_or_no_number_is_a_400(String method, String path) {
        HttpResponse<String> answer = gateway.management(method, "/admin/dead-letters" + path);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(GatewayExtension.json(answer).path("error").asText()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"GET, /99", "POST, /99/replay", "DELETE, /99"})
    void an_unknown_id_is_a_404(String method, String path) {
        HttpResponse<String> answer = gateway.management(method, "/admin/dead-letters" + path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(GatewayExtension.json(answer).path("error").asText()).isEqualTo("There is no such dead letter.");
    }

    @Test
    void a_dead_letter_is_shown_with_its_event_as_it_arrived() {
        long id = deadLetters(1).get(0);
        JsonNode deadLetter = gateway.json("/admin/dead-letters/" + id);
        assertThat(deadLetter.path("sink").asText()).isEqualTo("slack");
        assertThat(deadLetter.path("rule").asText()).isEqualTo("low-score");
        assertThat(deadLetter.path("reason").asText()).isEqualTo("answered 400 no_text");
        assertThat(deadLetter.path("attempts").asInt()).isEqualTo(1);
        assertThat(deadLetter.path("source").asText()).isEqualTo("default");
        assertThat(deadLetter.path("type").asText()).isEqualTo("score.created");
        assertThat(deadLetter.path("body").asText()).contains("\"name\": \"hallucination\"");
    }

    @Test
    void a_dead_letter_is_shown_with_what_became_of_its_event() {
        long id = deadLetters(1).get(0);
        JsonNode why = gateway.json("/admin/dead-letters/" + id).path("why");
        assertThat(why).hasSize(2);
        assertThat(why.get(0).asText())
                .matches("event 1, key \\S+: entered by source default at \\S+, proven and new; its rules have run");
        assertThat(why.get(1).asText())
                .matches("  slack: dead \\S+, rule low-score \\(\\w+\\), attempts 1; answered 400 no_text");
    }

    @Test
    void a_replay_that_fails_again_is_the_same_dead_letter_and_is_counted() {
        long id = deadLetters(1).get(0);
        assertThat(gateway.management("POST", "/admin/dead-letters/" + id + "/replay")
                        .body())
                .isEqualTo("{\"replayed\":1}");
        await().until(() -> list("").equals(List.of(id)) && sinks.slack().size() == 2);
        assertThat(gateway.json("/admin/dead-letters/" + id).path("replays").asInt())
                .isEqualTo(1);
    }

    @Test
    void a_whole_sink_is_replayed_at_the_rate_that_is_set() {
        List<Long> ids = deadLetters(3);
        long before = gateway.clock().millis();
        assertThat(gateway.management("POST", "/admin/dead-letters/replay?sink=pagerduty")
                        .body())
                .isEqualTo("{\"replayed\":0}");
        sinks.slackAnswers(aResponse().withStatus(200).withBody("ok"));
        assertThat(gateway.management("POST", "/admin/dead-letters/replay?sink=slack")
                        .body())
                .isEqualTo("{\"replayed\":3}");
        StoreFile store = gateway.store();
        assertThat(store.rows("SELECT due_at - (SELECT min(due_at) FROM delivery) FROM delivery ORDER BY id"))
                .containsExactly("0", "1000", "2000");
        assertThat(Long.parseLong(store.rows("SELECT min(due_at) FROM delivery").get(0)))
                .isGreaterThanOrEqualTo(before);
        gateway.clock().forward(Duration.ofSeconds(3));
        List<String> delivered = Collections.nCopies(ids.size(), "delivered 1");
        await().until(() -> store.rows("SELECT state, replays FROM delivery").equals(delivered));
        assertThat(sinks.slack()).hasSize(6);
        assertThat(list("")).isEmpty();
    }

    @Test
    void a_discarded_dead_letter_is_gone_and_stays_accounted_for() {
        long id = deadLetters(1).get(0);
        assertThat(gateway.management("DELETE", "/admin/dead-letters/" + id).body())
                .isEqualTo("{\"discarded\":1}");
        assertThat(list("")).isEmpty();
        assertThat(gateway.management("POST", "/admin/dead-letters/" + id + "/replay")
                        .statusCode())
                .isEqualTo(404);
        assertThat(gateway.store().rows("SELECT state FROM delivery")).containsExactly("discarded");
    }

    private List<Long> deadLetters(int count) {
        sinks.slackAnswers(aResponse().withStatus(400).withBody("no_text"));
        for (int i = 0; i < count; i++) {
            gateway.post(RunningGateway.fresh("score-created"));
        }
        await().until(() -> list("").size() == count);
        return list("");
    }

    private List<Long> list(String query) {
        return gateway.json("/admin/dead-letters" + query).findValues("id").stream()
                .map(JsonNode::asLong)
                .toList();
    }
}
